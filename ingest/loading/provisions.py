"""Provisions: the tree of each policy, kept by eid over every new load."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from ingest.loading.decisions import Decisions
from ingest.loading.insert import BATCH, longest
from ingest.loading.outline import adopt
from ingest.loading.places import Places
from ingest.records import PolicyRecord, WarningRecord
from policies.models import Policy, Provision

WRITTEN = (
    "parent_id", "position", "depth", "type", "label", "path", "eid",
    "heading", "text", "tail", "start_line", "end_line", "topics", "review", "original",
)  # fmt: skip


def store_provisions(
    documents: Iterable[tuple[Policy, PolicyRecord]],
    went: Callable[[str], bool],
    decisions: Decisions,
    warnings: list[WarningRecord],
) -> tuple[dict[int, Places], list[int]]:
    """Make the rows of these policies what the records say, apart from what editors decided.

    A provision whose eid is known keeps its row and id, and one that did not change is not written.
    Returned are each policy's places, by its id, and the ids of the rows that nothing stands for any more:
    they may be deleted once nothing hangs on them.  `went` is as for `ingest.loading.outline.adopt`.
    """
    documents = list(documents)
    known: defaultdict[int, list[Provision]] = defaultdict(list)
    rows = Provision.objects.filter(policy__in=[policy for policy, _ in documents]).order_by("position")
    for provision in rows.select_for_update():
        known[provision.policy_id].append(provision)
    places, built = {}, list[Provision]()
    for policy, record in documents:
        read = _tree(policy, record, warnings)
        paths = [(provision.path, provision) for provision in read]
        provisions = adopt(policy, read, known[policy.pk], went, decisions)
        places[policy.pk] = Places(provisions, paths)
        built += provisions
    old = {provision.pk: provision for of_policy in known.values() for provision in of_policy}
    _write(built, old)
    return places, list(old.keys() - {provision.pk for provision in built})


def _tree(policy: Policy, record: PolicyRecord, warnings: list[WarningRecord]) -> list[Provision]:
    """Unsaved rows in the order of the text; a parent is the one whose eid a child's begins with."""
    by_eid: dict[str, Provision] = {}
    for position, node in enumerate(record.provisions, start=1):
        eid = _free_eid(node.eid[: longest(Provision, "eid") - 8] or f"{node.type}_1", by_eid)
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


def _free_eid(eid: str, taken: Mapping[str, Provision]) -> str:
    """The eid, or the next of its numbers that is not taken in its policy."""
    free, number = eid, 1
    while free in taken:
        number += 1
        free = f"{eid}-{number}"
    return free


def _parent(eid: str, by_eid: dict[str, Provision]) -> Provision | None:
    while "__" in eid:
        eid = eid.rpartition("__")[0]
        if eid in by_eid:
            return by_eid[eid]
    return None


def _write(built: list[Provision], known: dict[int, Provision]) -> None:
    """Save level by level, because a child needs its parent's id."""
    for depth in range(max((provision.depth for provision in built), default=-1) + 1):
        changed = []
        for provision in built:
            if provision.depth != depth:
                continue
            provision.parent_id = provision.parent.pk if provision.parent else None
            old = known.get(provision.pk)
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
