"""A place among the words of a query: 浙江 数据要素 means what policies of 浙江 say of 数据要素."""

from dataclasses import dataclass, replace

from django.db.models import Q

from policies.models import Region
from search.asking import Asked


@dataclass(frozen=True, slots=True)
class Placed:
    """The query with a region chosen instead of its name among the words."""

    region: Region
    asked: Asked


def placed(asked: Asked) -> Placed | None:
    """None where no region is named beside other words, several may be meant, or one is chosen already."""
    words = asked.text.split()
    if len(words) < 2 or "region" in asked.filters:
        return None
    rows = Region.objects.filter(Q(name__in=words) | Q(short_name__in=words), valid_to=None)
    found = list(rows.order_by("code")[:2])
    if len(found) != 1:
        return None
    (region,) = found
    rest = [word for word in words if word not in (region.name, region.short_name)]
    if not rest:
        return None
    return Placed(region, replace(asked, text=" ".join(rest), filters={**asked.filters, "region": [region.code]}))
