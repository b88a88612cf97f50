"""What a person asks a search: the query and everything chosen beside it, and its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from django.http import QueryDict

from search.engines.base import Scope, Sort
from search.lexing import UNREADABLE
from search.loosening import loosened
from search.query import parse
from search.tree import Node, wanted

FACETS = ("region", "agency", "kind", "level", "year", "column", "issue")
FILTERS = (*FACETS, "policy")  # what a search can be narrowed by, in the order in which it is offered
MOST_CHOSEN = 40  # values of one filter that an address may name: every link of a page repeats them all

Filters = Mapping[str, Sequence[str]]
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """`filters` maps names of FILTERS to values (region codes, agency ids, kinds …), of which one must hold.
    `loose` asks for the words of the query instead of its exact texts."""

    text: str
    filters: Filters = field(default_factory=dict)
    scope: Scope = Scope.CLAUSE
    sort: Sort = Sort.RELEVANCE
    loose: bool = False

    @classmethod
    def of(cls, parameters: QueryDict) -> "Asked":
        """As an address says it: `q`, FILTERS up to MOST_CHOSEN times each, `scope`, `sort`, `loose=1`; what
        makes no sense is as if it were not there."""
        return cls(
            UNREADABLE.sub(" ", parameters.get("q", "")).strip(),
            {name: values for name in FILTERS if (values := _distinct(parameters.getlist(name)))},
            _choice(Scope, parameters.get("scope"), Scope.CLAUSE),
            _choice(Sort, parameters.get("sort"), Sort.RELEVANCE),
            parameters.get("loose") == "1",
        )

    @property
    def tree(self) -> Node | None:
        """What its text means; the fields are not resolved yet."""
        tree = parse(self.text).tree
        return loosened(tree) if tree and self.loose else tree

    @property
    def sought(self) -> list[str]:
        """The folded texts that its hits hold, to be marked in them."""
        return wanted(self.tree)

    @property
    def address(self) -> str:
        """The query string that means the same, without what goes without saying."""
        parameters = QueryDict(mutable=True)
        parameters["q"] = self.text
        for name, values in self.filters.items():
            parameters.setlist(name, list(values))
        if self.scope is not Scope.CLAUSE:
            parameters["scope"] = self.scope.value
        if self.sort is not Sort.RELEVANCE:
            parameters["sort"] = self.sort.value
        if self.loose:
            parameters["loose"] = "1"
        return parameters.urlencode()

    def toggled(self, name: str, value: str) -> "Asked":
        """The same with the facet's value chosen, or no longer chosen."""
        values = list(self.filters.get(name, ()))
        values = [other for other in values if other != value] if value in values else [*values, value]
        others = {other: given for other, given in self.filters.items() if other != name}
        return replace(self, filters={**others, name: values} if values else others)


def _distinct(values: Sequence[str]) -> list[str]:
    return list(islice(dict.fromkeys(value for value in values if value), MOST_CHOSEN))


def _choice(kind: type[Choice], value: str | None, default: Choice) -> Choice:
    return kind(value) if value in list(kind) else default
