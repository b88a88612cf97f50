"""The tools that search and compare: clauses by their words, one indicator over regions."""

from typing import Annotated, Any, Literal

from pydantic import Field

from policies.agents import records
from policies.agents.presence import (
    READER,
    NoAnswerError,
    find_agencies,
    find_issue,
    find_policy,
    loaded_regions,
    mentions_of,
    no_page,
)
from policies.agents.reading import Answer, Page, RegionWords, Words, Year
from policies.api.lookups import find_column
from policies.measures import measure
from policies.models import Policy, Region
from policies.selectors.comparing_targets import MOST, Bar, Chart, Comparison, compare
from policies.selectors.overview import overview
from policies.selectors.policies import code_prefix
from policies.selectors.targets import NO_UNIT
from search.asking import Asked
from search.engines.base import Scope, Sort
from search.named import named
from search.query import parse
from search.results import Answer as Found
from search.results import ClauseHit, open_to
from search.results import search as search_clauses

Kind = Literal["law", "plan", "measures", "notice", "statistics", "report", "news", "other"]
Level = Literal["national", "province", "city", "county", "none"]


def search(
    query: Annotated[
        str,
        Field(description='数据安全 (just so), 数据 安全 (both), "…", OR, -not, (), 地区:浙江; up to 800 characters.'),
    ],
    region: RegionWords = "",
    agency: Annotated[Words, Field(description="Words of the name, or the id, of an agency that is responsible.")] = "",
    kind: Kind | None = None,
    level: Level | None = None,
    year: Year | None = None,
    column: Annotated[Words, Field(description="Column of the digest, as 地方新政.")] = "",
    issue: Annotated[str, Field(max_length=40, description="Year and number, as 2023-48.")] = "",
    policy: Annotated[Words, Field(description="Slug, id or whole title of a policy to search in.")] = "",
    scope: Annotated[
        Literal["clause", "policy"], Field(description="policy: its clauses may each hold a part of the query.")
    ] = "clause",
    sort: Literal["relevance", "date", "issue"] = "relevance",
    loose: Annotated[bool, Field(description="Look for the words of the query instead of its exact texts.")] = False,
    page: Page = 1,
    page_size: Annotated[int, Field(ge=1, le=50)] = 10,
) -> Answer:
    """Clauses that hold what the query asks for: all of them, and nothing else.

    `messages` say what in the query was not understood, [start, end) being the part meant.  `named` are policies
    or articles that the query names by title.  Where nothing is found, `loose_total` is what `loose` would find.
    """
    filters = _filters(region, agency, column, issue, policy)
    chosen = {"kind": kind, "level": level, "year": year}
    filters |= {name: [str(value)] for name, value in chosen.items() if value is not None}
    asked = Asked(query, filters, Scope(scope), Sort(sort), loose)
    if parse(query).tree is None:
        messages = _messages(search_clauses(asked))
        raise NoAnswerError("invalid", "query", query, "查询里没有可以检索的内容。", messages=messages)
    found = search_clauses(asked, page=page, page_size=page_size)
    if found.total and page > found.pages:
        raise no_page(page, found.pages, found.total)
    answer = {
        "messages": _messages(found),
        "named": _named(asked),
        "total": found.total,
        "policies": found.policies,
        "page": page,
        "pages": found.pages,
        "hits": [_hit(hit) for hit in found.hits],
    }
    return {"status": "ok", **answer} if found.total or answer["named"] else _nothing(query, found)


def compare_regions(
    indicator: Annotated[str, Field(min_length=1, max_length=200, description="Words that it holds, as 5G基站.")],
    unit: Annotated[Words, Field(description="Only what can be compared with it; 无单位: indices.")] = "",
    year: Annotated[Year | None, Field(description="The deadline.")] = None,
    regions: Annotated[list[RegionWords] | None, Field(max_length=40, description="Blank: all that have any.")] = None,
) -> Answer:
    """One indicator over regions: groups of targets that can be compared (one unit, one manner, one deadline).

    Each group is ordered from the highest to the lowest.  Of each region asked for it is told whether it has
    such targets (ok), has none in its policies (not_found), or has no policies in the base (not_loaded).
    """
    compared = compare(indicator, READER)
    if not compared.total:
        raise NoAnswerError("not_found", "indicator", indicator, "已收录的政策中没有这个指标的目标。")
    if compared.total > MOST:
        message = f"有 {compared.total} 个目标，多于 {MOST} 个，请说得更具体；names 是其中常见的指标。"
        raise NoAnswerError("too_many", "indicator", indicator, message, names=_names(compared))
    charts = [chart for chart in compared.charts if year is None or chart.year == year]
    if unit:
        base = measure("" if unit == NO_UNIT else unit).base
        charts = [chart for chart in charts if chart.bars[0].target.base_unit == base]
    places, told = _places(regions or [], charts)
    groups = [_group(chart, places) for chart in charts]
    groups = [group for group in groups if group["targets"]]
    if not groups:
        message = "已收录的政策中有这个指标，但没有符合这些条件的目标。"
        raise NoAnswerError("not_found", "target", indicator, message, regions=told, names=_names(compared))
    return {"status": "ok", "indicator": indicator, "regions": told, "groups": groups, "names": _names(compared)}


def _filters(region: str, agency: str, column: str, issue: str, policy: str) -> dict[str, list[str]]:
    """The filters as the index knows them: codes, ids and names; raises NoAnswerError and InvalidParameters."""
    filters = {}
    if region:
        filters["region"] = [found.code for found in loaded_regions(region)]
    if agency:
        filters["agency"] = [str(pk) for pk in find_agencies(agency).values_list("pk", flat=True)]
    if column:
        filters["column"] = [find_column(column, READER)]
    if issue:
        filters["issue"] = [str(find_issue(issue).pk)]
    if policy:
        filters["policy"] = [str(find_policy(policy).pk)]
    return filters


def _nothing(query: str, found: Found) -> Answer:
    """That nothing is found; where the query is the title of a document that is only cited, that it is not loaded."""
    searched = overview(READER)
    more = {
        "messages": _messages(found),
        "loose_total": found.loose,
        "searched": {"issues": searched.issues, "policies": searched.policies, "clauses": searched.clauses},
    }
    if mentions := mentions_of(query):
        message = "没有条款含有这些文字；有文件引用这个标题，但它没有收录在库中。"
        return NoAnswerError("not_loaded", "policy", query, message, known_from=mentions, **more).answer
    return NoAnswerError("not_found", "clause", query, "已收录的条款中没有。", **more).answer


def _messages(found: Found) -> list[Answer]:
    return [{"text": said.text, "start": said.start, "end": said.end} for said in found.messages]


def _named(asked: Asked) -> list[Answer]:
    offered = named(asked, open_to(False))
    clauses = [{"policy": records.policy(row.policy), **records.place(row, row.policy)} for row in offered.clauses]
    return [{"policy": records.policy(row)} for row in offered.policies] + clauses


def _hit(hit: ClauseHit) -> Answer:
    return {"policy": records.policy(hit.policy), **records.clause(hit.provision, hit.policy)}


def _names(compared: Comparison) -> list[Answer]:
    return [{"indicator": row.name, "regions": row.regions, "targets": row.targets} for row in compared.names]


def _places(words: list[str], charts: list[Chart]) -> tuple[list[Region] | None, list[Answer]]:
    """The regions to keep, None for all, and what is told of each that was asked for."""
    places: list[Region] = []
    told = []
    for word in words:
        try:
            found = loaded_regions(word)
        except NoAnswerError as none:
            told.append({"region": word, **none.answer})
            continue
        places += found
        count = sum(1 for chart in charts for bar in chart.bars if _lies_in(bar, found))
        told.append({"region": word, "status": "ok" if count else "not_found", "targets": count})
    return (places if words else None), told


def _lies_in(bar: Bar, regions: list[Region]) -> bool:
    """`policies.selectors.policies.within` for a row that is at hand."""
    policy = bar.target.policy
    return any(
        policy.level == Policy.Level.NATIONAL
        if region.level == Region.Level.NATION
        else (policy.region_id or "").startswith(code_prefix(region))
        for region in regions
    )


def _group(chart: Chart, regions: list[Region] | None) -> dict[str, Any]:
    bars = [bar for bar in chart.bars if regions is None or _lies_in(bar, regions)]
    return {
        "unit": chart.unit,
        "manner": chart.manner or None,
        "year": chart.year,
        "targets": [{**records.target(bar.target), "converted": bar.converted or None} for bar in bars],
    }
