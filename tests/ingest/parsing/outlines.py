"""Outlines made by hand, for what reads them, and outlines built from a text."""

from ingest.parsing.nodes import Node, Outline
from ingest.parsing.outline import Body, build_outline
from ingest.parsing.text import JoinedText, Piece
from ingest.records import ProvisionRecord


def outline(*texts: str, kind: str = "section") -> Outline:
    """One provision a text, numbered from 1 and standing on lines 1, 2, …; a newline in a text is a new paragraph."""
    return Outline([node(text, number, kind) for number, text in enumerate(texts, 1)])


def node(text: str, number: int = 1, kind: str = "section", heading: str | None = None) -> Node:
    label = f"第{number}条" if kind == "article" else str(number)
    return Node(
        type=kind,
        label=label,
        part=label,
        eid_part=f"{kind}_{number}",
        start_line=number,
        end_line=number,
        heading=JoinedText.of_line(heading, number) if heading else None,
        text=JoinedText.of_line(text, number),
    )


def broken(*parts: str, first_line: int = 1) -> JoinedText:
    """A text that page breaks cut into parts, each on a line of its own, two apart."""
    return JoinedText(Piece(first_line + 2 * index, 0, part) for index, part in enumerate(parts))


def body(text: str, kind: str = "plan") -> Body:
    """What a document's text, from line 1 on, is read as."""
    lines = text.strip("\n").split("\n")
    return build_outline(lines, 1, len(lines), kind)


def paths(text: str, kind: str = "plan") -> list[tuple[str, str]]:
    """The types and paths of its provisions."""
    return [(p.type, p.path) for p in body(text, kind).provisions]


def by_path(text: str, kind: str = "plan") -> dict[str, ProvisionRecord]:
    """Its provisions by their paths."""
    return {p.path: p for p in body(text, kind).provisions}
