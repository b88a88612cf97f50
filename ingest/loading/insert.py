"""Writing many rows at once, of which the database may refuse some."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import DataError, IntegrityError, transaction
from django.db.models import Field, Model

Row = TypeVar("Row", bound=Model)
BATCH = 1000


def insert(rows: Sequence[Row], refuse: Callable[[Row, str], None]) -> None:
    """Write the rows in one statement; those that break a constraint go to `refuse` with its name.

    The database is the judge, so no constraint is told twice.  When it refuses, the rows are
    halved until the bad ones stand alone.
    """
    if not rows:
        return
    model = type(rows[0])
    try:
        with transaction.atomic():
            model._default_manager.bulk_create(rows, batch_size=BATCH)
    except (IntegrityError, DataError) as error:
        if len(rows) == 1:
            refuse(rows[0], reason(error))
            return
        middle = len(rows) // 2
        insert(rows[:middle], refuse)
        insert(rows[middle:], refuse)


def reason(error: Exception) -> str:
    """The constraint that a row broke, or the database's own words."""
    cause: Any = error.__cause__
    name = getattr(getattr(cause, "diag", None), "constraint_name", None)
    return name or str(error).splitlines()[0]


def longest(model: type[Model], name: str) -> int:
    """How many characters a column takes."""
    field = model._meta.get_field(name)
    if not isinstance(field, Field) or field.max_length is None:
        raise TypeError(f"{model.__name__}.{name} takes any length")
    return field.max_length
