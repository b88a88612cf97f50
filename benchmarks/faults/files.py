"""Issues that nobody has seen yet: the samples, and the real ones where they are, under other numbers and names."""

import os
import random
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

HEAD = re.compile(r"\d{4}年(\d+月\d+日) 第\d+期 总第\d+期")
NAMED = "驿站"  # what the samples speak of
FIRST, SECOND = "云海山河星林石桥松竹", "港舟亭苑坊台湾渡塔院"
FIRST_YEAR, A_YEAR = 2041, 50  # issues are numbered so that none is of a year that the samples have
RARE = 0.1  # how many uploads are of a real issue, which takes as long as ten samples


@dataclass(frozen=True, slots=True)
class Made:
    """An invented issue: its place in the base, its file's name and text."""

    year: int
    number: int
    name: str
    text: str

    @property
    def content(self) -> bytes:
        return self.text.encode()

    def changed(self, dice: random.Random) -> "Made":
        """The same issue with a word changed in some clauses, and a line more."""
        lines = self.text.splitlines()
        places = [place for place, line in enumerate(lines) if line.endswith("。")]
        for place in dice.sample(places, min(5, len(places))):
            lines[place] = lines[place][:-1] + f"，其中第{dice.randrange(10**6)}项另行安排。"
        return Made(self.year, self.number, self.name, "\n".join(lines) + "\n")


def made(number: int, dice: random.Random) -> Made:
    """The issue of that running number, from one of the templates."""
    year, place = FIRST_YEAR + number // A_YEAR, number % A_YEAR + 1
    real = _real()
    template = dice.choice(real if real and dice.random() < RARE else _samples())
    text = HEAD.sub(rf"{year}年\1 第{place}期 总第{1000 + number}期", template.read_text(encoding="utf-8"))
    text = text.replace(NAMED, dice.choice(FIRST) + dice.choice(SECOND))
    return Made(year, place, f"{year}-{place:02}.txt", text)


def _samples() -> list[Path]:
    return sorted((settings.FIXTURES / "samples").glob("*.txt"))


def _real() -> list[Path]:
    shared = Path(os.environ.get("POLICY_SHARED", settings.BASE_DIR.parent / "shared"))
    return sorted((shared / "issues").glob("*.txt"))
