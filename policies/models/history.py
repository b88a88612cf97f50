"""What is written down of every change: triggers keep each row before and after, whoever writes it."""

from typing import Any

import pghistory
from django.db.models import Model

from policies.models.agency import Agency, AgencyName
from policies.models.derived import Derived
from policies.models.doubt import Doubt
from policies.models.issue import ContentsEntry, Issue
from policies.models.obligation import Obligation
from policies.models.observation import Observation
from policies.models.policy import Issuer, Policy
from policies.models.printed import Printed
from policies.models.problem import Problem
from policies.models.provision import Provision
from policies.models.reference import Reference
from policies.models.responsibility import Responsibility, ResponsibleAgency
from policies.models.source import Source
from policies.models.succession import Succession
from policies.models.table import Figure, Table
from policies.models.target import Target


class PolicyTopic(Policy.topics.through):  # type: ignore[name-defined]
    """A policy's topic, as a model of its own to be tracked."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "政策的主题"


BEFORE, AFTER, INSERTED, DELETED = "before", "after", "insert", "delete"
# Parents before their children: restored in this order, deleted in the other.
TRACKED: tuple[type[Model], ...] = (
    Source,
    Printed,
    Agency,
    AgencyName,
    Succession,
    Issue,
    Policy,
    PolicyTopic,
    Issuer,
    ContentsEntry,
    Provision,
    Target,
    Responsibility,
    ResponsibleAgency,
    Obligation,
    Observation,
    Reference,
    Table,
    Figure,
    Doubt,
    Problem,
)
# Records with lists: record, the rows of one list, their column that leads to it, and the field that it is edited as.
LISTED: tuple[tuple[Any, Any, str, str], ...] = (
    (Responsibility, ResponsibleAgency, "responsibility", "agencies"),
    (Policy, Issuer, "policy", "issuers"),
    (Policy, PolicyTopic, "policy", "topics"),
)
# Columns that follow from others: of the row, by linking, or of the clock.
FOLLOWING = {"updated_at", "title_key", "cited_policy", "cited_clause", "cited_fragment"}

# Large, and there as long as their source is: they are written down only as they go with it.
WITH_SOURCE = frozenset({Printed})


def _trackers(model: type[Model]) -> list[pghistory.RowEvent]:
    """What is written down of a model's rows."""
    deleting = pghistory.DeleteEvent(DELETED)
    if model in WITH_SOURCE:
        return [deleting]
    return [
        pghistory.InsertEvent(INSERTED),
        pghistory.UpdateEvent(BEFORE, row=pghistory.Old, trigger_name="update_1_before"),  # they fire by their names
        pghistory.UpdateEvent(AFTER, trigger_name="update_2_after"),
        deleting,
    ]


for model in TRACKED:
    pghistory.track(
        *_trackers(model),
        exclude=[
            column.name
            for column in model._meta.concrete_fields
            if column.name in FOLLOWING or isinstance(column, Derived)
        ],
        app_label="policies",
    )(model)
