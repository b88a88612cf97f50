"""`fields=` and `expand=`: which fields of a record are answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policies.api.errors import Fault, InvalidParameters

FIELDS, EXPAND = "fields", "expand"


@dataclass(frozen=True, slots=True)
class Shape:
    """`fields` are all that is wanted, None for the usual ones; `expand` is what is wanted beside them."""

    fields: frozenset[str] | None = None
    expand: frozenset[str] = frozenset()

    def wants(self, name: str, *, usual: bool) -> bool:
        """Whether a field is answered, which is or is not a usual one."""
        return name in self.expand or (usual if self.fields is None else name in self.fields)


def shape_of(parameters: Any, allowed: Mapping[str, Sequence[str]]) -> Shape:
    """The shape that a query string asks for; `allowed` names by parameter what may be asked for."""
    asked = {name: _names(parameters, name, allowed.get(name, ())) for name in (FIELDS, EXPAND)}
    return Shape(asked[FIELDS], asked[EXPAND] or frozenset())


def _names(parameters: Any, parameter: str, allowed: Sequence[str]) -> frozenset[str] | None:
    if parameter not in parameters:
        return None
    names = [name.strip() for name in parameters[parameter].split(",")]
    if unknown := [name for name in names if name not in allowed]:
        detail = f"参数 {parameter} 不能含“{'、'.join(unknown)[:60]}”；可用的值：{'、'.join(allowed)}。"
        raise InvalidParameters([Fault(parameter, detail, list(allowed))])
    return frozenset(names)
