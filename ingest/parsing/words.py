"""Word lists that the grammar of promises uses, from fixtures/target_words.json."""

import json
import re
from functools import cache
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
REGIONS = FIXTURES / "regions.json"


def alternatives(*names: str) -> str:
    """The lists `names` as the inside of a regular expression's group, the longest words first."""
    found = {word for name in names for word in _fixture()[name]}
    return "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))


@cache
def provinces() -> str:
    """The provinces' full names, likewise."""
    regions = json.loads(REGIONS.read_text(encoding="utf-8"))["regions"]
    return "|".join(region["name"] for region in regions if region["level"] == "province")


@cache
def _fixture() -> dict[str, list[str]]:
    data: dict[str, list[str]] = json.loads((FIXTURES / "target_words.json").read_text(encoding="utf-8"))
    return data
