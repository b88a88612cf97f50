"""The history is whole: what is written down of each row ends with the row as it is, and every change has its deed."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from policies.history import event_model
from policies.models import Action
from policies.models.history import AFTER, DELETED, INSERTED, TRACKED, WITH_SOURCE
from policies.verification.check import Check, asked

# Each row beside the last event of its id.
UNLIKE = """
SELECT coalesce(there.{key}, event.pgh_obj_id), there.{key} IS NULL, event.pgh_label
FROM (SELECT max(pgh_id) AS pgh_id FROM {events} GROUP BY pgh_obj_id) newest
JOIN {events} event USING (pgh_id) FULL JOIN {table} there ON there.{key} = event.pgh_obj_id
WHERE CASE WHEN there.{key} IS NULL THEN event.pgh_label <> %(deleted)s
    ELSE event.pgh_id IS NULL OR event.pgh_label NOT IN (%(inserted)s, %(after)s)
        OR ({now}) IS DISTINCT FROM ({then}) END
ORDER BY 1
"""
CONTEXTS = "SELECT pgh_context_id FROM {events} WHERE pgh_context_id IS NOT NULL"
WITHOUT_DEED = "SELECT DISTINCT pgh_context_id FROM ({events}) told EXCEPT SELECT id FROM policies_action"
WITHOUT_EVENT = "SELECT id FROM policies_action EXCEPT SELECT pgh_context_id FROM ({events}) told"


def torn() -> Iterator[str]:
    """Rows that are not as their last event left them, or of which nothing is written down."""
    labels = {"deleted": DELETED, "inserted": INSERTED, "after": AFTER}
    for model in TRACKED:
        if model in WITH_SOURCE:
            continue
        for pk, gone, label in asked(_query(model), labels):
            what = "不在了，历史里却没有删除" if gone else "与历史里的最后一步不同" if label else "没有历史"
            yield f"{model._meta.verbose_name} {pk}：{what}"


def _query(model: Any) -> str:
    events: Any = event_model(model)
    held = {column.name for column in events._meta.concrete_fields}
    columns = [connection.ops.quote_name(c.column) for c in model._meta.concrete_fields if c.name in held]
    return UNLIKE.format(
        key=connection.ops.quote_name(model._meta.pk.column),
        table=connection.ops.quote_name(model._meta.db_table),
        events=connection.ops.quote_name(events._meta.db_table),
        now=", ".join(f"there.{column}" for column in columns),
        then=", ".join(f"event.{column}" for column in columns),
    )


def deedless() -> Iterator[str]:
    """Events of an action that is not there, and actions that changed nothing."""
    tables = (connection.ops.quote_name(event_model(model)._meta.db_table) for model in TRACKED)
    events = " UNION ".join(CONTEXTS.format(events=table) for table in tables)
    for (pk,) in asked(WITHOUT_DEED.format(events=events)):
        yield f"历史里有改动属于操作 {pk}，而这个操作不在"
    actions = Action.objects.in_bulk([pk for (pk,) in asked(WITHOUT_EVENT.format(events=events))])
    for pk, action in actions.items():
        yield f"操作 {pk}（{action}）：历史里没有它的改动"


CHECKS = (
    Check("历史的最后一步就是现在的记录", torn),
    Check("每处改动都有操作，每个操作都有改动", deedless),
)
