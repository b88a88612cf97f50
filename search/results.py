"""The answer to a search: what pages, API, feed, table and command line show alike."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from math import ceil

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from policies.models import Policy, Provision, State
from search.asking import FACETS, Asked
from search.engines.base import Found, Hit, Request
from search.facets import Facet, facets_of
from search.fields import resolve
from search.highlight import Range, marks, snippet
from search.indexing import find
from search.loosening import loosened
from search.messages import Message
from search.query import parse
from search.tree import Node

PAGE_SIZE = 20  # clauses
POLICIES = 10  # on a page that shows clauses by policy
CLAUSES_EACH = 3
MOST = 10_000_000  # hits, more than there are
CHUNK = 500


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
class PolicyHits:
    """The best of the `found` clauses of one policy; `url` searches it alone."""

    policy: Policy
    found: int
    hits: list[ClauseHit]
    url: str

    @property
    def left_out(self) -> int:
        return self.found - len(self.hits)


@dataclass(frozen=True, slots=True)
class Answer:
    """`total` clauses in `policies` policies; `hits` holds those of the page.  `messages` say what was not
    understood; `loose` is how many clauses the loose mode would find where the exact one finds none."""

    asked: Asked
    page: int
    page_size: int
    grouped: bool = False
    total: int = 0
    policies: int = 0
    hits: list[ClauseHit] = field(default_factory=list)
    groups: list[PolicyHits] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    loose: int = 0

    @property
    def length(self) -> int:
        """Of what its pages are of: policies where it is grouped, else clauses."""
        return self.policies if self.grouped else self.total

    @property
    def pages(self) -> int:
        return ceil(self.length / self.page_size)


def search(
    asked: Asked,
    *,
    page: int = 1,
    page_size: int = PAGE_SIZE,
    grouped: bool = False,
    include_unpublished: bool = False,
    engine: str = "",
) -> Answer:
    """The clauses that are asked for, by SEARCH_ENGINE if no other is named; `page` counts from 1.

    Grouped, a page has `page_size` policies with the best CLAUSES_EACH clauses of each.  Takes three
    database queries at most for hits and names, and one or two for each field in the query.  Raises
    IndexMissingError.
    """
    messages: list[Message] = []
    policies = open_to(include_unpublished)
    tree = _tree(asked, policies, messages)
    if tree is None:
        return Answer(asked, page, page_size, grouped, messages=messages)
    request = Request(
        loosened(tree) if asked.loose else tree,
        _filters(asked, include_unpublished),
        (page - 1) * page_size,
        page_size,
        FACETS,
        asked.scope,
        asked.sort,
        CLAUSES_EACH if grouped else 0,
    )
    found = find(request, engine)
    hits = _clause_hits(found.hits, asked, policies)
    return Answer(
        asked,
        page,
        page_size,
        grouped,
        total=found.total,
        policies=found.policies,
        hits=hits,
        groups=list(_groups(found, hits, asked)),
        messages=messages,
        facets=facets_of(found.counts, asked.filters, policies),
        loose=0 if found.total or asked.loose else _loose_total(request, engine),
    )


def every_hit(asked: Asked, *, most: int = MOST, include_unpublished: bool = False) -> Iterator[ClauseHit]:
    """What `search` would show on all its pages, as clauses; CHUNK are in memory at once.  Raises IndexMissingError."""
    policies = open_to(include_unpublished)
    tree = _tree(asked, policies, [])
    if tree is None:
        return iter(())
    tree = loosened(tree) if asked.loose else tree
    filters = _filters(asked, include_unpublished)
    found = find(Request(tree, filters, limit=most, scope=asked.scope, sort=asked.sort)).hits
    return chain.from_iterable(
        _clause_hits(found[start : start + CHUNK], asked, policies) for start in range(0, len(found), CHUNK)
    )


def total_of(asked: Asked, *, include_unpublished: bool = False) -> int:
    """How many clauses `search` would find, and nothing else of them.  Raises IndexMissingError."""
    tree = _tree(asked, open_to(include_unpublished), [])
    if tree is None:
        return 0
    tree = loosened(tree) if asked.loose else tree
    return find(Request(tree, _filters(asked, include_unpublished), limit=1, scope=asked.scope)).total


def open_to(include_unpublished: bool) -> QuerySet[Policy]:
    """The policies that readers, or editors, may know of."""
    return Policy.objects.all() if include_unpublished else Policy.objects.published()


def _tree(asked: Asked, policies: QuerySet[Policy], messages: list[Message]) -> Node | None:
    query = parse(asked.text)
    messages += query.messages
    return resolve(query.tree, policies, messages) if query.tree else None


def _filters(asked: Asked, include_unpublished: bool) -> dict[str, tuple[str, ...]]:
    strict = {} if include_unpublished else {"state": (State.PUBLISHED.value,)}
    return {name: tuple(values) for name, values in asked.filters.items()} | strict


def _loose_total(request: Request, engine: str) -> int:
    tree = loosened(request.tree)
    if tree == request.tree:
        return 0
    return find(replace(request, tree=tree, start=0, limit=1, count=(), each=0), engine).total


def _clause_hits(found: list[Hit], asked: Asked, policies: QuerySet[Policy]) -> list[ClauseHit]:
    """The found clauses with their rows; one that the database has changed since is left out."""
    rows = Provision.objects.clauses().filter(policy__in=policies).select_related("policy__region", "policy__issue")
    provisions = rows.in_bulk([hit.clause for hit in found])
    sought = asked.sought
    carried = urlencode({"q": asked.text} | ({"loose": "1"} if asked.loose else {}))
    hits = []
    for hit in found:
        provision = provisions.get(hit.clause)
        if provision is None or provision.policy_id != hit.policy:
            continue
        words = provision.words()
        marked = marks(words, sought)
        url = f"{provision.policy.get_absolute_url()}?{carried}#{provision.eid}"
        hits.append(ClauseHit(provision, words, marked, snippet(words, marked), url, hit.score))
    return hits


def _groups(found: Found, hits: list[ClauseHit], asked: Asked) -> Iterator[PolicyHits]:
    by_policy: dict[Policy, list[ClauseHit]] = {}
    for hit in hits:
        by_policy.setdefault(hit.policy, []).append(hit)
    for policy, group in by_policy.items():
        alone = replace(asked, filters={**asked.filters, "policy": [str(policy.pk)]})
        yield PolicyHits(policy, found.of_policy[policy.pk], group, f"{reverse('search:search')}?{alone.address}")
