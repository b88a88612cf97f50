"""What quantities are compared in: 万亿元 and 亿元 in 元, 公里 and 千米 in 米, EFLOPS in PFLOPS."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache
from itertools import cycle
from math import prod
from unicodedata import normalize

from django.conf import settings

from search.analysis import fold

DIGITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
PLACES = 18  # after the point: a byte is 10⁻¹² TB
PRECISION = 90  # digits of a column's largest number by the largest unit, and more
SHARE = "%"
# Where a large letter is no small one: a B is bytes, a b bits; MW are mega, mW milli; alone a T is no t (吨).
CASED = re.compile("([bB]|[mM](?=[wWhH])|(?<![A-Za-z/])[A-Za-z](?![A-Za-z]))")
SIGNS = {"%", "％", "‰"}  # printed without a space before them


@dataclass(frozen=True, slots=True)
class Measure:
    """One of a unit is `factor` of `base`; an index has no unit, its base is blank."""

    base: str
    factor: Fraction = Fraction(1)

    def of(self, value: Decimal) -> Decimal:
        """So many of the unit, in the base unit, to PLACES digits after the point."""
        exact = Fraction(value) * self.factor
        with localcontext(prec=PRECISION):
            return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal(1).scaleb(-PLACES))


@lru_cache(maxsize=10_000)
def measure(unit: str) -> Measure:
    """How a unit, as printed, is compared: its multiplier (万个), its divisor (元/人), its spelling (EFlops).

    Width, 繁体 and, but for some letters, case do not matter; the bracket of 台（套） names the same things otherwise.
    A unit that fixtures/units.json does not know is its own base.
    """
    folded = _folded(unit)
    if whole := _known().get(folded):  # first: 条/秒 and Gb/s are names
        return whole
    printed, slash, divisor = folded.partition("/")
    upper = _scaled(printed)
    if not slash:
        return upper
    number = divisor[: len(divisor) - len(divisor.lstrip("0123456789"))]
    lower = _scaled(divisor.removeprefix(number))
    factor = upper.factor / lower.factor / Fraction(number if number.strip("0") else 1)
    if not upper.base and not lower.base:  # 12/10万 is a share
        return Measure(SHARE, 100 * factor)
    return Measure(f"{upper.base}/{lower.base}", factor)


def spelt(unit: str) -> str:
    """A unit by its own name where it is printed otherwise or misread: EFLOPS for Efllops; others as they are."""
    folded = _folded(unit)
    return _names().get(folded) or _names().get(_operations(folded)) or unit


def plain(value: Decimal) -> str:
    """A number without its empty decimals: 12.500000 → 12.5"""
    return f"{value.normalize():f}"


def measured(number: str, unit: str) -> str:
    """A number with its unit as people read it: 100 万个, 30%, a bare 1.25."""
    return f"{number}{unit}" if unit in SIGNS or not unit else f"{number} {unit}"


def _folded(unit: str) -> str:
    """Folded but where the case of a letter tells units apart."""
    parts = CASED.split(normalize("NFKC", unit))
    return "".join(part if kept else fold(part) for kept, part in zip(cycle((False, True)), parts, strict=False))


def _scaled(folded: str) -> Measure:
    if folded.endswith(")") and folded[-3:-2] == "(":
        folded = folded[:-3]
    if simple := _simple(folded):
        return simple
    multiplier = next((name for name in _multipliers() if folded.startswith(name)), "")
    counted = folded.removeprefix(multiplier)
    known = _simple(counted) or Measure(counted)
    return Measure(known.base, known.factor * prod(DIGITS[digit] for digit in multiplier))


def _simple(folded: str) -> Measure | None:
    return _known().get(_operations(folded) or folded)


def _operations(folded: str) -> str:
    """eflops for what is meant by it, EFlop and OCR's slips; blank for other units."""
    if "/" not in folded and len(folded) >= len("flops") and "fl" in folded[:3] and "op" in folded:
        return f"{folded[0].removeprefix('f')}flops"
    return ""


@cache
def _known() -> Mapping[str, Measure]:
    """Every unit that has a name, by the name folded."""
    data = _facts()
    known = {_folded(name): Measure(name) for names in data["groups"].values() for name in names}
    for base, units in data["bases"].items():
        known[_folded(base)] = Measure(base)
        known |= {_folded(name): Measure(base, Fraction(factor)) for name, factor in units.items()}
    return known


@cache
def _names() -> Mapping[str, str]:
    """Every unit's name, by the name folded."""
    data = _facts()
    return {_folded(name): name for names in (*data["groups"].values(), *data["bases"].values()) for name in names}


@cache
def _multipliers() -> list[str]:
    return sorted(_facts()["multipliers"], key=len, reverse=True)


@cache
def _facts() -> dict:
    return json.loads((settings.FIXTURES / "units.json").read_text(encoding="utf-8"))
