"""The targets of all policies in one table."""

from django.db.models import Count, F
from django.shortcuts import render

from policies.selectors.records import standing_targets
from policies.views.filters import TargetFilter
from policies.views.paging import paged

PER_PAGE = 50
UNITS_OFFERED = 200
SORTS = {
    "indicator": ("indicator", "指标"),
    "value": ("value", "数值"),
    "year": ("year", "截止年份"),
    "region": ("policy__region_id", "地区"),
}


def targets(request):
    """`?sort=` names a column of SORTS, with a minus for the other way round."""
    rows = (
        standing_targets(request.user)
        .select_related("policy__region", "provision")
        .defer("provision__text", "provision__tail", "policy__editor_note")
    )
    filtered = TargetFilter(request.GET, rows, user=request.user)
    sort = request.GET.get("sort", "")
    if sort.removeprefix("-") not in SORTS:
        sort = "year"
    column = F(SORTS[sort.removeprefix("-")][0])
    direction = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    units = standing_targets(request.user).order_by().values_list("unit").annotate(count=Count("pk"))
    return render(
        request,
        "policies/targets.html",
        {
            "section": "targets",
            "filter": filtered,
            "paging": paged(request, filtered.qs.order_by(direction, "policy_id", "line", "pk"), PER_PAGE),
            "units": [unit for unit, _ in units.order_by("-count")[:UNITS_OFFERED]],
            "sort": sort,
            "columns": [
                (name, label, "-" + name if sort == name else name, _aria(name, sort))
                for name, (_, label) in SORTS.items()
            ],
        },
    )


def _aria(name: str, sort: str) -> str:
    """The aria-sort of a column, blank where the table is not sorted by it."""
    return {name: "ascending", "-" + name: "descending"}.get(sort, "")
