"""The outline of a policy at the desk: the tree, and splitting, merging and moving on a clause's page."""

import pytest

from policies.models import Policy, Provision
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def law(make_policy) -> Policy:
    """A chapter with two articles, the first of two sentences, and a chapter without any."""
    law = make_policy(
        "青川省算力条例", ["第一章 总则", "第一条 保障安全。促进发展。", "第二条 省数据局主管。", "第二章 附则"]
    )
    rows = [("chp_1", "第一章", "总则", ""), ("art_1", "第一条", "", "保障安全。促进发展。")]
    rows += [("art_2", "第二条", "", "省数据局主管。"), ("chp_2", "第二章", "附则", "")]
    chapter = None
    for position, (eid, label, heading, text) in enumerate(rows, 1):
        inside = eid.startswith("art")
        row = Provision.objects.create(
            policy=law, parent=chapter if inside else None, position=position, depth=int(inside),
            type="article" if inside else "chapter", label=label, heading=heading, text=text,
            path=f"第一章/{label}" if inside else label, eid=eid, start_line=position, end_line=position,
        )  # fmt: skip
        chapter = chapter or row
    return law


@pytest.fixture
def press(desk, law):
    """Presses a button of a clause's page, with what its forms hold and what is typed."""

    def press(eid: str, do: str, **typed):
        address = f"/desk/review/provision/{law.provisions.get(eid=eid).pk}/"
        context = desk.get(address).context
        seen = {"seen": context["page"].seen, **{f"seen_{name}": seen for name, _, _, seen in context["merging"]}}
        return desk.post(address, {"do": do, **seen, **typed})

    return press


def standing(law) -> list[tuple[str, str, str]]:
    return list(law.provisions.standing().order_by("position").values_list("eid", "path", "text"))


def test_the_tree_leads_to_every_clause(desk, law, django_assert_max_num_queries):
    Provision.objects.filter(eid="art_2").update(review="rejected")
    with django_assert_max_num_queries(8):
        page = desk.get(f"/desk/outline/{law.slug}/").content.decode()
    assert page.index("第一章 总则") < page.index("第一条 保障安全") < page.index("<del>第二条 省数据局主管。</del>")
    assert all(f'href="/desk/review/provision/{row.pk}/"' in page for row in law.provisions.all())
    assert page.count('<ol class="plain-list">') == 2


@pytest.mark.parametrize("typed", [{"split-at": "5"}, {"split-words": "促进 发"}])
def test_splitting_at_a_sentence_or_at_words(press, law, typed):
    answer = press("art_1", "split", **typed, **{"split-label": "第二条", "split-type_": "article"})
    assert standing(law)[1:3] == [
        ("art_1", "第一章/第一条", "保障安全。"), ("art_1bis", "第一章/第二条", "促进发展。")
    ]  # fmt: skip
    assert answer["Location"] == f"/desk/review/provision/{law.provisions.get(eid='art_1bis').pk}/"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "选择从哪里分开"),
        ({"split-words": "没有的话"}, "正文中间没有这几个字"),
        ({"split-words": "。"}, "正文中不止一处是这样"),
    ],
)
def test_a_place_that_is_none_is_told_beside_its_field(press, law, typed, said):
    answer = press("art_1", "split", **typed, **{"split-type_": "article"})
    assert (answer.status_code, said in text_of(answer)) == (400, True)
    assert law.provisions.count() == 4


@pytest.mark.parametrize(("eid", "do"), [("art_1", "merge_after"), ("art_2", "merge_before")])
def test_merging_with_a_neighbour(press, law, eid, do):
    press(eid, do, **{"merge-glue": "line"})
    assert [eid for eid, _, _ in standing(law)] == ["chp_1", "art_1", "chp_2"]
    assert standing(law)[1][2] == "保障安全。促进发展。\n第二条省数据局主管。"


@pytest.mark.parametrize(
    ("eid", "how", "other", "order"),
    [
        ("art_2", "before", "art_1", ["chp_1", "art_2", "art_1", "chp_2"]),
        ("art_1", "after", "art_2", ["chp_1", "art_2", "art_1", "chp_2"]),
        ("art_1", "last", "chp_2", ["chp_1", "art_2", "chp_2", "art_1"]),
        ("art_2", "first", "chp_1", ["chp_1", "art_2", "art_1", "chp_2"]),
        ("chp_1", "after", "chp_2", ["chp_2", "chp_1", "art_1", "art_2"]),
    ],
)
def test_moving(press, law, eid, how, other, order):
    press(eid, "move", **{"move-how": how, "move-other": law.provisions.get(eid=other).pk})
    assert [eid for eid, _, _ in standing(law)] == order


def test_what_changed_meanwhile_is_not_overwritten(press, law, desk):
    Provision.objects.filter(eid="art_1").update(heading="宗旨")
    address = f"/desk/review/provision/{law.provisions.get(eid='art_1').pk}/"
    assert (
        desk.post(address, {"do": "split", "seen": "x", "split-at": "5", "split-type_": "article"}).status_code == 409
    )
    assert law.provisions.count() == 4
