"""The outline: what editors made of a policy's tree, laid over what the machine reads."""

import copy
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from ingest.loading.decisions import Decisions, as_stored, is_decided
from ingest.loading.insert import longest
from policies.eids import is_editors
from policies.models import Policy, Provision
from policies.models.extracted import Review

WORDS = ("heading", "text", "tail")
PLACE = frozenset({"parent", "position", "depth", "path"})  # woven anew, whatever an editor changed of it
NAMES = {"heading": "标题", "text": "正文", "tail": "续文", "type": "类型", "label": "标号", "topics": "主题"}


def adopt(
    policy: Policy,
    read: Sequence[Provision],
    old: Sequence[Provision],
    went: Callable[[str], bool],
    decisions: Decisions,
) -> list[Provision]:
    """The provisions of a policy in the order of its outline: those just read, as far as editors left them so.

    `read` and `old` are in order, `read` with parents.  A provision keeps the id that its eid had.  An
    editor's decision follows the clause: to the same words at the same eid, to the same words elsewhere if there
    is one such place, else to the eid.  `went` tells whether words of the old file are not in the new one.
    """
    nodes = {node.eid: node for node in read}
    now = _found_again(old, read) if any(map(is_decided, old)) else {}
    for row in old:
        node = nodes.get(row.eid)
        if node:
            node.pk, node._state.adding = row.pk, False
    outline = _Outline(nodes, old, now)
    for row in old:
        if not is_decided(row):
            continue
        if row.pk in now:
            if _carry(row, nodes[now[row.pk]], policy, decisions):
                outline.move(row, decisions, policy)
                outline.merge(row)
        elif is_editors(row.eid) and not went(row.words()) and outline.add(row):
            decisions.kept += 1
        else:
            decisions.lose(row, policy, policy.start_line)
    return outline.provisions()


def _found_again(old: Sequence[Provision], read: Sequence[Provision]) -> dict[int, str]:
    """The eid of what each old provision is now, by its id; without those that are gone."""
    nodes = {node.eid: node for node in read}
    now = {row.pk: row.eid for row in old if row.eid in nodes and _printed(row) == _printed(nodes[row.eid])}
    taken = set(now.values())
    elsewhere: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for node in read:
        if node.eid not in taken and any(_printed(node)):
            elsewhere[_printed(node)].append(node.eid)
    for row in old:
        same = elsewhere.pop(_printed(row), []) if row.pk not in now else []
        if len(same) == 1:
            now[row.pk] = same[0]
            taken.add(same[0])
    for row in old:
        if row.pk not in now and row.eid in nodes.keys() - taken:
            now[row.pk] = row.eid
    return now


def _printed(provision: Provision) -> tuple[str, ...]:
    """A provision's words as the machine read them."""
    original = provision.original or {}
    return tuple(original.get(name, getattr(provision, name)) for name in WORDS)


def _carry(row: Provision, node: Provision, policy: Policy, decisions: Decisions) -> bool:
    """Let what an editor decided on a row hold for what was just read; whether it does."""
    same = _printed(row) == _printed(node)
    if row.review == Review.CONFIRMED and row.original is None and not same:
        decisions.lose(row, policy, node.start_line)
        return False
    changed = [] if same or row.review != Review.REJECTED else ["文字"]
    original = {}
    for name, before in (row.original or {}).items():
        if name in PLACE:
            original[name] = _eid(node.parent) if name == "parent" else before
            continue
        original[name] = printed = as_stored(getattr(node, name))
        if printed not in (before, as_stored(getattr(row, name))):
            changed.append(NAMES.get(name, name))
        setattr(node, name, getattr(row, name))
    node.review = Review.CONFIRMED if row.review == Review.ADDED else row.review  # the machine reads it now, too
    node.original = None if row.original is None else original
    if changed:
        decisions.outdate(row, policy, node.start_line, "、".join(dict.fromkeys(changed)))
    decisions.kept += 1
    return True


class _Outline:
    """The tree that grows from what was read, by eids; the root's is blank."""

    def __init__(self, nodes: dict[str, Provision], old: Sequence[Provision], now: Mapping[int, str]):
        self._nodes, self._now = nodes, dict(now)
        self._rows = {row.pk: row for row in old}
        self._parents = {eid: _eid(node.parent) for eid, node in nodes.items()}
        self._children: defaultdict[str, list[str]] = defaultdict(list)
        for eid, parent in self._parents.items():
            self._children[parent].append(eid)
        self._siblings: defaultdict[int | None, list[Provision]] = defaultdict(list)
        for row in old:
            self._siblings[row.parent_id].append(row)
        self._segments: dict[str, str] = {}  # of paths, where editors changed them

    def add(self, row: Provision) -> bool:
        """Bring in what an editor added, after what it stood after; whether its parent is still there."""
        parent = self._parent(row)
        if parent is None:
            return False
        node = copy.copy(row)
        before = self._insert(node.eid, parent, row) or self._rows.get(row.parent_id or 0)
        if before:
            first = self._nodes[self._now[before.pk]]
            shift = first.start_line - before.start_line
            node.start_line, node.end_line = row.start_line + shift, row.end_line + shift
            if before.end_line <= row.start_line:  # it was split off
                first.end_line = max(min(first.end_line, before.end_line + shift), first.start_line)
        self._nodes[node.eid] = node
        self._now[row.pk] = node.eid
        self._segments[node.eid] = _segment(row)
        return True

    def move(self, row: Provision, decisions: Decisions, policy: Policy) -> None:
        """Bring a provision to where an editor put it, if anything of its place was changed."""
        eid = self._now[row.pk]
        node, changed = self._nodes[eid], set(row.original or ())
        if changed & {"label", "path"}:
            self._segments[eid] = _segment(row)
        if not changed & {"parent", "position"}:
            return
        parent = self._parent(row)
        if parent is None or eid in self._above(parent):
            node.original = {name: value for name, value in (node.original or {}).items() if name not in PLACE} or None
            if node.original is None and node.review == Review.CORRECTED:  # nothing else of it was
                node.review = Review.CONFIRMED
            decisions.outdate(row, policy, node.start_line, "位置")
            return
        around = set(self._above(self._parents[eid]))
        self._children[self._parents[eid]].remove(eid)
        self._insert(eid, parent, row)
        self._fit_lines(node, around)
        self._segments.setdefault(eid, _segment(node))

    def merge(self, row: Provision) -> None:
        """Let what a rejected provision was merged into reach over it, as it did."""
        earlier = self._siblings[row.parent_id]
        standing = (one for one in reversed(earlier[: earlier.index(row)]) if one.review != Review.REJECTED)
        before = next(standing, None)
        if row.review == Review.REJECTED and before and before.pk in self._now and before.end_line >= row.end_line:
            first = self._nodes[self._now[before.pk]]
            first.end_line = max(first.end_line, self._nodes[self._now[row.pk]].end_line)

    def provisions(self) -> list[Provision]:
        """All of them in order, with parents; where editors changed the tree, numbered anew."""
        if not self._segments:
            return list(self._nodes.values())
        ordered = [self._nodes[eid] for eid in self._walk("")]
        limit, changed = longest(Provision, "path"), set[str]()
        for position, node in enumerate(ordered, start=1):
            parent = self._nodes.get(self._parents[node.eid])
            node.parent, node.position = parent, position
            node.depth = parent.depth + 1 if parent else 0
            if node.eid in self._segments or self._parents[node.eid] in changed:
                changed.add(node.eid)
                segment = self._segments.get(node.eid, _segment(node))
                node.path = (f"{parent.path}/{segment}" if parent else segment)[:limit]
        return ordered

    def _parent(self, row: Provision) -> str | None:
        """The eid of what a row hung on; blank for the root, None for what is gone."""
        return self._now.get(row.parent_id) if row.parent_id else ""

    def _insert(self, eid: str, parent: str, row: Provision) -> Provision | None:
        """Put a node below its parent, after the nearest of those that it came after; which that was."""
        siblings = self._children[parent]
        earlier = self._siblings[row.parent_id]
        for before in reversed(earlier[: earlier.index(row)]):
            if self._now.get(before.pk) in siblings:
                siblings.insert(siblings.index(self._now[before.pk]) + 1, eid)
                break
        else:
            before = None
            siblings.insert(0, eid)
        self._parents[eid] = parent
        return before

    def _fit_lines(self, node: Provision, left: set[str]) -> None:
        """Whom a moved provision stands in now reaches over it; those of `left` that ended with it end before it."""
        within = set(self._above(self._parents[node.eid]))
        for outer in (self._nodes[eid] for eid in within):
            outer.end_line = max(outer.end_line, node.end_line)
        for outer in (self._nodes[eid] for eid in left - within):
            if outer.end_line == node.end_line:
                last = max((self._nodes[eid].end_line for eid in self._children[outer.eid]), default=0)
                outer.end_line = max(outer.start_line, node.start_line - 1, last)

    def _above(self, eid: str) -> Iterator[str]:
        while eid:
            yield eid
            eid = self._parents[eid]

    def _walk(self, eid: str) -> Iterator[str]:
        for child in self._children[eid]:
            yield child
            yield from self._walk(child)


def _segment(provision: Provision) -> str:
    return provision.path.rpartition("/")[2]


def _eid(provision: Provision | None) -> str:
    return provision.eid if provision else ""
