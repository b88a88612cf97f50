"""The tree that a query becomes, and that every engine answers."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contains:
    """The clause's folded text contains `text`, which is folded and not empty."""

    text: str


@dataclass(frozen=True, slots=True)
class In:
    """The clause has one of `values` for `facet`; without any value nothing has."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """What a person wrote as 地区:浙江; `search.fields.resolve` makes an In of it.

    `start` and `end` bound it in the typed text.
    """

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold.  A whole query never is one: it would find nearly everything."""

    part: "Node"


Node = Contains | In | Field | All | Some | Not


def wanted(node: Node | None) -> list[str]:
    """The texts that a hit is found by, each once, in the query's order: all but those under a Not."""
    found = _unnegated(node) if node else ()
    return list(dict.fromkeys(leaf.text for leaf in found if isinstance(leaf, Contains)))


def leaves(node: Node) -> Iterator[Node]:
    """Its Contains, Field and In nodes."""
    if isinstance(node, All | Some):
        for part in node.parts:
            yield from leaves(part)
    elif isinstance(node, Not):
        yield from leaves(node.part)
    else:
        yield node


def positive(node: Node) -> bool:
    """Whether it says what to find, and not only what to leave out."""
    if isinstance(node, All):
        return any(positive(part) for part in node.parts)
    if isinstance(node, Some):
        return all(positive(part) for part in node.parts)
    return not isinstance(node, Not)


def mentions(node: Node) -> Node | None:
    """What a clause may hold of it: any of its texts, or where it has none any of its values; nothing under a Not."""
    found = list(_unnegated(node))
    return some_of([leaf for leaf in found if isinstance(leaf, Contains)]) or some_of(found)


def _unnegated(node: Node) -> Iterator[Node]:
    if isinstance(node, All | Some):
        for part in node.parts:
            yield from _unnegated(part)
    elif not isinstance(node, Not):
        yield node


def all_of(parts: list[Node]) -> Node | None:
    """The parts joined by AND, flat and each once; None of none."""
    return _joined(All, parts)


def some_of(parts: list[Node]) -> Node | None:
    """The parts joined by OR, flat and each once; None of none."""
    return _joined(Some, parts)


def _joined(kind: type[All] | type[Some], parts: list[Node]) -> Node | None:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    distinct = tuple(dict.fromkeys(flat))
    return kind(distinct) if len(distinct) > 1 else (distinct[0] if distinct else None)
