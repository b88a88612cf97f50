"""Provisions: the tree of each policy, kept by eid over every new load."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ingest.loading.insert import BATCH, longest
from ingest.records import PolicyRecord, ProvisionRecord, WarningRecord
from policies.models import Policy, Provision

WRITTEN = (
    "parent_id", "position", "depth", "type", "label", "path",
    "heading", "text", "tail", "start_line", "end_line", "topics",
)  # fmt: skip


class Places:
    """Where in one policy a line, or a path, lies."""

    def __init__(self, provisions: Sequence[Provision]):
        """`provisions` in the order of the text, with their parents set."""
        self._in_order = provisions
        self._starts = [provision.start_line for provision in provisions]
        self._by_path: defaultdict[str, list[Provision]] = defaultdict(list)
        for provision in provisions:
            self._by_path[provision.path].append(provision)

    def at(self, path: str | None, line: int) -> Provision | None:
        """The provision of this path, the one around `line` where several have it; else by line alone."""
        found = self._by_path.get(path, []) if path else []
        return next((p for p in found if p.start_line <= line <= p.end_line), found[0] if found else self.around(line))

    def around(self, line: int) -> Provision | None:
        """The innermost provision that `line` lies in."""
        index = bisect_right(self._starts, line) - 1
        provision = self._in_order[index] if index >= 0 else None
        while provision is not None and provision.end_line < line:
            provision = provision.parent
        return provision


def store_provisions(
    documents: Iterable[tuple[Policy, PolicyRecord]], warnings: list[WarningRecord]
) -> dict[int, Places]:
    """Make the rows of these policies what the records say; each policy's places, by its id.

    A provision whose eid is known keeps its row and id, and one that did not change is not
    written.  What the records no longer have is deleted.
    """
    documents = list(documents)
    known: defaultdict[int, dict[str, Provision]] = defaultdict(dict)
    for provision in Provision.objects.filter(policy__in=[policy for policy, _ in documents]):
        known[provision.policy_id][provision.eid] = provision
    places, built = {}, []
    for policy, record in documents:
        provisions = _tree(policy, record, warnings)
        places[policy.pk] = Places(provisions)
        built += provisions
    _write(built, known)
    kept = {provision.pk for provision in built}
    gone = [p.pk for of_policy in known.values() for p in of_policy.values() if p.pk not in kept]
    if gone:
        Provision.objects.filter(pk__in=gone).delete()
    return places


def _tree(policy: Policy, record: PolicyRecord, warnings: list[WarningRecord]) -> list[Provision]:
    """Unsaved rows in the order of the text; a parent is the one whose eid a child's begins with."""
    by_eid: dict[str, Provision] = {}
    for position, node in enumerate(record.provisions, start=1):
        eid = _free_eid(node, by_eid)
        if eid != node.eid:
            message = f"条款“{node.path}”的锚点 {node.eid or '（空）'} 已被占用，改为 {eid}。"
            warnings.append(WarningRecord("eid-taken", node.start_line, message, record.order))
        parent = _parent(node.eid, by_eid)
        by_eid[eid] = Provision(
            policy=policy,
            parent=parent,
            position=position,
            depth=parent.depth + 1 if parent else 0,
            type=node.type,
            label=(node.label or "")[: longest(Provision, "label")],
            path=node.path[: longest(Provision, "path")],
            eid=eid,
            heading=node.heading or "",
            text=node.text,
            tail=node.tail or "",
            start_line=node.start_line,
            end_line=max(node.end_line, node.start_line),
            topics=node.topics,
        )
    return list(by_eid.values())


def _free_eid(node: ProvisionRecord, taken: dict[str, Provision]) -> str:
    """The node's eid, short enough and not yet taken in its policy."""
    stem = node.eid[: longest(Provision, "eid") - 8] or f"{node.type}_1"
    eid, number = stem, 1
    while eid in taken:
        number += 1
        eid = f"{stem}-{number}"
    return eid


def _parent(eid: str, by_eid: dict[str, Provision]) -> Provision | None:
    while "__" in eid:
        eid = eid.rpartition("__")[0]
        if eid in by_eid:
            return by_eid[eid]
    return None


def _write(built: list[Provision], known: dict[int, dict[str, Provision]]) -> None:
    """Save level by level, because a child needs its parent's id."""
    for depth in range(max((provision.depth for provision in built), default=-1) + 1):
        changed = []
        for provision in built:
            if provision.depth != depth:
                continue
            provision.parent_id = provision.parent.pk if provision.parent else None
            old = known[provision.policy_id].get(provision.eid)
            if old:
                provision.pk, provision.review = old.pk, old.review
                provision._state.adding = False
            if old is None or any(getattr(old, name) != getattr(provision, name) for name in WRITTEN):
                changed.append(provision)
        Provision.objects.bulk_create([provision for provision in changed if provision._state.adding], batch_size=BATCH)
        Provision.objects.bulk_create(
            [provision for provision in changed if not provision._state.adding],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=WRITTEN,
        )
