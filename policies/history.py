"""Recording: one action around everything that a deed writes, and what it changed."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CharField, Model, QuerySet, Value
from django.utils import timezone

from policies.models import Action, Agency, Change, Issue, Issuer, Policy, ResponsibleAgency, Source, Succession
from policies.models.history import AFTER, BEFORE, DELETED, INSERTED, TRACKED
from policies.public_changes import announce
from policies.roles import refusal

EDIT = "policies.edit_records"
SUMMARY = 300  # characters

# What the rows of a model belong to, where it is not told by columns of that name; agencies that one names are
# `mentioned`: they do not lead to all that they are named in.
OWNERS: dict[Any, list[tuple[str, str]]] = {
    Source: [("source", "pgh_obj")],
    Agency: [("agency", "pgh_obj")],
    Succession: [("agency", "predecessor"), ("agency", "successor")],
    Issue: [("issue", "pgh_obj")],
    Policy: [("policy", "pgh_obj"), ("issue", "issue")],
    Issuer: [("policy", "policy"), ("mentioned", "agency")],
    ResponsibleAgency: [("policy", "responsibility__policy"), ("mentioned", "agency")],
}


@dataclass(frozen=True, slots=True)
class _Open:
    """The action that is being done, and the policies that it touched without changing a row of theirs."""

    action: Action
    touched: set[int] = field(default_factory=set)


_current: ContextVar[_Open | None] = ContextVar("action", default=None)


class EditError(Exception):
    """An edit that cannot be made, with nothing written; the message is Chinese and says why."""


class ConflictError(EditError):
    """The record is no longer what the editor saw: somebody else changed it meanwhile, in `action` if it is known."""

    def __init__(self, message: str, action: Action | None = None):
        self.action = action
        super().__init__(message)


def require(user: User | AnonymousUser | None, permission: str, deed: str = "这样做") -> None:
    """Raise PermissionDenied unless `user` has `permission`; None is the system, which has all."""
    if user is not None and not user.has_perm(permission):
        raise PermissionDenied(refusal(permission, deed))


def without_nul(text: str) -> str:
    """What somebody typed, as the database takes it."""
    return text.replace("\x00", "")


@contextmanager
def recording(
    verb: Action.Verb, summary: str, *, user: User | AnonymousUser | None, note: str = "", undoes: Action | None = None
) -> Iterator[Action]:
    """One transaction whose changes are one action; an inner recording joins the outer.

    At its end the policies that it touched are noted for the index; an action that changed nothing leaves
    no trace, and is then not saved (`action.pk` names no row).
    """
    outer = _current.get()
    if outer is not None:
        yield outer.action
        return
    with transaction.atomic(), pghistory.context() as context:
        action = Action.objects.create(
            id=context.id,
            verb=verb,
            summary=without_nul(summary)[:SUMMARY],
            note=without_nul(note),
            user=user if isinstance(user, User) else None,
            undoes=undoes,
        )
        current = _Open(action)
        token = _current.set(current)
        try:
            yield action
        finally:
            _current.reset(token)
        _close(current)


def touch(policies: Iterable[int]) -> None:
    """These policies count as updated: what they cite, or their editions, changed, which are no rows of theirs."""
    ids = set(policies)
    Policy.objects.filter(pk__in=ids).update(updated_at=timezone.now())
    current = _current.get()
    if current is None:
        announce(facts_of=ids)
    else:
        current.touched.update(ids)


@dataclass(frozen=True, slots=True)
class Deed:
    """What an action did to one row: its columns before (None: there was none) and after (None: it went)."""

    model: Any
    pk: Any
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def deeds_of(action: Action) -> list[Deed]:
    """What the action did, row by row, parents first; rows that it made and unmade aside."""
    return [deed for model in TRACKED for deed in deeds_among(model, _events(model, action).order_by("pgh_id"))]


def deeds_among(model: type[Model], events: Iterable[Any]) -> list[Deed]:
    """What the events of one action and model, in their order, did to each row."""
    rows: dict[Any, Deed] = {}
    for event in events:
        columns = column_values(event)
        earlier = rows.get(event.pgh_obj_id)
        before = earlier.before if earlier else (columns if event.pgh_label in (BEFORE, DELETED) else None)
        after = columns if event.pgh_label in (AFTER, INSERTED) else None
        rows[event.pgh_obj_id] = Deed(model, event.pgh_obj_id, before, after)
    return [deed for deed in rows.values() if deed.before != deed.after]


def event_model(model: Any) -> Any:
    """Where the triggers write the events of a tracked model."""
    return model.pgh_event_model


def _events(model: Any, action: Action) -> QuerySet[Any]:
    return event_model(model).objects.filter(pgh_context=action.pk)


def _close(current: _Open) -> None:
    """Note whom the action touched: for the index, the timelines and the feed; without changes forget it."""
    action = current.action
    leads = _leads(action)
    if not leads:
        action.delete()
        announce(facts_of=current.touched)
        return
    policies, issues = _led_to(leads)
    Change.objects.note(sorted(policies))
    there = Policy.objects.filter(pk__in=policies)
    there.update(updated_at=timezone.now())
    action.policies.set(there)
    issues |= set(there.exclude(issue=None).values_list("issue", flat=True))
    action.issues.set(Issue.objects.filter(pk__in=issues))
    announce(
        policies=_named(leads, "policy"),
        facts_of=policies | current.touched,
        issues=issues,
        agencies=_named(leads, "agency") | _named(leads, "mentioned"),
    )


def _named(leads: Iterable[tuple[str, int | None]], kind: str) -> set[int]:
    return {pk for found, pk in leads if found == kind and pk is not None}


def touched(action: Action) -> tuple[set[int], set[int]]:
    """Ids of the policies and of the issues whose own columns or rows the action changed, gone ones too."""
    return _led_to(_leads(action))


def changed_by(action: Action) -> tuple[set[int], set[int]]:
    """As `touched`, without the policies that only name an agency which the action changed."""
    leads = _leads(action)
    return _named(leads, "policy"), _named(leads, "issue")


def _leads(action: Action) -> set[tuple[str, int | None]]:
    """What the rows that the action changed belong to: ("policy", 12), ("agency", 5) …; empty without changes."""
    events = [
        _events(model, action).order_by().values_list(Value(kind, output_field=CharField()), path).distinct()
        for model in TRACKED
        for kind, path in _paths(model)
    ]
    return set(events[0].union(*events[1:]))


def _paths(model: Any) -> list[tuple[str, str]]:
    """From an event of this model to what its row belongs to: kinds with paths."""
    if model in OWNERS:
        return OWNERS[model]
    names = {column.name for column in model._meta.concrete_fields}
    return [(kind, kind) for kind in ("policy", "issue", "agency") if kind in names]


def _led_to(leads: Iterable[tuple[str, int | None]]) -> tuple[set[int], set[int]]:
    """Ids of policies and issues; an agency leads to every policy that names it."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for kind, pk in leads:
        if pk is not None:
            found[kind].add(pk)
    policies, agencies = found["policy"], found["agency"]
    if agencies:
        issuing = Issuer.objects.filter(agency__in=agencies).order_by().values_list("policy", flat=True)
        tasks = ResponsibleAgency.objects.filter(agency__in=agencies).order_by()
        policies |= {*issuing, *tasks.values_list("responsibility__policy", flat=True)}
    return policies, found["issue"]


def version(*rows: Model) -> str:
    """A short name of what these rows hold now: two editors who see the same one see the same words."""
    said = repr([(row._meta.label, sorted(column_values(row).items())) for row in rows])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def column_values(row: Any) -> dict[str, Any]:
    """A row's, or an event's, own columns by their attribute names, those aside that follow from others."""
    model = getattr(row, "pgh_tracked_model", None) or type(row)
    tracked = {column.name for column in event_model(model)._meta.concrete_fields}
    columns = [column for column in model._meta.concrete_fields if column.name in tracked]
    return {column.attname: getattr(row, column.attname) for column in columns}
