"""The outline of each policy is a tree, in the order of the text, within the lines of the policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from policies.models import Provision, Review
from policies.outline import LONGEST
from policies.verification.check import Check, asked, place

AT_ONCE = 5000  # rows that are fetched together
MOVED = {"parent", "position"}  # what an editor changed of a place, which lines need not follow

FOREIGN_PARENT = """
SELECT policy.slug, provision.eid, provision.id FROM policies_provision provision
JOIN policies_provision parent ON parent.id = provision.parent_id
JOIN policies_policy policy ON policy.id = provision.policy_id
WHERE parent.policy_id <> provision.policy_id ORDER BY provision.id
"""
TWICE = """
SELECT policy.slug, eid, count(*) FROM policies_provision provision
JOIN policies_policy policy ON policy.id = provision.policy_id GROUP BY policy.slug, eid HAVING count(*) > 1
"""


@dataclass(frozen=True, slots=True)
class _Node:
    """A provision's place, with the lines of its policy."""

    slug: str
    pk: int
    parent: int | None
    position: int
    depth: int
    path: str
    eid: str
    start: int
    end: int
    policy_start: int
    policy_end: int
    review: str
    original: dict[str, Any] | None


COLUMNS = (
    "policy__slug", "pk", "parent_id", "position", "depth", "path", "eid", "start_line", "end_line",
    "policy__start_line", "policy__end_line", "review", "original",
)  # fmt: skip


def parents_elsewhere() -> Iterator[str]:
    """Provisions below one of another policy, and addresses that two of a policy have."""
    for slug, eid, pk in asked(FOREIGN_PARENT):
        yield f"{place(slug, eid)}：条款 {pk} 的上级属于另一份政策"
    for slug, eid, count in asked(TWICE):
        yield f"{place(slug, eid)}：{count} 条条款共用这个锚点"


def misplaced() -> Iterator[str]:
    """Provisions whose position, depth, path or lines do not follow from the tree."""
    rows = Provision.objects.order_by("policy_id", "position", "pk").values_list("policy_id", *COLUMNS)
    for _, of_policy in groupby(rows.iterator(chunk_size=AT_ONCE), key=lambda row: row[0]):
        nodes = {node.pk: node for node in (_Node(*row[1:]) for row in of_policy)}
        for node, what in (*_misplaced(nodes), *_out_of_lines(nodes)):
            yield f"{place(node.slug, node.eid)}：条款 {node.pk} {what}"


def _misplaced(nodes: dict[int, _Node]) -> Iterator[tuple[_Node, str]]:
    """Those at another place than the tree tells, each once."""
    open_: list[int] = []  # from the root to the provision before
    for number, node in enumerate(nodes.values(), start=1):
        parent = nodes.get(node.parent or 0)
        while open_ and open_[-1] != node.parent:
            open_.pop()
        if node.parent and not open_:
            yield node, "不紧接在上级或同级之后"
        elif node.position != number:
            yield node, f"次序是 {node.position}，应为 {number}"
        elif node.depth != (parent.depth + 1 if parent else 0):
            yield node, f"深度是 {node.depth}，与上级不合"
        elif parent and not f"{node.path}/".startswith(f"{parent.path}/"[: LONGEST - 1]):
            yield node, f"路径“{node.path}”不在上级的“{parent.path}”之下"
        open_.append(node.pk)


def _out_of_lines(nodes: dict[int, _Node]) -> Iterator[tuple[_Node, str]]:
    """Those outside the lines of their policy, or of what is around them where no editor moved anything."""
    moved = any(node.review == Review.ADDED or MOVED & (node.original or {}).keys() for node in nodes.values())
    for node in nodes.values():
        if node.end < node.start or not node.policy_start <= node.start <= node.end <= node.policy_end:
            yield node, f"第 {node.start}—{node.end} 行不在政策的第 {node.policy_start}—{node.policy_end} 行之内"
            continue
        parent = nodes.get(node.parent or 0)
        if parent and not moved and not parent.start <= node.start <= node.end <= parent.end:
            yield node, f"第 {node.start}—{node.end} 行不在上级的第 {parent.start}—{parent.end} 行之内"


CHECKS = (
    Check("条款的上级属于同一份政策，锚点不重复", parents_elsewhere),
    Check("条款的次序、深度、路径和行与上级相符", misplaced),
)
