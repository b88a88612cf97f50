"""Fields of work: what an agency is for, told by the words of its full name."""

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class WorkField:
    """A field by its general name, the short form that people say, and its words in agencies' names."""

    slug: str
    name: str
    short: str
    words: tuple[str, ...]


@cache
def work_fields() -> dict[str, WorkField]:
    """Every field by its slug, in the order of lists."""
    rows = json.loads((Path(settings.FIXTURES) / "work_fields.json").read_text(encoding="utf-8"))["fields"]
    return {row["slug"]: WorkField(row["slug"], row["name"], row["short"], tuple(row["words"])) for row in rows}


@lru_cache(maxsize=100_000)
def fields_of(name: str) -> tuple[WorkField, ...]:
    """The fields that an agency's full name tells, in the order of lists; none for a name that tells nothing.

    人民政府 and 国务院 before the name of a body of theirs tell nothing of it: 省人民政府外事办公室.
    """
    told = {_by_word()[word] for word in _words().findall(name)}
    if len(told) > 1:
        told.discard("government")
    return tuple(field for slug, field in work_fields().items() if slug in told)


@cache
def _by_word() -> dict[str, str]:
    return {word: field.slug for field in work_fields().values() for word in field.words}


@cache
def _words() -> re.Pattern[str]:
    """Any field's word, the longest where several begin."""
    return re.compile("|".join(map(re.escape, sorted(_by_word(), key=len, reverse=True))))
