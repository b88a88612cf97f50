"""The targets of all policies in one table, by the page and as a file."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from policies.exports.files import Selection, download, formats_of, root_of
from policies.exports.kinds import TARGETS
from policies.models import Target
from policies.selectors.records import standing_targets, targets_by_year
from policies.selectors.targets import by_region
from policies.views.charts import Bar, linked_bars
from policies.views.filters import TargetFilter
from policies.views.paging import FromNearerEnd, paged

PER_PAGE = 50
REGIONS_SHOWN = 12
SORTS = {
    "indicator": ("指标", ["indicator"]),
    "value": ("数值", ["base_unit", "base_value"]),  # more and less are of one unit only
    "year": ("截止年份", ["year"]),
    "region": ("地区", ["policy__region_id"]),
    "policy": ("政策与条款", ["policy_id"]),
}
NULLABLE = {"year", "policy__region_id"}


def targets(request: HttpRequest):
    """`?sort=` names a column of SORTS, with a minus for the other way round; the rest is TargetFilter's."""
    filtered, sort = _filtered(request), _sort(request)
    keys = _sorted(filtered.qs, sort).values_list("pk", flat=True)  # whole rows are slow to sort
    paging = paged(request, keys, PER_PAGE, FromNearerEnd)
    first = paging.page.number == 1
    return render(
        request,
        "policies/targets.html",
        {
            "section": "targets",
            "years": _years(request, filtered.qs) if first else [],
            "regions": _regions(request, filtered.qs) if first else [],
            "filter": filtered,
            "paging": paging,
            "targets": _whole(list(paging.page)),
            "formats": formats_of(TARGETS),
            "sort": sort,
            "several_units": sort.endswith("value") and not request.GET.get("unit"),
            "columns": [
                (name, label, "-" + name if sort == name else name, _aria(name, sort))
                for name, (label, _) in SORTS.items()
            ],
        },
    )


def _years(request: HttpRequest, rows: QuerySet[Target]) -> list[Bar]:
    """How many fall due in which year; a bar leads to those of its year among these."""
    return linked_bars(
        (f"{year}年", count, _narrowed(request, year_min=year, year_max=year)) for year, count in targets_by_year(rows)
    )


def _regions(request: HttpRequest, rows: QuerySet[Target]) -> list[Bar]:
    return linked_bars(
        (name, count, _narrowed(request, region=code)) for code, name, count in by_region(rows, REGIONS_SHOWN)
    )


def _narrowed(request: HttpRequest, **facts: object) -> str:
    """The page's address with these parameters in place of what it says of them."""
    parameters = request.GET.copy()
    parameters.pop("page", None)
    for name, value in facts.items():
        parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


def targets_file(request: HttpRequest, ending: str):
    """All targets that the page of the same address lists, in its order, as a file of that format."""
    made = next((one for one in formats_of(TARGETS) if one.ending == ending), None)
    if made is None:
        raise Http404
    filtered = _filtered(request)
    if not filtered.is_valid():
        faults = [f"{filtered.form[name].label}：{''.join(said)}" for name, said in filtered.errors.items()]
        return HttpResponse("\n".join(faults), status=400, content_type="text/plain; charset=utf-8")
    rows = _with_place(_sorted(filtered.qs, _sort(request))).select_related("policy__issue")
    return download(made, Selection(TARGETS, rows, request.user, root_of(request)), TARGETS.label)


def _filtered(request: HttpRequest) -> TargetFilter:
    return TargetFilter(request.GET, standing_targets(request.user), user=request.user)


def _with_place(rows: QuerySet[Target]) -> QuerySet[Target]:
    long = ("provision__text", "provision__tail", "policy__editor_note")
    return rows.select_related("policy__region", "provision").defer(*long)


def _whole(keys: list[int]) -> list[Target]:
    rows = _with_place(Target.objects.all()).in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _sort(request: HttpRequest) -> str:
    sort = request.GET.get("sort", "")
    return sort if sort.removeprefix("-") in SORTS else "year"


def _sorted(rows: QuerySet[Target], sort: str) -> QuerySet[Target]:
    _, columns = SORTS[sort.removeprefix("-")]
    ways: list[Any] = []
    for column in columns:
        last = {"nulls_last": True} if column in NULLABLE else {}  # said of other columns it hides their index
        ways.append(F(column).desc(**last) if sort.startswith("-") else F(column).asc(**last))
    return rows.order_by(*ways, "policy_id", "line", "pk")


def _aria(name: str, sort: str) -> str:
    """The aria-sort of a column, blank where the table is not sorted by it."""
    return {name: "ascending", "-" + name: "descending"}.get(sort, "")
