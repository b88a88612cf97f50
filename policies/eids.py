"""Addresses of the provisions that editors make: art_3bis after art_3, as amending acts number what they insert."""

import re
from collections.abc import Container

AFTER = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")
MADE = re.compile(rf"(?:{'|'.join(AFTER)})$")


def is_editors(eid: str) -> bool:
    """Whether a provision of this address was made by an editor; the machine gives none like it."""
    return MADE.search(eid) is not None


def eid_after(eid: str, taken: Container[str]) -> str | None:
    """The address of what is inserted after a provision: item_3bis, item_3ter; None if all are taken."""
    stem = MADE.sub("", eid)
    return next((f"{stem}{word}" for word in AFTER if f"{stem}{word}" not in taken), None)
