"""The outline of one policy as editors rearrange it: order, depth and paths follow, addresses stay."""

from collections import defaultdict
from collections.abc import Iterator

from policies.models import Policy, Provision, Review

LONGEST = 300  # characters of a path
WRITTEN = ("parent", "position", "depth", "path", "start_line", "end_line")


class Outline:
    """All provisions of a policy, rejected ones too; locked until the transaction's end."""

    def __init__(self, policy: Policy):
        rows = list(policy.provisions.select_for_update(of=("self",)).order_by("position"))
        self.rows = {row.pk: row for row in rows}
        self.children: defaultdict[int | None, list[Provision]] = defaultdict(list)
        for row in rows:
            row.policy = policy
            row.parent = self.rows.get(row.parent_id or 0)
            self.children[row.parent_id].append(row)
        self._before = {row.pk: self._columns(row) for row in rows}
        self._parents = {row.pk: row.parent_id for row in rows}
        self._ends = {row.pk: row.path.rpartition("/")[2] for row in rows}

    def siblings(self, row: Provision) -> list[Provision]:
        """Those under its parent that nobody rejected, itself among them, in the order of the text."""
        return [child for child in self.children[row.parent_id] if child.review != Review.REJECTED]

    def within(self, row: Provision) -> Iterator[Provision]:
        """It and all below it, in the order of the text."""
        yield row
        for child in self.children[row.pk]:
            yield from self.within(child)

    def above(self, row: Provision) -> Iterator[Provision]:
        """Those around it, the nearest first."""
        parent = row.parent
        while parent:
            yield parent
            parent = parent.parent

    def put(self, row: Provision, parent: Provision | None, after: Provision | None) -> None:
        """Put a saved provision, with all below it, under `parent` behind its child `after` (None: before all)."""
        if row.pk in self.rows:
            self.children[row.parent_id].remove(row)
        self.rows[row.pk] = row
        self._ends.setdefault(row.pk, row.path.rpartition("/")[2])
        row.parent = parent
        siblings = self.children[parent.pk if parent else None]
        siblings.insert(siblings.index(after) + 1 if after else 0, row)

    def fit_lines(self, row: Provision, left: list[Provision]) -> None:
        """After a move: whom it stands in now reaches over it; those of `left` that ended with it end before it."""
        within = list(self.above(row))
        for outer in within:
            outer.end_line = max(outer.end_line, row.end_line)
        for outer in left:
            if outer not in within and outer.end_line == row.end_line:
                last = max((child.end_line for child in self.children[outer.pk]), default=0)
                outer.end_line = max(outer.start_line, row.start_line - 1, last)

    def name(self, row: Provision, label: str) -> None:
        """Give it a label; without one, what its path called it stays."""
        row.label = label
        self._ends[row.pk] = label or self._ends[row.pk]

    def write(self) -> None:
        """Number everything anew and save what changed."""
        renamed: set[int] = set()
        position = 0
        for root in self.children[None]:
            for row in self.within(root):
                position += 1
                row.position = position
                row.depth = row.parent.depth + 1 if row.parent else 0
                self._rename(row, renamed)
        changed = [row for row in self.rows.values() if self._before.get(row.pk) != self._columns(row)]
        Provision.objects.bulk_update(changed, WRITTEN)

    def _rename(self, row: Provision, renamed: set[int]) -> None:
        """A path changes with the parent's, the parent or the label; else it stays as the machine wrote it."""
        end = self._ends[row.pk]
        moved = self._parents.get(row.pk, 0) != row.parent_id
        if moved or row.parent_id in renamed or row.path.rpartition("/")[2] != end:
            path = f"{row.parent.path}/{end}" if row.parent else end
            row.path = path[:LONGEST]
            renamed.add(row.pk)

    def _columns(self, row: Provision) -> tuple[object, ...]:
        return tuple(getattr(row, "parent_id" if name == "parent" else name) for name in WRITTEN)
