"""Atom feeds whose entries may hold whatever an editor pasted."""

import re
from typing import Any

from django.utils.feedgenerator import Atom1Feed

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has no way to say them


class AtomFeed(Atom1Feed):
    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        texts = {name: UNPRINTABLE.sub(" ", item[name] or "") for name in ("title", "description")}
        super().add_item_elements(handler, item | texts)
