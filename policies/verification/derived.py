"""Columns that follow from others of their row say what follows."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from policies.models.derived import Derived
from policies.public_changes import announce
from policies.turns import take_turn
from policies.verification.check import Check, place
from policies.verification.database import models

AT_ONCE = 2000


def outdated() -> Iterator[str]:
    """Rows whose derived columns are not what they would be if the row were saved now."""
    for model, columns in _deriving():
        for row in _rows(model):
            for column in columns:
                if _differs(row, column):
                    where = place(row.policy.slug, line=row.line)
                    yield f"{where}：{model._meta.verbose_name} {row.pk} 的“{column.verbose_name}”不是由本行得出的值"


def derive_anew() -> None:
    """Write those columns anew."""
    for model, columns in _deriving():
        with transaction.atomic():
            take_turn()
            rows = [row for row in _rows(model) if any(_differs(row, column) for column in columns)]
            for row in rows:
                for column in columns:
                    column.pre_save(row, False)
            model._default_manager.bulk_update(rows, [column.name for column in columns], batch_size=AT_ONCE)
            announce(policies={row.policy_id for row in rows})


def _deriving() -> Iterator[tuple[Any, list[Any]]]:
    """The models that have derived columns, with those."""
    for model in models():
        columns = [column for column in model._meta.concrete_fields if isinstance(column, Derived)]
        if columns:
            yield model, columns


def _rows(model: Any) -> Iterator[Any]:
    rows = model._default_manager.select_related("policy").order_by("pk")
    return iter(rows.iterator(chunk_size=AT_ONCE))


def _differs(row: Any, column: Any) -> bool:
    return bool(getattr(row, column.attname) != column.to_python(column.derive(row)))


CHECKS = (Check("由本行得出的列都是最新的", outdated, derive_anew),)
