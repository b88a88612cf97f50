"""The address of a policy: region, year and short title."""

import re
from collections.abc import Container

from django.utils.text import slugify

SHORT = 40  # characters of the short title
LONGEST = 100  # of the whole slug, which leaves room for a number

DASHES = re.compile(r"[—–－~～]+")  # 1—10月份 is not 110月份
BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)")
# 关于印发《…》的通知 and 关于印发…的通知: what was issued, not the notice.
ISSUED_IN_MARKS = re.compile(r"(?:印发|发布|公布|转发)\s*《(?P<what>[^》]+)》")
ISSUED = re.compile(r"关于(?:印发|发布|公布|转发)(?P<what>.+?)的(?:通知|公告|决定)$")
ON = re.compile(r"^.{2,40}?关于(?P<what>.+)$")


def short_title(title: str, *, without: tuple[str, ...] = ()) -> str:
    """What a title is about: what it issues, without issuer, period and stage in brackets.

    `without`: names, longest first, of which one is taken off the front; the slug has its region
    already.
    """
    title = BRACKETED.sub("", title).strip()
    for pattern in (ISSUED_IN_MARKS, ISSUED, ON):
        found = pattern.search(title)
        if found:
            title = found["what"].strip()
            break
    front = next((name for name in without if name and title.startswith(name)), "")
    return title.removeprefix(front) or title


def make_slug(region: str, year: int | None, title: str, taken: Container[str]) -> str:
    """A slug that is not in `taken`; a number tells it from another of the same words.

    `region` is a short name, or blank.
    """
    parts = (region, str(year or ""), DASHES.sub("-", title)[:SHORT])
    words = [slugify(part, allow_unicode=True) for part in parts]
    stem = "-".join(word for word in words if word)[:LONGEST].strip("-") or "document"
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
