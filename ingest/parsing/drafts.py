"""A provision while lines are still being added to it."""

from dataclasses import dataclass, field

from ingest.parsing.labels import (
    ARABIC,
    ARABIC_PAREN,
    ARTICLE,
    CHAPTER,
    CIRCLED,
    DASH,
    DECIMAL,
    DIVISION,
    HAN,
    HAN_PAREN,
    PART,
    ROMAN,
    Label,
)
from ingest.parsing.text import Piece

Paragraph = list[Piece]

_TYPES = {
    PART: ("part", "part"),
    CHAPTER: ("chapter", "chp"),
    DIVISION: ("section", "sec"),
    ROMAN: ("section", "sec"),
    HAN: ("section", "sec"),
    ARTICLE: ("article", "art"),
    ARABIC: ("item", "item"),
    DECIMAL: ("item", "item"),
    ARABIC_PAREN: ("subitem", "point"),
    CIRCLED: ("subitem", "point"),
    DASH: ("goal", "goal"),
}


@dataclass(slots=True, eq=False)
class Draft:
    """One provision to be.  `own` are the paragraphs before its children, the first one with the heading
    still in it where `lead` is set; `tail` those after them."""

    type: str
    label: str | None
    part: str
    eid_part: str
    line: int
    level: int
    style: str | None = None
    number: int = 0
    sub: int = 0
    above: tuple[int, ...] = ()
    slipped: bool = False
    lead: bool = False
    bold_end: int = 0
    heading: Paragraph = field(default_factory=list)
    own: list[Paragraph] = field(default_factory=list)
    tail: list[Paragraph] = field(default_factory=list)
    parent: "Draft | None" = None
    children: list["Draft"] = field(default_factory=list)

    def append(self, child: "Draft") -> "Draft":
        child.parent = self
        self.children.append(child)
        return child

    def goes_on_with(self, label: Label) -> bool:
        """Whether a label is the next of this one's list."""
        return (self.style, self.above, self.number + 1) == (label.style, label.above, label.number)

    def holds(self, label: Label) -> bool:
        """Whether a label counts on from this one's numbers: 2.3.1 stands under 2.3."""
        return self.style in (ARABIC, DECIMAL) and label.above == (*self.above, self.number)

    def under_article(self) -> bool:
        """Whether an article encloses it."""
        above = self.parent
        while above:
            if above.style == ARTICLE:
                return True
            above = above.parent
        return False


def of_label(label: Label, line: int, parent: Draft) -> Draft:
    """The draft that a label begins under `parent`, not yet appended to it."""
    if label.style == HAN_PAREN:
        nested = parent.style in (ARTICLE, ARABIC, DECIMAL) or parent.under_article()
        kind, stem = ("subitem", "point") if nested else ("subsection", "subsec")
    else:
        kind, stem = _TYPES[label.style]
    part, number = label.text, label.number
    if label.style == DASH:
        number = next((child.number for child in reversed(parent.children) if child.style == DASH), 0) + 1
        part = f"{label.text}{number}"
    numbers = [*label.above, number, *([label.sub] if label.sub else [])]
    eid_part = "_".join([stem, *map(str, numbers)])
    return Draft(
        kind,
        label.text,
        part,
        eid_part,
        line,
        label.level,
        label.style,
        number,
        label.sub,
        label.above,
        label.slipped,
        lead=True,
    )
