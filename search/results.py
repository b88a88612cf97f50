"""The answer to a search: what pages, API and command line show alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from policies.models import Policy, Provision, State
from search.engines.base import Found, Request
from search.facets import COUNTED, Facet, facets_of
from search.fields import resolve
from search.highlight import Range, marks, snippet
from search.indexing import find
from search.messages import Message
from search.query import parse
from search.tree import Node, wanted

FILTERS = ("region", "agency", "kind", "level", "year", "column", "issue")
PAGE_SIZE = 20

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ClauseHit:
    """A clause found.  `text` is all its own words as printed, `highlights` are offsets into it,
    `snippet` is HTML of a part of it; `url` leads to the clause and carries the query along."""

    provision: Provision
    text: str
    highlights: list[Range]
    snippet: SafeString
    url: str
    score: float

    @property
    def policy(self) -> Policy:
        return self.provision.policy


@dataclass(frozen=True, slots=True)
class Answer:
    """`total` counts all hits, `hits` holds those of the page; `messages` say what was not understood."""

    query: str
    page: int
    page_size: int
    total: int = 0
    hits: list[ClauseHit] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)

    @property
    def pages(self) -> int:
        return ceil(self.total / self.page_size)


def search(
    text: str,
    *,
    filters: Filters | None = None,
    page: int = 1,
    page_size: int = PAGE_SIZE,
    include_unpublished: bool = False,
) -> Answer:
    """The clauses that `text` finds; `page` counts from 1.

    `filters` maps names of FILTERS to values (region codes, agency ids, kinds …), of which one must
    hold.  Takes three database queries at most, and one or two for each field in the query.  Raises
    IndexMissingError.
    """
    query = parse(text)
    messages = list(query.messages)
    if query.tree is None:
        return Answer(text, page, page_size, messages=messages)
    policies = Policy.objects.all() if include_unpublished else Policy.objects.published()
    tree = resolve(query.tree, policies, messages)
    chosen = {name: tuple(values) for name, values in (filters or {}).items() if values}
    strict = {} if include_unpublished else {"state": (State.PUBLISHED.value,)}
    found = find(Request(tree, chosen | strict, (page - 1) * page_size, page_size, COUNTED))
    return Answer(
        query=text,
        page=page,
        page_size=page_size,
        total=found.total,
        hits=_hits(found, text, query.tree, policies),
        messages=messages,
        facets=facets_of(found.counts, chosen, policies),
    )


def _hits(found: Found, text: str, tree: Node, policies) -> list[ClauseHit]:
    """The found clauses with their rows; one that the database has changed since is left out."""
    rows = Provision.objects.clauses().filter(policy__in=policies).select_related("policy__region", "policy__issue")
    provisions = rows.in_bulk([hit.clause for hit in found.hits])
    sought = wanted(tree)
    hits = []
    for hit in found.hits:
        provision = provisions.get(hit.clause)
        if provision is None:
            continue
        words = provision.words()
        marked = marks(words, sought)
        url = f"{provision.policy.get_absolute_url()}?{urlencode({'q': text})}#{provision.eid}"
        hits.append(ClauseHit(provision, words, marked, snippet(words, marked), url, hit.score))
    return hits
