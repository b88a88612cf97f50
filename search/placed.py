"""A place among the words of a query: 浙江 数据要素 means what policies of 浙江 say of 数据要素."""

from dataclasses import dataclass, replace

from django.db.models import Q

from policies.models import Region
from search.asking import Asked
from search.lexing import Kind, Lexer


@dataclass(frozen=True, slots=True)
class Placed:
    """The query with a region chosen instead of its name among the words."""

    region: Region
    asked: Asked


def placed(asked: Asked) -> Placed | None:
    """None where no region is named beside other words, several may be meant, one is chosen already, or an operator
    or a bracket says how the words hang together.
    """
    tokens = Lexer(asked.text).tokens()
    if len(tokens) < 2 or "region" in asked.filters:
        return None
    if any(token.kind not in (Kind.TEXT, Kind.FIELD) for token in tokens):
        return None
    words = [token.text for token in tokens if token.kind is Kind.TEXT]
    rows = Region.objects.filter(Q(name__in=words) | Q(short_name__in=words), valid_to=None)
    found = list(rows.order_by("code")[:2])
    if len(found) != 1:
        return None
    (region,) = found
    names = (region.name, region.short_name)
    rest = [asked.text[token.start : token.end] for token in tokens if token.field or token.text not in names]
    if not rest:
        return None
    return Placed(region, replace(asked, text=" ".join(rest), filters={**asked.filters, "region": [region.code]}))
