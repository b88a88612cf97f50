"""A small published issue, and a draft, made by hand; every word is invented."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from policies.actions.resolve_references import resolve_references
from policies.models import (
    Agency,
    AgencyName,
    ContentsEntry,
    Doubt,
    Figure,
    Issue,
    Issuer,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Region,
    Responsibility,
    ResponsibleAgency,
    Source,
    Table,
    Target,
    Topic,
)

LINES = [
    "青川省数字经济促进条例",
    "第一章 总则",
    "第一条 为了促进数字经济发展，制定本条例。",
    "第二条 县级以上人民政府应当加强领导。",
    "省数据局负责统筹协调。",
    "第二章 设施",
    "第三条 建设下列设施：",
    "（一）算力中心；",
    "（二）宽带网络。",
    "前款设施应当节能。",
    "（来源：青川省人大）",
    "青川省算力行动方案",
    "一、总体目标",
    "到2025年，建成智算中心12个，算力规模超过1000 PFLOPS。",
    "表1 分年任务",
    "年份\t规模",
    "2024\t500",
    "图1 布局示意",
    "二、重点任务",
    "（一）夯实底座。依据《青川省数字经济促进条例》推进建设。（省数据局牵头，省财政厅配合）",
    "（来源：青川省政府）",
]


@dataclass
class Library:
    """What `library` made, by what tests call it."""

    issue: Issue
    draft_issue: Issue
    law: Policy
    plan: Policy
    draft: Policy
    province: Region
    city: Region
    bureau: Agency
    finance: Agency
    topic: Topic


def provision(policy: Policy, eid: str, kind: str, lines: tuple[int, int], parent=None, **fields) -> Provision:
    """A provision at the end of `policy`, under `parent`."""
    label = fields.get("label", "")
    return Provision.objects.create(
        policy=policy,
        parent=parent,
        position=policy.provisions.count() + 1,
        depth=parent.depth + 1 if parent else 0,
        type=kind,
        path=f"{parent.path}/{label}" if parent else label or "序",
        eid=eid,
        start_line=lines[0],
        end_line=lines[1],
        **fields,
    )


@pytest.fixture
def library(request, db) -> Library:
    """One published issue with a law and a plan, and one draft issue with a draft plan."""
    kept = "kept_library" in request.fixturenames
    return deepcopy(request.getfixturevalue("kept_library")) if kept else make_library()


@pytest.fixture(scope="module")
def kept_library(kept) -> Library:
    """The library made once, for a file of which every test may have it."""
    library = make_library()
    connection.check_constraints()  # once, not at every check of its tests
    return library


def make_library() -> Library:
    nation = Region.objects.create(code="100000", name="中华人民共和国", short_name="中国", level="national")
    province = Region.objects.create(code="510000", name="青川省", short_name="青川", level="province", parent=nation)
    city = Region.objects.create(code="510100", name="云岭市", short_name="云岭", level="city", parent=province)
    bureau = Agency.objects.create(name="青川省数据局", region=province, level="province")
    AgencyName.objects.create(agency=bureau, name="省数据局")
    finance = Agency.objects.create(name="青川省财政厅", region=province, level="province")
    Agency.objects.create(name="青川省林业厅", region=province, level="province")
    topic = Topic.objects.create(slug="computing", name="算力", terms=["算力", "智算"])
    text = "\n".join(LINES)
    source = Source.objects.create(
        sha256="a" * 64, filename="样刊.txt", format="txt", encoding="utf-8", text=text, characters=len(text)
    )
    issue = Issue.objects.create(
        year=2024,
        number=7,
        total_number=170,
        published_on=date(2024, 2, 16),
        cover_title="青川出台条例",
        publisher="青川研究院",
        source=source,
        state="published",
    )
    Doubt.objects.create(issue=issue, code="article-gap", line=4, message="条号不连续")
    draft_issue = Issue.objects.create(year=2024, number=8, source=source, cover_title="尚未发布的一期")
    law = _law(issue, source, province, bureau)
    plan = _plan(issue, source, province, bureau, finance)
    resolve_references([law.pk, plan.pk])
    plan.topics.add(topic)
    draft = Policy.objects.create(
        issue=draft_issue, source=source, slug="云岭-2024-草稿方案", order=1, title="云岭市草稿方案", kind="plan",
        level="city", region=city, start_line=12, end_line=21, period_start=2024, period_end=2026,
    )  # fmt: skip
    clause = provision(draft, "sec_1", "section", (13, 14), label="一", heading="总体目标", text="建成草稿中心3个。")
    Target.objects.create(
        policy=draft, provision=clause, line=14, quote="草稿中心3个", indicator="草稿中心", op="=", value=3, unit="个",
        year=2030, rule="test",
    )  # fmt: skip
    for position, (column, page, title, policy) in enumerate(
        [("国策要论", 1, law.title, law), ("地方新政", 5, plan.title, plan), ("地方新政", 9, "没有收录的文件", None)], 1
    ):
        ContentsEntry.objects.create(
            issue=issue, position=position, column=column, page=page, title=title, policy=policy
        )
    return Library(issue, draft_issue, law, plan, draft, province, city, bureau, finance, topic)


def _law(issue: Issue, source: Source, province: Region, bureau: Agency) -> Policy:
    law = Policy.objects.create(
        issue=issue, source=source, slug="青川-2024-数字经济促进条例", order=1, column="国策要论", page=1,
        title="青川省数字经济促进条例", kind="law", level="province", region=province, status="in_force",
        issued_on=date(2024, 1, 30), effective_on=date(2024, 5, 1), doc_number="青川省人民代表大会公告第12号",
        editor_note="条例自五月起施行。", start_line=1, end_line=11, state="published",
    )  # fmt: skip
    Issuer.objects.create(policy=law, agency=bureau, position=1)
    one = provision(law, "chp_1", "chapter", (2, 5), label="第一章", heading="总则")
    provision(law, "chp_1__art_1", "article", (3, 3), one, label="第一条", text="为了促进数字经济发展，制定本条例。")
    second = provision(
        law, "chp_1__art_2", "article", (4, 5), one, label="第二条",
        text="县级以上人民政府应当加强领导。\n省数据局负责统筹协调。",
    )  # fmt: skip
    Obligation.objects.create(
        policy=law, provision=second, line=4, quote="县级以上人民政府应当加强领导", subject="县级以上人民政府",
        modality="shall", rule="test",
    )  # fmt: skip
    two = provision(law, "chp_2", "chapter", (6, 10), label="第二章", heading="设施")
    three = provision(
        law, "chp_2__art_3", "article", (7, 10), two, label="第三条", text="建设下列设施：", tail="前款设施应当节能。"
    )
    provision(law, "chp_2__art_3__point_1", "subitem", (8, 8), three, label="（一）", text="算力中心；")
    provision(law, "chp_2__art_3__point_2", "subitem", (9, 9), three, label="（二）", text="宽带网络。")
    return law


def _plan(issue: Issue, source: Source, province: Region, bureau: Agency, finance: Agency) -> Policy:
    plan = Policy.objects.create(
        issue=issue, source=source, slug="青川-2023-算力行动方案", order=2, column="地方新政", page=5,
        title="青川省算力行动方案", kind="plan", level="province", region=province, status="in_force",
        issued_on=date(2023, 12, 8), period_start=2023, period_end=2025, start_line=12, end_line=21, state="published",
    )  # fmt: skip
    one = provision(
        plan, "sec_1", "section", (13, 18), label="一", heading="总体目标",
        text="到2025年，建成智算中心12个，算力规模超过1000 PFLOPS。",
    )  # fmt: skip
    two = provision(plan, "sec_2", "section", (19, 20), label="二", heading="重点任务")
    task = provision(
        plan, "sec_2__subsec_1", "subsection", (20, 20), two, label="（一）", heading="夯实底座",
        text="依据《青川省数字经济促进条例》推进建设。（省数据局牵头，省财政厅配合）",
    )  # fmt: skip
    Table.objects.create(
        policy=plan, provision=one, line=16, end_line=17, number="表1", title="分年任务", unit="PFLOPS",
        header=["年份", "规模"], rows=[["2024", "500"]],
    )  # fmt: skip
    Figure.objects.create(policy=plan, provision=one, line=18, number="图1", title="布局示意")
    for quote, indicator, op, value, unit in [
        ("智算中心12个", "智算中心", "=", 12, "个"),
        ("算力规模超过1000 PFLOPS", "算力规模", ">", 1000, "PFLOPS"),
    ]:
        Target.objects.create(
            policy=plan, provision=one, line=14, quote=quote, indicator=indicator, op=op, value=value, unit=unit,
            year=2025, rule="test",
        )  # fmt: skip
    Target.objects.create(
        policy=plan, provision=one, line=14, quote="到2025年", indicator="被否决的目标", op="=", value=1, unit="个",
        rule="test", review="rejected",
    )  # fmt: skip
    duty = Responsibility.objects.create(
        policy=plan, provision=task, line=20, quote="（省数据局牵头，省财政厅配合）", rule="test"
    )
    for position, (agency, name, role) in enumerate(
        [(bureau, "省数据局", "lead"), (finance, "省财政厅", "support")], 1
    ):
        ResponsibleAgency.objects.create(responsibility=duty, agency=agency, position=position, name=name, role=role)
    Reference.objects.create(
        policy=plan,
        provision=task,
        line=20,
        quote="《青川省数字经济促进条例》",
        title="青川省数字经济促进条例",
        rule="test",
    )
    Observation.objects.create(
        policy=plan, provision=one, line=14, quote="算力规模", indicator="算力规模", when="2022", value=300,
        unit="PFLOPS", rule="test",
    )  # fmt: skip
    return plan


@pytest.fixture
def editor(db):
    """A user of the staff."""
    return get_user_model().objects.create_user("editor", password="secret", is_staff=True)


@pytest.fixture
def reader() -> AnonymousUser:
    """Nobody in particular."""
    return AnonymousUser()


@pytest.fixture
def editor_client(client, editor):
    """A browser in which the editor is logged in."""
    client.force_login(editor)
    return client
