"""The units that quantities are printed in: 万个, 亿元, %, EFLOPS, 元/人, 台（套）."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "units.json"
ALTERNATIVES = "套次间台组册张条家处件"  # what stands in the bracket of 台（套）


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed and its group: count, money, share, ratio, measure, data, bare (a lone
    P or T), spec (of dimensions and voltages), time, or none (an index has no unit)."""

    text: str
    group: str


class UnitBook:
    """All units, found by their first character; the longest one that fits is meant."""

    def __init__(self, groups: dict[str, list[str]], multipliers: list[str], not_before: dict[str, str]):
        self._by_first: dict[str, list[Unit]] = {}
        for group, names in groups.items():
            for name in names:
                self._by_first.setdefault(name[0].lower(), []).append(Unit(name, group))
        for units in self._by_first.values():
            units.sort(key=lambda unit: -len(unit.text))
        self._multipliers = sorted(multipliers, key=len, reverse=True)
        self._multiplier_starts = frozenset(name[0] for name in multipliers)
        self._not_before = not_before

    @classmethod
    def from_json(cls, data: dict) -> "UnitBook":
        return cls(data["groups"], data["multipliers"], data["not_before"])

    def multiplier(self, text: str, at: int) -> str:
        """The 万, 亿 … that stands at `at`, or nothing."""
        if text[at : at + 1] in self._multiplier_starts:
            return next((name for name in self._multipliers if text.startswith(name, at)), "")
        return ""

    def match(self, text: str, at: int) -> Unit | None:
        """The unit that stands at `at`, with its multiplier (万个) and what it is per (元/人)."""
        multiplier = ""
        unit = self._simple(text, at)  # first: 千米 and 百分点 begin like a multiplier
        if unit is None:
            multiplier = self.multiplier(text, at)
            unit = self._simple(text, at + len(multiplier)) if multiplier else None
        if unit is None:
            return None
        end = at + len(multiplier) + len(unit.text)
        end = self._per(text, self._alternative(text, end))
        sum_of_hours = multiplier and unit.group == "time"  # 15万小时 are flown, not waited
        return Unit(text[at:end], "measure" if sum_of_hours else unit.group)

    def _simple(self, text: str, at: int) -> Unit | None:
        for unit in self._by_first.get(text[at : at + 1].lower(), ()):
            end = at + len(unit.text)
            if text[at:end].lower() == unit.text.lower() and self._ends(unit.text, text, end):
                return unit
        return self._flops(text, at)

    def _ends(self, name: str, text: str, end: int) -> bool:
        following = text[end : end + 1]
        if not following:
            return True
        if name[-1].isascii() and name[-1].isalpha():
            return not (following.isascii() and (following.isalnum() or following in "-+"))
        return following not in self._not_before.get(name, "")

    def _flops(self, text: str, at: int) -> Unit | None:
        """Computing power in the many spellings that are printed (EFlops, Eflop/s, and OCR's slips)."""
        end = at
        while end < len(text) and end < at + 10 and text[end].isascii() and text[end].isalpha():
            end += 1
        word = text[at:end].lower()
        if len(word) >= 5 and word[0] in "kmgtpezf" and "fl" in word[:3] and "op" in word:
            return Unit(text[at:end], "data")
        return None

    def _alternative(self, text: str, end: int) -> int:
        """台（套）: behind the bracket, if one stands at `end`."""
        bracket = text[end : end + 3]
        if len(bracket) == 3 and bracket[0] == "（" and bracket[2] == "）" and bracket[1] in ALTERNATIVES:
            return end + 3
        return end

    def _per(self, text: str, end: int) -> int:
        """元/人, 件/万人: behind the second unit, if one stands at `end`."""
        if text[end : end + 1] != "/":
            return end
        unit = self._simple(text, end + 1)  # first: 千瓦时 begins like a multiplier
        multiplier = "" if unit else self.multiplier(text, end + 1)
        unit = unit or self._simple(text, end + 1 + len(multiplier))
        return end + 1 + len(multiplier) + len(unit.text) if unit else end


@cache
def known_units() -> UnitBook:
    """The units of fixtures/units.json."""
    return UnitBook.from_json(json.loads(FIXTURE.read_text(encoding="utf-8")))
