"""A policy's outline while it is being parsed: what the extractors read.

outline.py builds it; targets, responsibilities, obligations, references and observations walk it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.parsing.text import JoinedText


@dataclass(slots=True, eq=False)
class Node:
    """One provision.  `heading`, `text` and `tail` keep their lines; label is as RECORDS.md has it."""

    type: str
    label: str | None
    part: str  # its own part of the path, 第八条 or （一） or ——2
    eid_part: str  # art_8, subsec_1 …
    start_line: int
    end_line: int
    heading: JoinedText | None = None
    text: JoinedText = field(default_factory=JoinedText)
    tail: JoinedText | None = None
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    eid: str = ""

    @property
    def path(self) -> str:
        """第二章/第八条"""
        return f"{self.parent.path}/{self.part}" if self.parent else self.part

    def texts(self) -> Iterator[JoinedText]:
        """Its own words in the order of the page: heading, text, tail."""
        for text in (self.heading, self.text, self.tail):
            if text:
                yield text

    def walk(self) -> Iterator["Node"]:
        """Itself and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class Outline:
    """The nodes at the top of one policy."""

    roots: list[Node]

    def walk(self) -> Iterator[Node]:
        for root in self.roots:
            yield from root.walk()
