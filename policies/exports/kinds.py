"""The kinds of records that are exported: who may read which rows, and one list of columns for all formats."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import F, Model, Prefetch, QuerySet

from policies.models import (
    AgencyName,
    Figure,
    Issue,
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
)
from policies.models.publication import seen_by
from policies.selectors.agencies import shown_agencies, with_counts
from policies.selectors.citations import without_unreadable
from policies.selectors.policies import listed_policies
from policies.selectors.records import standing
from policies.templatetags.reading import name

CHUNK = 500  # rows that are in memory at a time; of long ones fewer
LONG_CHUNK = 20


@dataclass(frozen=True, slots=True)
class Column:
    """What a record says of itself under one name.

    `key` is its name in JSON Lines, that of RECORDS.md and the API; `label` heads it in tables.  Where either is
    blank, it is left out there.  `value` takes a row and gives text, a number, a date, a bool, None, or a list or
    dict of these; `shown` gives what stands in tables where that is something else.
    """

    key: str
    label: str
    value: Callable[[Any], Any]
    shown: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of records: `rows` takes a user and gives those that he may read, in a fixed order."""

    name: str
    label: str
    rows: Callable[[Any], QuerySet]
    columns: tuple[Column, ...]
    address: Callable[[Any], str]  # of a row's page, from the host's root
    chunk: int = CHUNK

    def stream(self, rows: QuerySet, user: Any) -> Iterator[Any]:
        """The rows one by one, ready for the columns; never more than `chunk` of them are in memory."""
        for row in rows.iterator(chunk_size=self.chunk):
            yield without_unreadable(row, user) if isinstance(row, Reference) else row


def field(key: str, label: str) -> Column:
    return Column(key, label, lambda row: getattr(row, key))


def choice(key: str, label: str) -> Column:
    """A column whose values are codes in JSON and words in tables."""
    return Column(key, label, lambda row: getattr(row, key), lambda row: getattr(row, f"get_{key}_display")())


def _region(policy: Any) -> str | None:
    return policy.region.name if policy.region else None


def _policy(row: Any) -> dict[str, Any]:
    policy = row.policy
    facts = {"id": policy.pk, "slug": policy.slug, "title": policy.title}
    return facts | {"region": _region(policy), "region_code": policy.region_id}


@lru_cache(maxsize=100)
def _page(slug: str) -> str:
    """A policy's address; rows come policy by policy, and telling it takes as long as the rest of a row."""
    return Policy(slug=slug).get_absolute_url()


def _address(row: Any) -> str:
    return f"{_page(row.policy.slug)}#{row.provision.eid}" if row.provision else _page(row.policy.slug)


def _own_address(row: Provision) -> str:
    return f"{_page(row.policy.slug)}#{row.eid}"


def _agencies(row: Responsibility) -> list[dict[str, Any]]:
    return [
        {
            "id": agency.agency_id, "name": agency.name, "canonical": agency.agency.name, "role": agency.role,
            "group": agency.agency.is_group,
        }
        for agency in row.agencies.all()
    ]  # fmt: skip


def _of_role(role: str) -> Callable[[Responsibility], list[str]]:
    return lambda row: [agency.agency.name for agency in row.agencies.all() if agency.role == role]


def _upper_in_base(target: Target) -> Any:
    """In tables as printed: only a range has an upper end."""
    return None if target.value_max is None else target.base_value_max


ID = field("id", "")
REGION = Column("", "地区", lambda row: _region(row.policy))
LEVEL = Column("", "层级", lambda row: row.policy.get_level_display())
OF_POLICY = (Column("policy", "", _policy), Column("", "政策", lambda row: row.policy.title))
PLACE = (
    *OF_POLICY,
    Column(
        "path", "条款", lambda row: row.provision and row.provision.path,
        lambda row: row.provision and name(row.provision),
    ),
    Column("eid", "", lambda row: row.provision and row.provision.eid),
)  # fmt: skip
ISSUE = Column("", "期", lambda row: row.policy.issue and str(row.policy.issue))
SOURCE = (ISSUE, field("line", "原文行"))
FOUND = (field("quote", "原文"), *SOURCE, field("rule", ""), field("confidence", ""), choice("review", "审核"))


def _others(prefix: str, model: type[Model], told: set[str]) -> list[str]:
    """The fields of what a row stands in that are not told with the row."""
    return [f"{prefix}{one.name}" for one in model._meta.concrete_fields if one.name not in {*told, "id"}]


UNTOLD = [
    *_others("policy__", Policy, {"slug", "title", "level", "region", "issue", "state"}),
    *_others("policy__issue__", Issue, {"year", "number"}),
]
UNTOLD_OF_CLAUSE = _others("provision__", Provision, {"path", "eid", "type", "policy"})


def _policies(user: Any) -> QuerySet:
    rows = listed_policies(user).select_related("region", "issue", "source").defer("source__text", "source__segments")
    return rows.prefetch_related("topics").order_by("pk")


def _provisions(user: Any) -> QuerySet:
    rows = standing(Provision.objects.all(), user).annotate(parent_eid=F("parent__eid"))
    return rows.select_related("policy__region", "policy__issue").defer(*UNTOLD).order_by("policy_id", "position")


def _placed(model: Any) -> Callable[[Any], QuerySet]:
    def rows(user: Any) -> QuerySet:
        return _with_place(standing(model.objects.all(), user))

    return rows


def _with_place(rows: QuerySet) -> QuerySet:
    rows = rows.select_related("policy__region", "policy__issue", "provision").defer(*UNTOLD, *UNTOLD_OF_CLAUSE)
    return rows.order_by("policy_id", "line", "pk")


def _responsibilities(user: Any) -> QuerySet:
    agencies = ResponsibleAgency.objects.select_related("agency").order_by("position")
    return _placed(Responsibility)(user).prefetch_related(Prefetch("agencies", agencies))


def _references(user: Any) -> QuerySet:
    return _placed(Reference)(user).select_related("cited_policy", "cited_clause")


def _tables(user: Any) -> QuerySet:
    rows = Table.objects.filter(seen_by(user, "policy__"))
    return _with_place(rows)


def _figures(user: Any) -> QuerySet:
    rows = Figure.objects.filter(seen_by(user, "policy__"))
    return _with_place(rows)


def _sources(user: Any) -> QuerySet:
    return Source.objects.filter(policies__in=Policy.objects.visible_to(user)).distinct().order_by("sha256")


def _agency_rows(user: Any) -> QuerySet:
    names = Prefetch("names", AgencyName.objects.order_by("name", "pk"))
    return with_counts(shown_agencies(user), user).select_related("region").prefetch_related(names).order_by("pk")


ISSUES = Kind(
    "issues", "期", lambda user: Issue.objects.visible_to(user).order_by("year", "number"),
    (
        ID, Column("", "期", str), field("year", "年份"), field("number", "期号"), field("total_number", "总期号"),
        field("published_on", "出版日期"), field("cover_title", "封面标题"), field("publisher", "主编单位"),
        choice("state", "状态"),
    ),
    lambda row: row.get_absolute_url(),
)  # fmt: skip

POLICIES = Kind(
    "policies", "政策", _policies,
    (
        ID, field("slug", ""), field("title", "标题"), choice("kind", "类型"), choice("level", "层级"),
        Column("region", "地区", _region), Column("region_code", "", lambda row: row.region_id),
        field("doc_number", "文号"),
        Column("issuers", "发布机关", lambda row: [issuer.agency.name for issuer in row.issuers.all()]),
        choice("status", "效力"), field("adopted_on", "通过日期"), field("issued_on", "发布日期"),
        field("effective_on", "施行日期"), Column("year", "年份", lambda row: row.of_year),
        Column("", "规划期起", lambda row: row.period_start), Column("", "规划期止", lambda row: row.period_end),
        Column("period", "", lambda row: None if row.period_start is None else [row.period_start, row.period_end]),
        Column("topics", "主题", lambda row: sorted(topic.slug for topic in row.topics.all()),
               lambda row: sorted(topic.name for topic in row.topics.all())),
        Column("issue", "期", lambda row: row.issue and f"{row.issue.year}-{row.issue.number:02}",
               lambda row: row.issue and str(row.issue)),
        field("order", ""), field("column", "栏目"), field("page", "页码"),
        Column("source", "来源", lambda row: row.source_name), field("editor_note", "编者按"),
        Column("sha256", "", lambda row: row.source.sha256), field("start_line", "起始行"), field("end_line", "结束行"),
        choice("review", "审核"), choice("state", "状态"),
    ),
    lambda row: row.get_absolute_url(),
)  # fmt: skip

PROVISIONS = Kind(
    "provisions", "条款", _provisions,
    (
        ID, *OF_POLICY, field("path", "条款"), field("eid", "锚点"), Column("parent", "", lambda row: row.parent_eid),
        choice("type", "类型"), field("label", "标号"), field("heading", "标题"), field("text", "正文"),
        field("tail", "续文"), field("topics", ""), ISSUE, field("start_line", "起始行"),
        field("end_line", "结束行"), choice("review", "审核"),
    ),
    _own_address,
)  # fmt: skip

TARGETS = Kind(
    "targets", "目标", _placed(Target),
    (
        ID, field("indicator", "指标"), choice("op", "比较"), field("value", "数值"), field("value_max", "上限"),
        field("unit", "单位"), field("base_value", "基本单位数值"),
        Column("base_value_max", "基本单位上限", lambda row: row.base_value_max, _upper_in_base),
        field("base_unit", "基本单位"), field("year_from", "起始年份"), field("year", "截止年份"),
        REGION, LEVEL, *PLACE, *FOUND,
    ),
    _address,
)  # fmt: skip

RESPONSIBILITIES = Kind(
    "responsibilities", "责任", _responsibilities,
    (
        ID, Column("agencies", "", _agencies),
        Column("", "牵头", _of_role("lead")), Column("", "配合", _of_role("support")),
        Column("", "负责", _of_role("responsible")), REGION, *PLACE, *FOUND,
    ),
    _address,
)  # fmt: skip

OBLIGATIONS = Kind(
    "obligations", "义务", _placed(Obligation),
    (ID, field("subject", "主体"), choice("modality", "性质"), REGION, *PLACE, *FOUND),
    _address,
)  # fmt: skip

OBSERVATIONS = Kind(
    "observations", "统计值", _placed(Observation),
    (
        ID, field("indicator", "指标"), field("when", "时期"), field("value", "数值"), field("unit", "单位"),
        field("yoy", "变化"), field("yoy_unit", "变化单位"), REGION, *PLACE, *FOUND,
    ),
    _address,
)  # fmt: skip

REFERENCES = Kind(
    "references", "引用", _references,
    (
        ID, field("title", "所引文件"), Column("provision", "所引条款", lambda row: row.cited_provision),
        Column("cited_policy", "库中政策", lambda row: row.cited_policy and row.cited_policy.slug,
               lambda row: row.cited_policy and row.cited_policy.title),
        Column("cited_anchor", "库中条款", lambda row: row.cited_anchor), REGION, *PLACE, *FOUND,
    ),
    _address,
)  # fmt: skip

TABLES = Kind(
    "tables", "表", _tables,
    (
        ID, field("number", "表号"), field("title", "表题"), field("unit", "单位"), field("header", "表头"),
        Column("rows", "行数", lambda row: row.rows, lambda row: len(row.rows)), REGION, *PLACE, *SOURCE,
        field("end_line", ""),
    ),
    _address,
)  # fmt: skip

FIGURES = Kind(
    "figures", "图", _figures,
    (ID, field("number", "图号"), field("title", "图题"), REGION, *PLACE, *SOURCE),
    _address,
)  # fmt: skip

SOURCES = Kind(
    "sources", "原文", _sources,
    (
        field("sha256", "校验和"), field("filename", "文件名"), field("format", "格式"), field("encoding", "编码"),
        field("characters", "非空白字符数"), field("text", ""), field("segments", ""),
    ),
    lambda row: "",
    LONG_CHUNK,
)  # fmt: skip

AGENCIES = Kind(
    "agencies", "部门", _agency_rows,
    (
        ID, field("name", "全称"), Column("names", "印出的名称", lambda row: [name.name for name in row.names.all()]),
        Column("region", "地区", _region), Column("region_code", "", lambda row: row.region_id),
        choice("level", "层级"), Column("group", "统称", lambda row: row.is_group), field("known", "已收入名录"),
        field("tasks", "任务数"), field("issued_policies", "发布件数"),
    ),
    lambda row: row.get_absolute_url(),
)  # fmt: skip

REGIONS = Kind(
    "regions", "地区", lambda user: Region.objects.order_by("code"),
    (
        field("code", "代码"), field("name", "名称"), field("short_name", "简称"), choice("level", "层级"),
        Column("parent", "上级", lambda row: row.parent_id), field("valid_from", "生效"), field("valid_to", "失效"),
    ),
    lambda row: row.get_absolute_url(),
)  # fmt: skip

ALL = (
    ISSUES, POLICIES, PROVISIONS, TARGETS, RESPONSIBILITIES, OBLIGATIONS, OBSERVATIONS, REFERENCES, TABLES, FIGURES,
    AGENCIES, REGIONS,
)  # fmt: skip
KINDS = {kind.name: kind for kind in ALL}
OF_POLICIES = ALL[2:-2]  # those whose rows stand in a policy


def shown_columns(kind: Kind) -> list[Column]:
    return [column for column in kind.columns if column.label]


def cells(kind: Kind, rows: Iterable[Any], root: str) -> Iterator[list[Any]]:
    """For each row what stands in a table, under `shown_columns` and 网址; `root` is the site's address."""
    columns = [column.shown or column.value for column in shown_columns(kind)]
    for row in rows:
        yield [*(_cell(value(row)) for value in columns), root + kind.address(row)]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else value
