"""What people ask for: 200 queries drawn from the clauses of the base, the same ones every time."""

import random
from collections import Counter
from collections.abc import Sequence

from django.http import QueryDict

from policies.models import Policy, Provision
from search import analysis

SEED = 7
LOOKED_AT = 20_000  # clauses from which words and phrases are drawn
FREQUENT, RARE = 100, 3  # the so many most frequent words; words in at most so many of the clauses looked at


class Language:
    """Words and phrases of the base."""

    def __init__(self) -> None:
        self.dice = random.Random(SEED)  # noqa: S311 nothing secret is drawn
        rows = Provision.objects.clauses().order_by("pk").values_list("heading", "text", "tail")
        texts = [analysis.fold("\n".join(filter(None, row))) for row in rows]
        self.texts = self.dice.sample([text for text in texts if text], min(LOOKED_AT, len(texts)))
        found = Counter(word for text in self.texts for word in set(analysis.words(text)) if len(word) > 1)
        self.frequent = [word for word, _ in found.most_common(FREQUENT)]
        self.rare = sorted(word for word, times in found.items() if times <= RARE)

    def phrase(self, shortest: int, longest: int) -> str:
        """A part of a clause that begins and ends anywhere, folded."""
        while True:
            text = self.dice.choice(self.texts)
            start = self.dice.randrange(len(text))
            phrase = text[start : start + self.dice.randint(shortest, longest)].strip()
            if len(phrase) >= shortest and '"' not in phrase:
                return phrase


def mix() -> list[tuple[str, str]]:
    """(kind of query, the query string of its first page)."""
    language = Language()
    dice, frequent = language.dice, language.frequent
    places = list(Policy.objects.exclude(region=None).order_by("pk").values_list("region", "kind"))
    asked = [("one frequent word", {"q": dice.choice(frequent)}) for _ in range(30)]
    asked += [("one rare word", {"q": dice.choice(language.rare)}) for _ in range(30)]
    asked += [("two words", {"q": " ".join(dice.sample(frequent, 2))}) for _ in range(40)]
    asked += [("a phrase", {"q": f'"{language.phrase(4, 10)}"'}) for _ in range(59)]
    asked += [("a phrase", {"q": '"人民政府"'})]
    asked += [("one of three", {"q": " OR ".join(dice.sample(frequent, 3))}) for _ in range(20)]
    for _ in range(20):
        region, kind = dice.choice(places)
        asked.append(("with region and kind", {"q": dice.choice(frequent), "region": region, "kind": kind}))
    return [(kind, _address(given)) for kind, given in asked]


def spans(language: Language, count: int) -> Sequence[str]:
    """Parts of clauses of 1–12 characters, then the most frequent words and as many rare ones."""
    words = [*language.frequent, *language.dice.sample(language.rare, min(FREQUENT, len(language.rare)))]
    return [*(language.phrase(1, 12) for _ in range(count)), *words]


def _address(given: dict[str, str]) -> str:
    parameters = QueryDict(mutable=True)
    parameters.update(given)
    return parameters.urlencode()
