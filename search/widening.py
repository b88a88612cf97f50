"""Where a search finds nothing: searches that ask for less, with what each would find."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace

from policies.models import Region
from search.asking import Asked
from search.engines.base import Scope
from search.loosening import loosened
from search.placed import placed
from search.results import Answer, total_of
from search.tree import Contains, leaves, wanted

MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Wider:
    """`way` is what is given up: region, loose, policy, unfiltered or all of it; `total` are the clauses found then.

    By `region` a place among the words is chosen instead of sought.  A `word` is one of those sought, alone.
    """

    way: str
    asked: Asked
    total: int
    region: Region | None = None


def widened(answer: Answer, *, include_unpublished: bool = False) -> list[Wider]:
    """What to offer beside an answer without hits: what gives up one thing and finds something; where nothing does,
    the first that does by giving up more; where nothing does, each word alone, of those that find nothing too.
    Five counts of the index at most, and one for each word, none twice.  Raises IndexMissingError.
    """
    asked = answer.asked
    counted = {_question(asked): 0, _question(replace(asked, loose=True)): answer.loose}

    def count(less: Asked) -> int:
        question = _question(less)
        if question not in counted:
            counted[question] = total_of(less, include_unpublished=include_unpublished)
        return counted[question]

    found = [Wider("loose", replace(asked, loose=True), answer.loose)]
    if offer := placed(asked):
        found.insert(0, Wider("region", offer.asked, count(offer.asked), offer.region))
    found += [Wider(way, less, count(less)) for way, less in _less(asked)]
    found = [one for one in found if one.total]
    if found:
        return found
    for least in _least(asked):
        if total := count(least):
            return [Wider("all", least, total)]
    alone = [Wider("word", one, count(one)) for one in _alone(asked)]
    return alone if any(one.total for one in alone) else []


def _less(asked: Asked) -> Iterator[tuple[str, Asked]]:
    if asked.scope is Scope.CLAUSE and len(asked.sought) > 1:
        yield "policy", replace(asked, scope=Scope.POLICY)
    if asked.filters:
        yield "unfiltered", replace(asked, filters={})


def _least(asked: Asked) -> Iterator[Asked]:
    """The words without filters, in a clause or, failing that, in a policy."""
    if asked.filters and not asked.loose:
        yield replace(asked, filters={}, loose=True)
    least = replace(asked, filters={}, loose=True, scope=Scope.POLICY)
    if least != asked:
        yield least


def _alone(asked: Asked) -> Iterator[Asked]:
    """The first MOST_WORDS texts that are sought, each by itself; the words of a text that is alone."""
    whole = replace(asked, loose=False).tree
    texts = wanted(loosened(whole) if isinstance(whole, Contains) else whole)
    for text in texts[:MOST_WORDS]:
        if Contains(text) != whole:
            yield Asked(text if Asked(text).tree == Contains(text) else f'"{text}"')


def _question(asked: Asked) -> Hashable:
    """What the index is asked: equal for all that find the same.  One thing alone is in the clauses of a policy that
    hold it, and text that does not fall into words is the same loosely.
    """
    tree = asked.tree
    spread = tree and sum(1 for _ in leaves(tree)) > 1
    filters = tuple((name, tuple(values)) for name, values in asked.filters.items())
    return tree, filters, asked.scope if spread else Scope.CLAUSE
