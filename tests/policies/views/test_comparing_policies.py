"""The page that compares policies."""

import re
from datetime import date

import pytest

from policies.models import Policy, Provision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]
ADDRESS = "/policies/compare/"


@pytest.fixture
def page(client):
    """The page for these policies, and its status."""

    def read(*slugs: str, **parameters) -> tuple[int, str]:
        response = client.get(ADDRESS, {"policy": slugs} | parameters)
        return response.status_code, response.content.decode()

    return read


@pytest.fixture
def revised(library) -> Policy:
    """The law, issued again with changes."""
    law = library.law
    Policy.objects.update(title_key="")
    again = Policy.objects.create(
        source=library.issue.source, slug="青川-2026-数字经济促进条例", order=1, title=law.title, kind="law",
        level="province", region=library.province, start_line=1, end_line=11, state="published",
        issued_on=date(2026, 1, 30), title_key="数字经济促进条例",
    )  # fmt: skip
    Policy.objects.filter(pk=law.pk).update(title_key="数字经济促进条例")
    for number, text in enumerate(["为了促进数字经济高质量发展,制定本条例。", "全新的一条，讲的是灯塔怎样保养。"], 1):
        Provision.objects.create(
            policy=again, position=number, depth=1, type="article", label=f"第{number}条", path=f"第{number}条",
            eid=f"art_{number}", text=text, start_line=3, end_line=3,
        )  # fmt: skip
    return again


def test_facts_stand_beside_each_other_and_the_text_by_its_outline(page, library):
    status, body = page(library.plan.slug, library.law.slug)
    assert status == 200
    assert body.count("<h1") == 1
    assert f'href="{library.plan.get_absolute_url()}"' in body
    assert "2024年1月30日发布" in body
    assert "相应的章节" in body
    assert "逐条差异" not in body
    assert " style=" not in body


def test_versions_show_what_was_taken_out_and_put_in(page, library, revised):
    _, body = page(revised.slug, library.law.slug)
    assert "逐条差异" in body
    assert (
        '<ins><span class="hidden">〔增加：</span>高质量<span class="hidden">〕</span></ins>发展,制定本条例。' in body
    )
    assert re.search(r'class="tag">新增</span></p><p class="words"><ins class="whole">全新的一条', body)
    assert re.search(r'class="tag">删去</span></p><p class="words"><del class="whole">', body)
    assert f'href="{revised.get_absolute_url()}#art_1"' in body
    assert f'href="{library.law.get_absolute_url()}#chp_1__art_1"' in body


def test_anchors_are_each_there_once(page, library, revised):
    for pair in ((library.law.slug, revised.slug), (library.law.slug, library.plan.slug)):
        _, body = page(*pair)
        anchors = re.findall(r' id="([^"]+)"', body)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall(r'href="#([^"]+)"', body)) <= {*anchors, "main"}


def test_too_many_unknown_and_unpublished_are_refused_with_the_reason(page, library):
    status, body = page(*(f"甲{number}" for number in range(5)))
    assert status == 400
    assert "一次最多比较 4 项" in body
    status, body = page(*[library.plan.slug] * 6, library.law.slug)
    assert status == 200
    assert library.law.title in body
    status, body = page(library.plan.slug, library.draft.slug)
    assert status == 404
    assert f"没有“{library.draft.slug}”这项政策，或者它还没有公开" in body
    assert library.draft.title not in body
    assert library.plan.title in body


def test_editors_compare_drafts(editor_client, library):
    response = editor_client.get(ADDRESS, {"policy": [library.plan.slug, library.draft.slug]})
    assert response.status_code == 200
    assert library.draft.title in response.content.decode()


def test_one_policy_brings_the_choice_of_others(page, library):
    library.law.kind = "plan"
    library.law.save()
    library.law.topics.add(library.topic)
    status, body = page(library.plan.slug)
    assert status == 200
    assert f'value="{library.plan.slug}" checked' in body
    assert f'value="{library.law.slug}">' in body
    _, body = page(library.plan.slug, q="条例")
    assert "标题含“条例”的政策" in body
    assert f'value="{library.law.slug}">' in body
    assert "没有标题含“火星”的其他政策" in page(library.plan.slug, q="火星")[1]


def test_more_than_are_listed_are_counted_and_each_says_where_it_is_printed(page, library):
    library.law.issue = None
    library.law.save()
    _, body = page(q="青川省")
    assert re.search(rf'(?s)value="{library.plan.slug}">.*?，{library.issue}<', body)
    assert re.search(rf'(?s)value="{library.law.slug}">.*?，2024年1月30日<', body)
    assert "写得更具体些" not in body
    for number in range(12):
        Policy.objects.create(
            source=library.issue.source, slug=f"青川-{number}", order=1, title="青川省灯塔办法", kind="law",
            level="province", start_line=1, end_line=2, state="published",
        )  # fmt: skip
    _, body = page(q="青川省")
    assert "共 14 项，这里是前 12 项；请写得更具体些" in body
    assert body.count('type="checkbox"') == 12


def test_without_policies_it_says_what_to_do(page, library):
    status, body = page()
    assert status == 200
    assert "选两项到四项政策" in body


def test_what_was_typed_is_escaped(page):
    assert "<b>" not in page("<b>", q="<b>\0")[1]


def test_a_policy_leads_here(client, library, revised):
    from policies.actions.link_editions import link_editions

    link_editions([library.law.pk, revised.pk])
    body = client.get(library.law.get_absolute_url()).content.decode()
    assert body.count(f'href="{ADDRESS}?policy=') == 2
    address = re.findall(rf'href="({ADDRESS}\?policy=[^"]+&amp;policy=[^"]+)"', body)[0].replace("&amp;", "&")
    assert client.get(address).status_code == 200


def test_queries_do_not_grow(client, library, revised, django_assert_max_num_queries):
    for number in range(3, 40):
        Provision.objects.create(
            policy=revised, position=number, depth=1, type="article", label=f"第{number}条", path=f"第{number}条",
            eid=f"art_{number}", text=f"第 {number} 座灯塔每年保养一次。", start_line=3, end_line=3,
        )  # fmt: skip
    for policies in ((library.law, revised), (library.law, revised, library.plan)):
        with django_assert_max_num_queries(12):
            assert client.get(ADDRESS, {"policy": [policy.slug for policy in policies]}).status_code == 200


def test_the_day_of_its_issue_is_said_to_be_that(page, library):
    Policy.objects.filter(pk=library.plan.pk).update(issued_on=None, adopted_on=None, effective_on=None)
    type(library.issue).objects.update(published_on=date(2031, 1, 6))
    _, body = page(library.plan.slug, library.law.slug)
    assert body.count("2031年1月6日刊载") == 1


def test_titles_are_sought_above_what_was_found(page):
    _, body = page(q="数字")
    assert body.index('id="q"') < body.index("标题含“数字”的政策")
