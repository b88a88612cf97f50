"""A small base made by hand: a published issue with two policies, a draft issue with one, a lone policy."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.auth.models import User

from policies.models import (
    Agency,
    AgencyName,
    ContentsEntry,
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
    State,
    Table,
    Target,
    Topic,
)
from search import indexing


@dataclass
class Base:
    issue: Issue
    draft_issue: Issue
    plan: Policy
    law: Policy
    draft: Policy
    lone: Policy
    data_bureau: Agency


@pytest.fixture
def regions(db):
    make_regions()


def make_regions() -> None:
    nation = Region.objects.create(code="100000", name="中华人民共和国", short_name="中国", level="national")
    province = Region.objects.create(code="330000", name="浙江省", short_name="浙江", level="province", parent=nation)
    Region.objects.create(code="330200", name="宁波市", short_name="宁波", level="city", parent=province)
    Region.objects.create(code="350000", name="福建省", short_name="福建", level="province", parent=nation)


@pytest.fixture
def base(request, db) -> Base:
    kept = "kept_base" in request.fixturenames
    return deepcopy(request.getfixturevalue("kept_base")) if kept else make_base()


@pytest.fixture(scope="module")
def kept_base(kept) -> Base:
    """The base made once, for a file of which every test may have it."""
    return make_base()


def make_base() -> Base:
    make_regions()
    source = Source.objects.create(
        sha256="a" * 64, filename="2031-01.txt", format="txt", encoding="utf-8", text="一\n二", characters=2
    )
    issue = Issue.objects.create(
        year=2031, number=1, total_number=501, published_on=date(2031, 1, 3), source=source, state=State.PUBLISHED
    )
    draft_issue = Issue.objects.create(year=2031, number=2, source=source)
    plan = make_plan(issue)
    law = make_law(issue)
    draft = policy(
        draft_issue, slug="福建-2031-试行办法", order=1, title="福建省试行办法", kind="law", region_id="350000",
        state=State.DRAFT,
    )  # fmt: skip
    provision(draft, "art_1", "第一条", "article")
    lone = policy(None, source=source, slug="单篇", order=1, title="单篇通知", kind="notice", level="national")
    ContentsEntry.objects.create(issue=issue, position=1, column="地方新政", page=8, title="行动计划", policy=plan)
    ContentsEntry.objects.create(issue=issue, position=2, column="地方新政", page=12, title="未收录的一篇")
    return Base(issue, draft_issue, plan, law, draft, lone, Agency.objects.get(name="浙江省数据局"))


def policy(issue, **facts):
    facts = {"source": issue.source if issue else None, "level": "province", "state": State.PUBLISHED} | facts
    return Policy.objects.create(issue=issue, start_line=1, end_line=2, **facts)


def provision(policy, eid, path, type_, parent=None, **facts):
    position = policy.provisions.count() + 1
    facts = {"label": path.rsplit("/", 1)[-1], "depth": path.count("/"), "start_line": 1, "end_line": 2} | facts
    return Provision.objects.create(
        policy=policy, eid=eid, path=path, type=type_, parent=parent, position=position, **facts
    )


def make_plan(issue):
    plan = policy(
        issue, slug="浙江-2031-行动计划", order=1, column="地方新政", page=8, title="浙江省数字驿站行动计划",
        kind="plan", region_id="330000", doc_number="浙数〔2031〕1号", status="in_force", issued_on=date(2031, 1, 2),
        period_start=2031, period_end=2033, source_name="浙江省数据局",
    )  # fmt: skip
    plan.topics.add(Topic.objects.create(slug="digital-government", name="数字政府", terms=["一网通办"]))
    section = provision(plan, "sec_1", "一", "section", heading="发展目标", text="到2033年……")
    goal = provision(plan, "sec_1__goal_1", "一/——1", "goal", section, text="新建驿站。", tail="另起一段。")
    place = {"policy": plan, "provision": goal, "line": 2, "quote": "驿站3000个以上", "rule": "number"}
    Target.objects.create(**place, indicator="数字驿站", op=">=", value=3000, unit="个", year=2033, year_from=2031)
    Target.objects.create(**place, indicator="满意度", op="range", value="90.5", value_max=95, unit="%", year=2031)
    Target.objects.create(**place, indicator="误认的目标", op="=", value=1, unit="个", review="rejected")
    bureau = Agency.objects.create(name="浙江省数据局", region_id="330000", level="province")
    AgencyName.objects.create(agency=bureau, name="省数据局")
    cities = Agency.objects.create(name="浙江省各市人民政府", region_id="330000", is_group=True, known=False)
    duty = Responsibility.objects.create(**place)
    ResponsibleAgency.objects.create(responsibility=duty, agency=bureau, position=1, name="省数据局", role="lead")
    ResponsibleAgency.objects.create(responsibility=duty, agency=cities, position=2, name="各市", role="support")
    Issuer.objects.create(policy=plan, agency=bureau, position=1)
    Reference.objects.create(**place, title="数据安全法", cited_provision="第三条")
    Reference.objects.create(**place, cited_provision="本计划第二条")
    Table.objects.create(policy=plan, provision=section, line=2, end_line=2, title="清单", header=["项"], rows=[["甲"]])
    Figure.objects.create(policy=plan, line=2, number="图1", title="布局")
    return plan


def make_law(issue):
    law = policy(
        issue, slug="宁波-2031-办法", order=2, column="地方新政", title="宁波市智能水表数据办法",
        kind="law", level="city", region_id="330200", status="draft",
    )  # fmt: skip
    chapter = provision(law, "chp_1", "第一章", "chapter", heading="总则")
    article = provision(law, "chp_1__art_1", "第一章/第一条", "article", chapter, text="供水企业应当告知用户。")
    place = {"policy": law, "provision": article, "line": 1, "quote": "供水企业应当告知用户", "rule": "modal"}
    Obligation.objects.create(**place, subject="供水企业", modality="shall")
    Observation.objects.create(
        **place, indicator="水表数", when="2030年末", value="120.5", unit="万只", yoy="-1.2", yoy_unit="%"
    )
    return law


@pytest.fixture
def indexed(base, settings, tmp_path):
    """The base with an index of its own."""
    settings.INDEX_FOLDER = tmp_path / "index"
    indexing.rebuild()
    return base


@pytest.fixture
def editor(db):
    return User.objects.create_user("editor", is_staff=True)


@pytest.fixture
def get(client):
    """Read an address under /api/v1/ and give the answer's JSON, which is one of success."""

    def read(path, **parameters):
        response = client.get(f"/api/v1/{path}", parameters)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    return read


@pytest.fixture
def refused(client):
    """Read an address that is refused, and give the problem."""

    def read(path, code=400, /, **parameters):
        response = client.get(f"/api/v1/{path}", parameters)
        assert response.status_code == code, response.content.decode()
        assert response["Content-Type"] == "application/problem+json"
        body = response.json()
        assert body["status"] == code
        return body

    return read
