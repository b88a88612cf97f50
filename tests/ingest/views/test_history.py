"""The pages of what was done."""

from itertools import pairwise

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from policies.actions.correct import correct
from policies.history import recording
from policies.models import Action, Agency, Issue, Issuer, Policy, Reference, Responsibility, Source, Topic
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy() -> Policy:
    source = Source.objects.create(sha256="a" * 64, filename="甲.txt", format="txt", encoding="utf-8", characters=0)
    return Policy.objects.create(
        source=source, slug="甲", order=1, title="甲办法", kind="law", level="national", start_line=1, end_line=2
    )


@pytest.fixture
def mei(django_user_model) -> User:
    user = django_user_model.objects.create_user("mei", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="edit_records"))
    return user


@pytest.fixture
def desk(client: Client, mei) -> Client:
    client.force_login(mei)
    return client


@pytest.fixture
def action(policy, mei) -> Action:
    with recording(Action.Verb.CORRECT, "改“标题”", user=mei) as action:
        policy.title = "乙办法"
        policy.save()
    return action


def test_an_action_shows_what_was_before_and_after(desk, action):
    page = text_of(desk.get(action.get_absolute_url()))
    assert "标题： 甲办法 → 乙办法" in page
    assert "mei" in page


def test_the_list_leads_to_it_and_narrows(desk, action):
    assert action.get_absolute_url() in desk.get("/desk/actions/?verb=correct&user=mei").content.decode()
    assert "没有这样的操作" in text_of(desk.get("/desk/actions/?verb=publish"))


def test_undoing_puts_back_and_says_so_and_refuses_twice(desk, action, policy):
    assert "撤销这一步" in text_of(desk.get(action.get_absolute_url()))
    page = text_of(desk.post(f"{action.get_absolute_url()}undo/", follow=True))
    assert "已撤销“更正：改‘标题’”" in page
    policy.refresh_from_db()
    assert policy.title == "甲办法"
    assert "已经撤销过" in text_of(desk.post(f"{action.get_absolute_url()}undo/", follow=True))


def test_an_editor_who_may_not_undo_is_told_why(desk, action, django_user_model):
    Action.objects.filter(pk=action.pk).update(user=django_user_model.objects.create_user("hua"))
    assert "撤销这一步" not in text_of(desk.get(action.get_absolute_url()))
    answer = desk.post(f"{action.get_absolute_url()}undo/")
    assert answer.status_code == 403
    assert "只有主编可以撤销" in text_of(answer)


def test_a_load_of_what_is_published_is_no_editors_to_undo(desk, mei, policy):
    with recording(Action.Verb.INGEST, "采集", user=mei) as action:
        policy.title = "乙办法"
        policy.save()
    assert "撤销这一步" in text_of(desk.get(action.get_absolute_url()))
    Policy.objects.update(state="published")
    assert "撤销这一步" not in text_of(desk.get(action.get_absolute_url()))


def test_a_load_that_only_touched_an_agency_named_in_what_is_published_is_its_editors_to_undo(desk, mei, policy):
    agency = Agency.objects.create(name="青川省数据局", known=False)
    Issuer.objects.create(policy=policy, agency=agency, position=1)
    draft = Policy.objects.create(
        source=policy.source, slug="乙", order=2, title="乙办法", kind="law", level="national", start_line=1, end_line=2
    )
    Policy.objects.filter(pk=policy.pk).update(state="published")
    with recording(Action.Verb.INGEST, "采集", user=mei) as action:
        Agency.objects.update(known=True)
        draft.delete()
    assert "撤销这一步" in text_of(desk.get(action.get_absolute_url()))
    assert desk.post(f"{action.get_absolute_url()}undo/").status_code == 302
    assert not Agency.objects.get().known
    assert Policy.objects.filter(slug="乙").exists()


def test_a_record_tells_its_own_story(desk, action, policy):
    page = text_of(desk.get(f"/desk/history/policy/{policy.pk}/"))
    assert "新增政策" in page
    assert "甲办法 → 乙办法" in page
    assert desk.get("/desk/history/policy/999999/").status_code == 404
    assert desk.get("/desk/history/user/1/").status_code == 404


def test_what_joins_and_leaves_a_list_is_told_with_its_record(desk, mei, policy):
    Topic.objects.create(slug="stations", name="驿站", terms=["驿站"])
    Issuer.objects.create(policy=policy, agency=Agency.objects.create(name="青川省数据局"), position=1)
    correct(policy, {"issuers": "青川省财政厅\n青川省数据局", "topics": ["stations"]}, user=mei)
    page = desk.get(Action.objects.get().get_absolute_url())
    assert "发布机关： 青川省数据局 → 青川省财政厅、青川省数据局" in text_of(page)
    assert "主题： （添加） → 驿站" in text_of(page)
    assert {row.kind for row in page.context["rows"]} == {"部门", "政策"}
    assert page.context["total"] == 2


def test_what_was_deleted_stands_on_the_page_of_its_action(desk, policy):
    row = Reference.objects.create(policy=policy, line=1, quote="《丙法》", title="丙法", rule="marks")
    with recording(Action.Verb.OUTLINE, "删", user=None) as action:
        row.delete()
    page = text_of(desk.get(action.get_absolute_url()))
    assert "删除" in page
    assert "丙法" in page
    assert "没有列出" not in page


@pytest.mark.parametrize("rule", ["marks", "editor"])
def test_each_change_of_a_list_is_a_step_of_its_records_story(desk, mei, policy, rule):
    with recording(Action.Verb.ADD, "补充", user=None):
        row = Responsibility.objects.create(
            policy=policy, line=1, quote="由甲局负责", rule=rule, review="added" if rule == "editor" else "machine"
        )
        agency = Agency.objects.create(name="青川省数据局")
        row.agencies.create(agency=agency, position=1, name="青川省数据局", role="lead")
    names = ["青川省数据局", "青川省财政厅", "青川省林业局", "青川省水利厅"]
    for name in names[1:]:
        correct(row, {"agencies": f"牵头 | {name}"}, user=mei)
        row.refresh_from_db()
    steps = [f"牵头 | {before} → 牵头 | {after}" for before, after in pairwise(names)]
    story = text_of(desk.get(f"/desk/history/responsibility/{row.pk}/"))
    places = [story.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places, reverse=True)
    for action, step in zip(Action.objects.filter(verb="correct").order_by("at"), steps, strict=True):
        page = desk.get(action.get_absolute_url())
        assert step in text_of(page)
        assert {told.kind for told in page.context["rows"]} == {"部门", "责任"}
        assert page.context["total"] == 2


def test_a_citation_tells_its_story_though_what_it_leads_to_is_not_recorded(desk, mei, policy):
    row = Reference.objects.create(policy=policy, line=1, quote="《丙法》", title="丙法", rule="marks")
    correct(row, {"title": "丁法"}, user=mei)
    for address in (f"/desk/history/reference/{row.pk}/", Action.objects.get().get_absolute_url()):
        assert "丙法 → 丁法" in text_of(desk.get(address))


def test_pages_of_many_rows_cost_few_queries(desk, policy, django_assert_max_num_queries):
    with recording(Action.Verb.INGEST, "采集", user=None) as action:
        for number in range(20):
            Agency.objects.create(name=f"青川省第{number}局")
            policy.title = f"第{number}版"
            policy.save()
    for number in range(20):
        with recording(Action.Verb.CORRECT, "改标题", user=None):
            policy.title = f"第{number}稿"
            policy.save()
    with django_assert_max_num_queries(16):
        assert "青川省第19局" in text_of(desk.get(action.get_absolute_url()))
    with django_assert_max_num_queries(16):
        assert "第18稿 → 第19稿" in text_of(desk.get(f"/desk/history/policy/{policy.pk}/"))


def test_readers_stay_outside(client, action, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader"))
    for address in ("/desk/actions/", action.get_absolute_url(), "/desk/history/policy/1/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{action.get_absolute_url()}undo/").status_code == 403


def test_another_version_of_an_issue_is_told_by_the_issue_and_names_what_is_gone(desk, policy):
    issue = Issue.objects.create(year=2031, number=1, source=policy.source)
    Policy.objects.update(issue=issue)
    with recording(Action.Verb.INGEST, "采集", user=None) as action:
        later = Source.objects.create(sha256="b" * 64, filename="乙.txt", format="txt", characters=1, text="乙")
        Issue.objects.update(source=later)
        Policy.objects.update(source=later, title="乙办法")
    Source.objects.exclude(pk=later.pk).delete()
    page = text_of(desk.get(action.get_absolute_url()))
    assert "更改期 2031年第1期 原文： （已删除的原文） → 乙.txt" in " ".join(page.split())
    assert page.count("→ 乙.txt") == 1
