"""Which heading of one text answers which of another."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from search.analysis import fold, words

SHORTEST = 2  # characters of a word that tells headings apart
OFTEN = 0.1  # of the headings, and at least FEW: a word that so many have tells none apart
FEW = 3
SHARED = 0.5  # of the telling words of the one that has fewer: more than that must be shared,
ALIKE = 80  # or the headings be so much alike, in per cent,
LEAST_ALIKE = 50  # and in any case so much


def common_words(titles: Iterable[str], headings: Sequence[str]) -> set[str]:
    """The words that tell no headings apart: those of the titles, and those of many headings (加强, 数字)."""
    counted = Counter(word for heading in headings for word in set(words(fold(heading))))
    often = {word for word, count in counted.items() if count >= max(FEW, OFTEN * len(headings))}
    return often | {word for title in titles for word in words(fold(title))}


def pair(ones: Sequence[str], others: Sequence[str], common: set[str]) -> dict[int, int]:
    """For headings of `others`, by place, the one of `ones` that each answers; the likest first, each once.

    Equal ones always answer each other; others must share words beside the `common` ones.
    """
    left, right = ([_telling(heading, common) for heading in headings] for headings in (ones, others))
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, told in enumerate(left):
        for word in told:
            places[word].append(place)
    scored = [
        (score, abs(one - other), one, other)
        for other, told in enumerate(right)
        for one in {place for word in told for place in places[word]}
        if (score := _score(ones[one], others[other], left[one], told))
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, one, other in sorted(scored, key=lambda row: (-row[0], *row[1:])):
        if one not in taken and other not in found:
            found[other] = one
            taken.add(one)
    return found


def _telling(heading: str, common: set[str]) -> set[str]:
    """The words that tell a heading from others, and the heading itself."""
    folded = fold(heading)
    return {word for word in words(folded) if len(word) >= SHORTEST and word not in common} | {folded}


def _score(one: str, other: str, left: set[str], right: set[str]) -> float:
    """How well two headings answer each other; 0 for not at all."""
    whole, whole_other = fold(one), fold(other)
    if whole == whole_other:
        return 200.0
    left, right = left - {whole}, right - {whole_other}
    if not left or not right:
        return 0.0
    shared = sum(map(len, left & right)) / min(sum(map(len, left)), sum(map(len, right)))
    alike = fuzz.ratio(whole, whole_other)
    if not shared or alike < LEAST_ALIKE or (shared <= SHARED and alike < ALIKE):
        return 0.0
    return 100 * shared + alike
