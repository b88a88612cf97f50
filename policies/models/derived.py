"""Columns that follow from others of their row."""

from collections.abc import Callable
from typing import Any

from django.db import models


class Derived(models.Field):
    """A column that `derive`, given the row, writes whenever the row is saved or created in bulk.

    As with auto_now, `update()` and a `save()` of other fields alone pass it by: whoever changes what
    it follows from saves the whole row.
    """

    def __init__(self, *args: Any, derive: Callable[[Any], Any], **kwargs: Any):
        self.derive = derive
        super().__init__(*args, **{**kwargs, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, args, {**kwargs, "derive": self.derive}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.derive(model_instance)
        setattr(model_instance, self.attname, value)
        return value


class DerivedText(Derived, models.TextField):
    """Text that follows from the row."""


class DerivedDecimal(Derived, models.DecimalField):
    """A number that follows from the row."""
