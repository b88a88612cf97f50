"""Issues that the base does not have yet, and other versions of those that it has."""

import os
import random
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from benchmarks.copies import FIRST_YEAR, YEARLY, copies, unused

RARE = 0.1  # how many uploads are of a real issue, which takes as long as ten samples


@dataclass(frozen=True, slots=True)
class File:
    """An issue's file: its place in the base, its name and text."""

    year: int
    number: int
    name: str
    text: str

    @property
    def content(self) -> bytes:
        return self.text.encode()

    def changed(self, dice: random.Random) -> "File":
        """Another version of it: some clauses end with other words."""
        lines = self.text.splitlines()
        places = [place for place, line in enumerate(lines) if line.endswith("。")]
        for place in dice.sample(places, min(5, len(places))):
            lines[place] = lines[place][:-1] + f"，其中第{dice.randrange(10**6)}项另行安排。"
        return File(self.year, self.number, self.name, "\n".join(lines) + "\n")


def new_file(dice: random.Random) -> File:
    """A varied copy of a sample or, where they are, now and then of a real issue."""
    shared = Path(os.environ.get("POLICY_SHARED", settings.BASE_DIR.parent / "shared"))
    real = sorted((shared / "issues").glob("*.txt"))
    samples = sorted((settings.FIXTURES / "samples").glob("*.txt"))
    original = dice.choice(real if real and dice.random() < RARE else samples).read_text(encoding="utf-8")
    first = unused()
    ((name, content),) = copies([original], first, 1)
    return File(FIRST_YEAR + first // YEARLY, first % YEARLY + 1, name, content.decode())
