"""One agency in the place of another, in whatever list of a record it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policies.editable import told
from policies.models import Agency


@dataclass(frozen=True, slots=True)
class Replacement:
    """As a change of `issuers` or `agencies`: put `new` for `old`, with its role, printed name and place."""

    old: Agency
    new: Agency

    def named(self, name: str) -> str:
        return self.new.name if name == self.old.name else name


def spelled_out(row: Any, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes of a saved row with lists in the place of replacements."""
    return {
        name: _list(row, name, value) if isinstance(value, Replacement) else value for name, value in changes.items()
    }


def _list(row: Any, name: str, replacement: Replacement) -> list[Any]:
    """The list with the one for the other; who then stands twice in one role stays once, where it was first."""
    if name == "issuers":
        return list(dict.fromkeys(map(replacement.named, told(row)[name])))
    once: dict[tuple[str, str], list[Any]] = {}
    for position, agency, printed, role in told(row)[name]:
        said = [position, replacement.named(agency), printed, role]
        once.setdefault((said[1], role), said)
    return list(once.values())
