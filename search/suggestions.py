"""What a person may mean who is still typing: terms, regions, agencies and titles, by their characters or by pinyin."""

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from itertools import accumulate, chain, islice

from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from policies.models import Policy, Region, Target, Topic
from policies.selectors.agencies import shown_beside
from search.analysis import fold
from search.kept import Kept
from search.pinyin import syllables

MOST = 10
OF_EACH_KIND = 4  # while there are others
LOOKED_AT = 500  # matches that are compared; what begins with the typed text is found before the others
LONGEST = 40  # characters typed


class Kind(IntEnum):
    """In the order in which they are offered."""

    TERM = 1
    REGION = 2
    AGENCY = 3
    TITLE = 4

    @property
    def label(self) -> str:
        return {Kind.TERM: "检索", Kind.REGION: "地区", Kind.AGENCY: "部门", Kind.TITLE: "政策"}[self]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term leads to its search, everything else to its page; `names` are others that it is found by."""

    kind: Kind
    text: str
    url: str
    names: tuple[str, ...] = ()


def suggest(typed: str, *, include_unpublished: bool = False) -> list[Suggestion]:
    """At most MOST, the likeliest first; none where nothing was typed.  One query, while nothing changes."""
    sought = fold(typed[:LONGEST])
    if not sought:
        return []
    vocabulary = _vocabularies[include_unpublished].get()
    found = sorted(vocabulary.matches(sought))
    taken: list[int] = []
    for most in (OF_EACH_KIND, MOST):
        for _, _, _, at in found:
            kind = vocabulary.suggestions[at].kind
            if at not in taken and sum(vocabulary.suggestions[other].kind is kind for other in taken) < most:
                taken.append(at)
    order = {at: place for place, (_, _, _, at) in enumerate(found)}
    return [vocabulary.suggestions[at] for at in sorted(taken[:MOST], key=order.__getitem__)]


def warm() -> None:
    """Gather now what the first person to type would have to wait for; without a database, nothing."""
    with suppress(DatabaseError):
        suggest("数")
    connection.close()


# Inside the text and not at its beginning; its kind and length; its place among the suggestions.
Match = tuple[bool, Kind, int, int]


class _Vocabulary:
    """Everything that may be suggested, as three long texts that are looked through: characters, pinyin, initials."""

    def __init__(self, suggestions: list[Suggestion]):
        self.suggestions = suggestions
        lines = [(at, name) for at, one in enumerate(suggestions) for name in (one.text, *one.names)]
        self._suggested = [at for at, _ in lines]
        spelled = [syllables(name) for _, name in lines]
        self._written = _Lines([tuple(fold(name)) for _, name in lines])
        self._pinyin = _Lines(spelled)
        self._initials = _Lines([tuple(syllable[:1] for syllable in text) for text in spelled])

    def matches(self, sought: str) -> list[Match]:
        letters = sought.replace(" ", "").replace("'", "")
        places = [self._written.places(sought)]
        if letters.isascii() and letters.isalnum() and len(letters) > 1:
            places += [self._pinyin.places(letters), self._initials.places(letters)]
        found: dict[int, bool] = {}
        for line, inside in chain.from_iterable(islice(some, LOOKED_AT) for some in places):
            at = self._suggested[line]
            found[at] = found.get(at, True) and inside
        return [(inside, self.suggestions[at].kind, len(self.suggestions[at].text), at) for at, inside in found.items()]


class _Lines:
    """Texts one under the other, each made of syllables; what is looked for begins where a syllable begins."""

    def __init__(self, texts: list[tuple[str, ...]]):
        self._text = "\n" + "\n".join(map("".join, texts)) + "\n"
        lengths = (sum(map(len, syllables)) + 1 for syllables in texts)
        self._starts = list(accumulate(lengths, initial=1))
        self._syllables = {
            start + offset
            for start, syllables in zip(self._starts, texts, strict=False)
            for offset in accumulate(map(len, syllables[:-1]), initial=0)
        }

    def places(self, sought: str) -> Iterator[tuple[int, bool]]:
        """(which text, whether inside it), those that begin so before the others."""
        for place in self._find(f"\n{sought}"):
            yield bisect_right(self._starts, place + 1) - 1, False
        known = -1
        for place in self._find(sought):
            at = bisect_right(self._starts, place) - 1
            if at != known and place in self._syllables and place != self._starts[at]:
                known = at
                yield at, True

    def _find(self, sought: str) -> Iterator[int]:
        place = self._text.find(sought)
        while place >= 0:
            yield place
            place = self._text.find(sought, place + 1)


def _vocabulary(include_unpublished: bool) -> _Vocabulary:
    policies = Policy.objects.all() if include_unpublished else Policy.objects.published()
    return _Vocabulary(list({(one.kind, one.text): one for one in _gathered(policies)}.values()))


_vocabularies = {include: Kept(partial(_vocabulary, include)) for include in (False, True)}


def _gathered(policies: QuerySet[Policy]) -> Iterator[Suggestion]:
    for name, terms in Topic.objects.values_list("name", "terms"):
        for term in (name, *terms):
            yield _term(term)
    targets = Target.objects.standing().filter(policy__in=policies)
    for indicator in targets.order_by().values_list("indicator", flat=True).distinct():
        if len(indicator) <= 12:
            yield _term(indicator)
    for region in Region.objects.filter(policies__in=policies).distinct():
        yield Suggestion(Kind.REGION, region.name, region.get_absolute_url())
    for agency in shown_beside(policies).prefetch_related("names"):
        names = tuple(other.name for other in agency.names.all())
        yield Suggestion(Kind.AGENCY, agency.name, agency.get_absolute_url(), names)
    for policy in policies:
        yield Suggestion(Kind.TITLE, policy.title, policy.get_absolute_url())


def _term(text: str) -> Suggestion:
    return Suggestion(Kind.TERM, text, f"{reverse('search:search')}?{urlencode({'q': text})}")
