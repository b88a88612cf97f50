"""Issues, and policies that stand alone, at the desk: what is open, who publishes them, their check sheet."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.html import escape

from ingest.models import Run
from policies.actions.manage_accounts import make_account
from policies.history import recording
from policies.models import (
    Action,
    Agency,
    Doubt,
    Issue,
    Policy,
    Problem,
    Provision,
    Responsibility,
    ResponsibleAgency,
    Source,
    Target,
)
from policies.roles import Role, set_up_roles
from tests.pages import text_of

pytestmark = pytest.mark.django_db
TEXT = "青川省算力行动方案\n一、目标\n到2030年，建成智算中心12个。\n\n没有人认得的一行"
ADDRESS = "/desk/issues/2031-1/"
PUBLISH, WITHDRAW = {"do": "publish"}, {"do": "withdraw", "note": "第二项有误"}


def plan(source: Source, issue: Issue | None, order: int, **facts) -> Policy:
    return Policy.objects.create(
        issue=issue, source=source, slug=f"方案-{order}", order=order, title=f"青川省方案{order}", kind="plan",
        level="province", start_line=1, end_line=4, **facts,
    )  # fmt: skip


def target(policy: Policy, review: str = "machine", confidence: float = 1.0) -> Target:
    return Target.objects.create(
        policy=policy, provision=policy.provisions.first(), line=3, quote="智算中心12个", rule="value", review=review,
        confidence=confidence, indicator="智算中心", op="=", value=12, unit="个", year=2030,
    )  # fmt: skip


@pytest.fixture
def issue() -> Issue:
    """Two policies: four targets of each kind of word, a task of nobody known, a warning, a report."""
    segments = [{"kind": "provision", "start_line": 1, "end_line": 4, "order": 1}]
    source = Source.objects.create(
        sha256="a" * 64,
        filename="驿站.txt",
        format="txt",
        encoding="utf-8",
        characters=37,
        text=TEXT,
        segments=segments,
    )
    issue = Issue.objects.create(year=2031, number=1, source=source)
    first, second = plan(source, issue, 1, review="confirmed", column="地方新政"), plan(source, issue, 2)
    Provision.objects.create(
        policy=first, position=1, depth=0, type="section", label="一", path="一", eid="sec_1", heading="目标",
        text="到2030年，建成智算中心12个。", start_line=2, end_line=3,
    )  # fmt: skip
    target(first), target(first, confidence=0.5), target(first, "corrected"), target(first, "rejected")
    nobody = Agency.objects.create(name="驿站司", known=False)
    for policy in (first, second):
        duty = Responsibility.objects.create(policy=policy, line=3, quote="驿站司牵头", rule="note")
        ResponsibleAgency.objects.create(
            responsibility=duty, agency=nobody, position=1, name="驿站司", role="lead"
        )  # fmt: skip
    Doubt.objects.create(issue=issue, code="article-gap", line=2, message="缺第<二>条。")
    Doubt.objects.create(issue=issue, policy=second, code="target-without-unit", line=3, message="没有单位。")
    Problem.objects.create(policy=first, text="年份不对。")
    Run.objects.create(filename="驿站.txt", content=b"1", size=1, sha256="0" * 64, state="done", issue=issue)
    return issue


@pytest.fixture
def alone(issue) -> Policy:
    return plan(issue.source, None, 3, state="in_review")


@pytest.fixture
def at_desk(db):
    """A browser in which somebody of that role is logged in."""
    set_up_roles()

    def log_in(role: Role) -> Client:
        client = Client()
        client.force_login(make_account(f"of-{role}", role, user=None))
        return client

    return log_in


@pytest.fixture
def desk(at_desk) -> Client:
    return at_desk(Role.EDITOR)


@pytest.fixture
def chief(at_desk) -> Client:
    return at_desk(Role.CHIEF)


class TestTheList:
    def test_tells_how_far_each_is(self, desk, issue, alone):
        words = text_of(desk.get("/desk/issues/"))
        # 2 policies, 1 provision, 4 targets, 2 tasks: 3 checked; 2 warnings, a report, an agency, a target
        assert "2031年第1期 草稿 33% 2 9 5 1" in words
        assert "青川省方案3 审核中 0% 1 1 0 0" in words
        assert "青川省方案1" not in words

    def test_is_narrowed_to_a_state(self, desk, issue, alone):
        page = desk.get("/desk/issues/?state=in_review")
        assert alone.desk_address in page.content.decode()
        assert ADDRESS not in page.content.decode()
        assert "没有处于这个状态" in text_of(desk.get("/desk/issues/?state=withdrawn"))

    def test_asks_little_however_many_there_are(self, desk, issue, django_assert_max_num_queries):
        for number in range(60):
            plan(issue.source, None, 100 + number)
        with django_assert_max_num_queries(24):
            first = desk.get("/desk/issues/")
        assert "第 1—50 条，共 61 条" in text_of(first)
        assert "方案100" in text_of(desk.get("/desk/issues/?page=2"))


class TestOne:
    def test_measures_kind_by_kind(self, desk, issue):
        words = text_of(desk.get(ADDRESS))
        assert "政策信息 50% 2 1 1 0 0 0" in words
        assert "目标 50% 4 2 0 1 0 1" in words
        assert "引用 — 0 0 0 0 0 0" in words
        assert "合计 33% 9 6 1 1 0 1" in words

    def test_tells_what_is_open_and_where(self, desk, issue):
        page = desk.get(ADDRESS)
        assert "提示 2 ， 读者报告 1 ， 未识别的部门 1 ， 目标 1" in text_of(page)
        assert "待处理 2 条，已处理 0 条" in text_of(page)
        assert "/desk/review/?issue=2031-1&amp;kind=agency" in page.content.decode()
        assert escape("缺第<二>条。") in page.content.decode()

    def test_tells_which_lines_belong_nowhere(self, desk, issue):
        assert "38 字，归入各处的 30 字（78%）；没有归处的行：5" in text_of(desk.get(ADDRESS))

    def test_lists_its_policies_and_the_runs_that_brought_it(self, desk, issue):
        page = desk.get(ADDRESS).content.decode()
        for policy in issue.policies.all():
            assert policy.get_absolute_url() in page
            assert f"/desk/review/policy/{policy.pk}/" in page
        assert Run.objects.get().get_absolute_url() in page

    def test_a_policy_that_stands_alone_has_a_page_too(self, desk, alone, issue):
        assert "政策信息 0% 1 1 0" in text_of(desk.get(alone.desk_address))
        of_issue = desk.get(f"/desk/policies/{issue.policies.first().slug}/")
        assert of_issue.headers["Location"] == ADDRESS

    def test_asks_little(self, chief, issue, django_assert_max_num_queries):
        for order in range(10, 30):
            target(plan(issue.source, issue, order))
        for _ in range(2):
            chief.post(ADDRESS, {**PUBLISH, "despite_doubts": "1"})
            chief.post(ADDRESS, WITHDRAW)
        with django_assert_max_num_queries(30):
            chief.get(ADDRESS)

    def test_offers_an_editor_his_own_loads_until_readers_see_them(self, desk, issue, django_assert_max_num_queries):
        undo = []
        for number in range(15):
            with recording(Action.Verb.INGEST, "采集", user=User.objects.get(username="of-editor")) as load:
                issue.publisher = f"第{number}版"
                issue.save()
            undo.append(f"/desk/actions/{load.pk}/undo/")
        with django_assert_max_num_queries(30):
            page = desk.get(ADDRESS).content.decode()
        assert undo[-1] in page
        Issue.objects.update(state="published")
        assert undo[-1] not in desk.get(ADDRESS).content.decode()
        assert desk.post(undo[-1]).status_code == 403


class TestPublishing:
    @pytest.mark.parametrize(
        ("state", "editors", "chiefs"),
        [
            ("draft", {"submit"}, {"submit", "publish"}),
            ("in_review", set(), {"publish"}),
            ("published", set(), {"withdraw"}),
            ("withdrawn", {"submit"}, {"submit", "publish"}),
        ],
    )
    def test_offers_what_one_may(self, desk, chief, issue, state, editors, chiefs):
        Issue.objects.update(state=state)
        for client, moves in ((desk, editors), (chief, chiefs)):
            page = client.get(ADDRESS).content.decode()
            assert {do for do in ("submit", "publish", "withdraw") if f'name="do" value="{do}"' in page} == moves

    def test_goes_the_whole_way_and_can_be_undone(self, desk, chief, issue):
        assert "2031年第1期现在是“审核中”。" in text_of(desk.post(ADDRESS, {"do": "submit"}, follow=True))
        asking = chief.post(ADDRESS, PUBLISH)
        assert asking.status_code == 409
        assert "还有 1 条必须处理的提示" in text_of(asking)
        assert not Issue.objects.published().exists()
        chief.post(ADDRESS, {**PUBLISH, "despite_doubts": "1"})
        assert Policy.objects.published().count() == 2
        page = chief.post(ADDRESS, WITHDRAW, follow=True)
        assert "撤回：2031年第1期 第二项有误" in text_of(page)
        undo = f"/desk/actions/{Action.objects.get(verb='withdraw').pk}/undo/"
        assert undo in page.content.decode()
        assert undo not in desk.get(ADDRESS).content.decode()
        chief.post(undo)
        assert Issue.objects.published().exists()

    def test_is_not_for_everybody_nor_anytime(self, desk, chief, at_desk, issue):
        assert desk.post(ADDRESS, PUBLISH).status_code == 403
        assert at_desk(Role.READER).get(ADDRESS).status_code == 403
        assert desk.post(ADDRESS, {"do": "burn"}).status_code == 400
        assert "不能撤回" in text_of(chief.post(ADDRESS, WITHDRAW, follow=True))
        assert Issue.objects.get().state == "draft"


def test_the_check_sheet_has_what_is_to_be_looked_at(desk, issue, alone, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        words = text_of(desk.get(f"{ADDRESS}sheet/"))
    assert words.count("☐ 3 智算中心 12 个 2030年") == 3
    assert "☐ 3 驿站司（牵头）" in words
    assert "☐ 3 没有单位。" in words
    assert "☐ 2 缺第&lt;二&gt;条。" in words
    assert "青川省方案3核对表" in text_of(desk.get(f"{alone.desk_address}sheet/"))
