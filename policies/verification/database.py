"""What the database itself is to hold: foreign keys lead to rows, constraints and triggers are there and at work.

All of it is so unless somebody wrote past it: a restore that left triggers off, a damaged index, a lost file.
"""

from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, transaction
from django.db.models import SET_NULL

from policies.actions.link_editions import link_editions
from policies.actions.resolve_references import resolve_references
from policies.models import Action, ClauseEdition, Edition, Policy, Reference
from policies.verification.check import Check, asked

APPS = ("policies", "ingest")
# Rows that follow from others, or only say which belong together: without one end they say nothing.
FOLLOWING = (ClauseEdition, Edition, Action.policies.through, Action.issues.through)

DANGLING = """
SELECT child.{key}, child.{column} FROM {table} child
WHERE child.{column} IS NOT NULL AND NOT EXISTS (SELECT FROM {parent} parent WHERE parent.{parent_key} = child.{column})
"""
CONSTRAINTS = """
SELECT conname, convalidated FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
UNION ALL SELECT relname, indisvalid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE relnamespace = current_schema()::regnamespace
"""
TRIGGERS = """
SELECT relname, tgname, tgenabled <> 'D', tgisinternal FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = current_schema()::regnamespace
"""


def dangling() -> Iterator[str]:
    """Rows that speak of rows that are not there."""
    for model, column in _pointers():
        for key, value in asked(_query(model, column)):
            name, says = model._meta.verbose_name, column.verbose_name
            yield f"{name} {key}（{model._meta.db_table}）的“{says}”指向不存在的 {value}"


def drop_dangling() -> None:
    """Delete rows of FOLLOWING that dangle; empty what may be empty of a citation, and find anew what it cites."""
    with transaction.atomic():
        for model, column in _pointers():
            rows = model._default_manager.filter(pk__in=[key for key, _ in asked(_query(model, column))])
            if model in FOLLOWING:
                rows.delete()
            elif model is Reference and column.remote_field.on_delete is SET_NULL:
                policies = set(rows.values_list("policy", flat=True))
                rows.update(**{column.name: None})
                resolve_references(policies)
        link_editions(Policy.objects.values_list("pk", flat=True))


def unguarded() -> Iterator[str]:
    """Constraints, indexes and triggers that are missing, not valid, or switched off."""
    valid = dict(asked(CONSTRAINTS))
    for model in models():
        for constraint in (*model._meta.constraints, *model._meta.indexes):
            if constraint.name not in valid:
                yield f"缺少约束或索引 {constraint.name}（{model._meta.db_table}），请运行 manage.py migrate"
    yield from (f"约束或索引 {name} 没有生效" for name, holds in valid.items() if not holds)
    triggers = {(table, name): (on, internal) for table, name, on, internal in asked(TRIGGERS)}
    for model, trigger in pgtrigger.registered():
        if (model._meta.db_table, trigger.get_pgid(model)) not in triggers:
            yield f"缺少触发器 {trigger.name}（{model._meta.db_table}），请运行 manage.py pgtrigger install"
    for (table, name), (on, internal) in triggers.items():
        if not on:
            kind = "外键约束" if internal else "触发器"
            yield f"{kind} {name}（{table}）已停用，请运行 ALTER TABLE {table} ENABLE TRIGGER ALL"


def models() -> list[Any]:
    """Every model of the knowledge base and of the ingest that has a table of its own."""
    found = [model for name in APPS for model in apps.get_app_config(name).get_models(include_auto_created=True)]
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def _pointers() -> Iterator[tuple[Any, Any]]:
    """The models with those of their columns that are foreign keys."""
    for model in models():
        for column in model._meta.concrete_fields:
            if column.is_relation and column.db_constraint:
                yield model, column


def _query(model: Any, column: Any) -> str:
    named = connection.ops.quote_name
    parent = column.related_model._meta
    return DANGLING.format(
        table=named(model._meta.db_table),
        key=named(model._meta.pk.column),
        column=named(column.column),
        parent=named(parent.db_table),
        parent_key=named(column.target_field.column),
    )


CHECKS = (
    Check("外键指向的记录都在", dangling, drop_dangling),
    Check("约束、索引和触发器都在，都起作用", unguarded),
)
