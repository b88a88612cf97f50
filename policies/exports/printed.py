"""A policy as it is printed outside the site: the head of each clause, its paragraphs, tables and captions.

What is printed so is read again as the same outline, be it from Word or from Akoma Ntoso.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from policies.models import Figure, Provision, Table
from policies.selectors.reading import TITLED, Clause, Inset, Paragraph, Reading
from policies.templatetags.reading import closed, label

Type = Provision.Type
Part = Paragraph | Inset
CLOSED = tuple("、）.—是：")  # labels that no space follows


@dataclass(frozen=True, slots=True)
class Head:
    """What a clause begins with: on a line of its own, or where it `runs_in`, before its first paragraph."""

    number: str
    heading: str
    runs_in: bool

    @property
    def runs_on(self) -> bool:
        """Whether it is one of 一是…；二是…, which are printed as one paragraph with what they stand under."""
        return self.number.endswith("是")

    @property
    def text(self) -> str:
        space = " " if self.number and self.heading[:1] not in ("", "（") and not self.number.endswith(CLOSED) else ""
        alone = " " if self.number and not self.heading and self.runs_in and not self.number.endswith(CLOSED) else ""
        return f"{self.number}{space}{self.heading}{alone}"


def head_of(branch: "Branch") -> Head:
    """The head of a clause: 第二章 设施, 第三条（目的）, 一、目标, （一）夯实底座。, 1.办好驿站。, 附件：清单."""
    clause, row = branch.head, branch.head.provision
    number = label(row)
    if row.type == Type.ATTACHMENT:
        number = number or "附件"
        named = len(clause.parts) == 1 and not (row.heading or branch.children or branch.tail)
        return Head(f"{number}：", "", runs_in=True) if named else Head(number, row.heading, runs_in=False)
    if row.type in TITLED:
        return Head(number, row.heading, runs_in=False)
    if row.type == Type.ARTICLE and row.heading:
        return Head(number, f"（{row.heading}）", runs_in=False)
    runs_in = bool(clause.parts) and isinstance(clause.parts[0], Paragraph)
    ends = runs_in or not (clause.parts or branch.children)
    return Head(number, closed(row.heading) if ends else row.heading, runs_in)


@dataclass(slots=True)
class Branch:
    """A clause with those below it and the paragraphs that follow them."""

    head: Clause
    children: list["Branch"]
    tail: list[Part]


def tree(reading: Reading) -> list[Branch]:
    """The clauses of a reading, each under its parent, in the order of the text."""
    roots: list[Branch] = []
    branches: dict[int, Branch] = {}
    for clause in reading.clauses:
        row = clause.provision
        if clause.is_tail:
            branches[row.pk].tail += clause.parts
            continue
        branches[row.pk] = branch = Branch(clause, [], [])
        parent = branches.get(row.parent_id or 0)
        (parent.children if parent else roots).append(branch)
    return roots


def caption(row: Table | Figure) -> str:
    """表1 分年任务（单位：亿元）, 图1 布局; nothing where the print has none."""
    told = " ".join(filter(None, (row.number, row.title)))
    unit = row.unit if isinstance(row, Table) else ""
    return f"{told}（单位：{unit}）" if unit else told


def grid(table: Table) -> Iterator[list[str]]:
    """The rows of a table, its header first, all of one width."""
    rows = [table.header, *table.rows] if table.header else table.rows
    width = max(map(len, rows), default=0)
    for row in rows:
        yield [*row, *[""] * (width - len(row))]
