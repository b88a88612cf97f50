"""One agency in the place of another, or none, in whatever list of a record it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policies.editable import told
from policies.models import Agency


@dataclass(frozen=True, slots=True)
class Replacement:
    """As a change of `issuers` or `agencies`: put `new` for `old`, with its role, printed name and place; without `new`
    leave `old` out.
    """

    old: Agency
    new: Agency | None = None

    def __str__(self) -> str:
        return f"“{self.old}”换成“{self.new}”" if self.new else f"去掉“{self.old}”"

    def named(self, name: str) -> str:
        """The name to stand for this one, blank for none."""
        if name != self.old.name:
            return name
        return self.new.name if self.new else ""


def spelled_out(row: Any, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes of a saved row with lists in the place of replacements."""
    return {
        name: _list(row, name, value) if isinstance(value, Replacement) else value for name, value in changes.items()
    }


def _list(row: Any, name: str, replacement: Replacement) -> list[Any]:
    """The list with the one for the other; who then stands twice in one role stays once, where it was first."""
    if name == "issuers":
        return list(dict.fromkeys(filter(None, map(replacement.named, told(row)[name]))))
    once: dict[tuple[str, str], list[Any]] = {}
    for position, agency, printed, role in told(row)[name]:
        if named := replacement.named(agency):
            once.setdefault((named, role), [position, named, printed, role])
    return list(once.values())
