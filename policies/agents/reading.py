"""The tools that read and list: policies, clauses, targets, agencies, regions, issues.

Each answer has a `status`, and all that it takes to cite what it tells.  Docstrings and annotations are what agents
are told of the tools.
"""

from itertools import takewhile
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone
from pydantic import Field

from policies.agents import records
from policies.agents.presence import (
    READER,
    NoAnswerError,
    find_clause,
    find_issue,
    find_policy,
    loaded_agencies,
    loaded_regions,
)
from policies.api.lookups import find_topic
from policies.exports.citations import Citation
from policies.models import Agency, Issue, Policy, Provision, Region, Target
from policies.selectors.agencies import busiest
from policies.selectors.citations import citations_of
from policies.selectors.issues import columns_of
from policies.selectors.policies import within
from policies.selectors.reading import read_policy
from policies.selectors.records import standing_targets, tasks_of
from policies.selectors.regions import national_count, place_counts, province_counts
from policies.selectors.targets import about, at_least, at_most, measured_in, mentioning

Answer = dict[str, Any]
Page = Annotated[int, Field(ge=1, le=100_000, description="Counts from 1.")]
Words = Annotated[str, Field(max_length=300)]
Year = Annotated[int, Field(ge=1949, le=2199)]
RegionWords = Annotated[str, Field(max_length=40, description="Code of GB/T 2260, full or short name: 330000, 浙江.")]
PolicyWords = Annotated[str, Field(min_length=1, max_length=300, description="The policy's slug, id or whole title.")]

Quantity = Annotated[float, Field(ge=-1e15, le=1e15, allow_inf_nan=False)]

ON_A_PAGE = 50
OPENING = 40  # characters by which a clause without heading is known


def policy(policy: PolicyWords) -> Answer:
    """A policy's facts, its outline with the eid of each heading and article, and what it cites.

    Each of `cites` says whether that document is loaded.  Read the words themselves with `clause`.
    """
    found = find_policy(policy)
    reading = read_policy(found, READER)
    outline = [
        {
            **_opening(entry.provision),
            "level": entry.level - 1,
            "articles": [_opening(article) for article in entry.articles],
        }
        for entry in reading.outline
    ]
    return {
        "status": "ok",
        "policy": records.facts(found),
        "citation": _citation(found),
        "outline": outline,
        "targets": len(reading.targets),
        "responsibilities": reading.duty_count,
        "cites": [records.cited(row) for row in reading.references],
        "editions": [{"relation": other.name, **records.policy(other.policy)} for other in reading.editions],
    }


def clause(
    policy: PolicyWords,
    eid: Annotated[str, Field(min_length=1, max_length=220, description="chp_2__art_3, or words such as 第三条.")],
) -> Answer:
    """One clause whole: its words, the clauses below it, its targets, who is responsible, and what it cites."""
    of = find_policy(policy)
    row = find_clause(of, eid)
    below = of.provisions.standing().filter(position__gt=row.position).order_by("position")
    inside = list(takewhile(lambda other: other.depth > row.depth, below.iterator(100)))
    keys = {row.pk, *(other.pk for other in inside)}
    duties = of.responsibility_set.standing().filter(provision__in=keys).prefetch_related("agencies__agency")
    return {
        "status": "ok",
        "policy": records.policy(of),
        "clause": records.clause(row, of),
        "citation": _citation(row),
        "below": [records.clause(other, of) for other in inside],
        "targets": [
            records.target_in(target, of)
            for target in of.target_set.standing().filter(provision__in=keys).select_related("provision")
        ],
        "responsibilities": [
            {**records.responsibility(duty, list(duty.agencies.all())), **records.place(duty.provision, of)}
            for duty in duties.select_related("provision")
        ],
        "cites": [records.cited(row) for row in citations_of(of, READER) if row.provision_id in keys and row.title],
    }


def targets(
    indicator: Annotated[Words, Field(description="Words that the indicator holds, as 智算 算力.")] = "",
    region: RegionWords = "",
    policy: Annotated[Words, Field(description="The policy's slug, id or whole title.")] = "",
    topic: Annotated[Words, Field(description="A topic's slug or name, told by the target's clause.")] = "",
    unit: Annotated[
        Words, Field(description="Finds what can be compared with it: 亿元 finds 万亿元. 无单位: indices.")
    ] = "",
    value_min: Annotated[Quantity | None, Field(description="So many of `unit` or more; needs `unit`.")] = None,
    value_max: Annotated[Quantity | None, Field(description="So many of `unit` or less; needs `unit`.")] = None,
    year_min: Year | None = None,
    year_max: Year | None = None,
    page: Page = 1,
) -> Answer:
    """Quantified targets: indicator, value, unit and deadline, with clause, line and quote; 50 a page.

    A region takes in the places inside it; 100000 or 中国 are the national policies.  Years are deadlines.
    """
    rows = _of_place(standing_targets(READER), region) if region else standing_targets(READER)
    if policy:
        rows = rows.filter(policy=find_policy(policy))
    if indicator:
        rows = mentioning(rows, indicator)
    if topic:
        rows = about(rows, find_topic(topic))
    rows = _measured(rows, unit, value_min, value_max)
    if year_min is not None:
        rows = rows.filter(year__gte=year_min)
    if year_max is not None:
        rows = rows.filter(year__lte=year_max)
    rows = rows.select_related("policy__region", "provision").order_by("policy_id", "line", "pk")
    return _paged("target", rows, page, lambda found: [records.target(row) for row in found])


def agencies(
    name: Annotated[Words, Field(min_length=1, description="Words of a name, their pinyin or initials, or an id.")],
    page: Page = 1,
) -> Answer:
    """Agencies by name, the busiest first, with the number of their tasks; of a single one its newest tasks too."""
    found = busiest(loaded_agencies(name), READER).select_related("region")
    answer = _paged("agency", found, page, lambda rows: [records.agency(row) for row in rows])
    if answer["total"] == 1:
        tasks = tasks_of(Agency.objects.get(pk=answer["results"][0]["id"]), READER)
        answer["tasks"] = [records.task(task) for task in tasks[:ON_A_PAGE]]
    return answer


def regions(
    name: Annotated[RegionWords, Field(description="Blank: the nation and all provinces.")] = "",
) -> Answer:
    """Regions with the number of policies loaded of each and of the places inside it."""
    if not name:
        nation = {"level": "national", "policies": national_count(READER)}
        provinces = [records.region(row.region, row.policies) for row in province_counts(READER)]
        return {"status": "ok", "national": nation, "provinces": provinces}
    return {"status": "ok", "regions": [_counted(row) for row in loaded_regions(name)]}


def issues(
    issue: Annotated[
        str, Field(max_length=40, description="Year and number, 2023-48; blank: all that are loaded.")
    ] = "",
) -> Answer:
    """The issues of the digest that are loaded, newest first; of one its contents list, with what is loaded of it."""
    if not issue:
        rows = Issue.objects.visible_to(READER).order_by("-year", "-number")
        return {"status": "ok", "total": rows.count(), "issues": [records.issue(row) for row in rows]}
    found = find_issue(issue)
    contents = [
        {"column": column.name, "title": line.title, "page": line.page, "loaded": line.policy is not None}
        | ({"policy": records.policy(line.policy)} if line.policy else {})
        for column in columns_of(found, READER)
        for line in column.lines
    ]
    return {"status": "ok", "issue": records.issue(found), "contents": contents}


def _of_place(rows: QuerySet[Target], words: str) -> QuerySet[Target]:
    condition = Q()
    for region in loaded_regions(words):
        condition |= within(region, "policy__")
    return rows.filter(condition)


def _measured(rows: QuerySet[Target], unit: str, low: float | None, high: float | None) -> QuerySet[Target]:
    if not unit:
        if low is not None or high is not None:
            raise NoAnswerError("invalid", "unit", unit, "数值要有单位才能比较，请一并给出 unit。")
        return rows
    rows = measured_in(rows, unit)
    if low is not None:
        rows = at_least(rows, records.decimal(low), unit)
    return rows if high is None else at_most(rows, records.decimal(high), unit)


def _counted(region: Region) -> Answer:
    """A region with the policies of itself and of the places directly inside it."""
    policies = Policy.objects.visible_to(READER).filter(within(region)).count()
    inside = [records.region(row.region, row.policies) for row in place_counts(region, READER)]
    return {**records.region(region, policies), "inside": inside}


def _paged(what: str, rows: QuerySet, page: int, shown: Any) -> Answer:
    """A page of the rows; raises NoAnswerError where there are none, or fewer pages."""
    pages = Paginator(rows, ON_A_PAGE)
    if not pages.count:
        raise NoAnswerError("not_found", what, "", "已收录的政策中没有符合这些条件的记录。")
    if page > pages.num_pages:
        raise NoAnswerError(
            "invalid", "page", str(page), f"没有第 {page} 页；共 {pages.num_pages} 页，{pages.count} 条。"
        )
    found = shown(pages.page(page).object_list)
    return {"status": "ok", "total": pages.count, "page": page, "pages": pages.num_pages, "results": found}


def _opening(row: Provision) -> Answer:
    return {"eid": row.eid, "label": row.label or None, "heading": row.heading or row.text[:OPENING] or None}


def _citation(row: Policy | Provision) -> str:
    """By GB/T 7714, read today."""
    return Citation.of(row, records.whole(""), timezone.localdate()).gbt7714
