"""Undo: take an action back in one step, itself recorded."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.db.models.deletion import Collector

from policies.actions.link_editions import link_editions
from policies.actions.resolve_references import resolve_references
from policies.history import (
    EDIT,
    Deed,
    EditError,
    changed_by,
    column_values,
    deeds_of,
    event_model,
    recording,
    require,
    touched,
)
from policies.models import Action, Issue, Policy, State
from policies.models.history import TRACKED, WITH_SOURCE
from policies.publishing import PUBLISH
from policies.turns import take_turn

BATCH = 1000
# What no other row speaks of.
LEAVES = frozenset(
    model for model in TRACKED if not any(link.related_model in TRACKED for link in model._meta.related_objects)
)


def undo(action: Action, *, user: User | AnonymousUser | None) -> Action:
    """Put everything that the action changed back as it was; the action of undoing.

    One's own needs policies.edit_records, somebody else's policies.undo_others.  What needed a permission
    of its own to do (publishing, merging) is undone by whoever has that permission, as for others' actions; so is a
    load of what is published by now, as readers would see another version.

    Raises PermissionDenied, and EditError where it was undone before or later changes depend on it.
    """
    _permit(action, user)
    with transaction.atomic():
        take_turn()
        if Action.objects.filter(undoes=action).exists():
            raise EditError("这一步已经撤销过了。")
        _permit_replacing(action, user)
        with recording(Action.Verb.UNDO, str(action), user=user, undoes=action) as undoing:
            _put_back(action)
    return undoing


def _put_back(action: Action) -> None:
    deeds = deeds_of(action)
    if not deeds:
        raise EditError("这一步没有可以撤销的改动。")
    _check_untouched(deeds, action)
    policies, _ = touched(action)
    old_titles = set(Policy.objects.filter(pk__in=policies).values_list("title_key", flat=True))
    try:
        made = [deed for deed in deeds if deed.before is None]
        _delete([deed for deed in made if deed.model in LEAVES])  # whose place rows that come back may take
        _restore([deed for deed in deeds if deed.before is not None])  # so that nothing speaks of what goes now
        _delete([deed for deed in made if deed.model not in LEAVES])
        connection.check_constraints()
    except (IntegrityError, ProtectedError) as error:
        raise EditError("此后又有别的记录与它有关，不能撤销；请先撤销后来的操作。") from error
    there = list(Policy.objects.filter(pk__in=policies).values_list("pk", flat=True))
    resolve_references(there, titles=old_titles)
    link_editions(there, titles=old_titles)


def may_undo(action: Action, user: User | AnonymousUser, of: Issue | Policy | None = None) -> bool:
    """Whether `user` is one who may undo the action, and nobody has.

    In a list of what was done to a subject, `of`, that subject's state tells what readers see of it: to ask it of all
    that a load changed would take a long query for each row.
    """
    if hasattr(action, "undone_by"):
        return False
    try:
        _permit(action, user)
    except PermissionDenied:
        return False
    if not _is_load_of_an_editor(action, user):
        return True
    return not (of.state == State.PUBLISHED if of else _is_seen_by_readers(action))


def _permit(action: Action, user: User | AnonymousUser | None) -> None:
    own = {
        Action.Verb.PUBLISH: PUBLISH,
        Action.Verb.WITHDRAW: PUBLISH,
        Action.Verb.MERGE: "policies.merge_agencies",
    }
    require(user, own.get(_verb(action), EDIT), "撤销这一步")
    if user is not None and action.user_id != user.pk and not user.has_perm("policies.undo_others"):
        raise PermissionDenied("这一步是别人做的，只有主编可以撤销。")


def _verb(action: Action) -> Action.Verb:
    """What is undone; who takes an undoing back does the deed anew."""
    while action.undoes:
        action = action.undoes
    return Action.Verb(action.verb)


def _permit_replacing(action: Action, user: User | AnonymousUser | None) -> None:
    if _is_load_of_an_editor(action, user) and _is_seen_by_readers(action):
        raise PermissionDenied("读者看到的是这个版本，须由主编撤销。")


def _is_load_of_an_editor(action: Action, user: User | AnonymousUser | None) -> bool:
    """Whether a load is undone by one who may not publish."""
    return user is not None and not user.has_perm(PUBLISH) and _verb(action) == Action.Verb.INGEST


def _is_seen_by_readers(action: Action) -> bool:
    policies, issues = changed_by(action)
    published = {"state": State.PUBLISHED}
    return (
        Policy.objects.filter(pk__in=policies, **published).exists()
        or Issue.objects.filter(pk__in=issues, **published).exists()
    )


def _check_untouched(deeds: Sequence[Deed], action: Action) -> None:
    """Raise EditError unless every column that the action changed is still as it left it, and stays so to the end."""
    for model in TRACKED:
        mine = [deed for deed in deeds if deed.model is model]
        now = model._default_manager.select_for_update(of=("self",)).in_bulk([deed.pk for deed in mine])
        for deed in mine:
            row = now.get(deed.pk)
            there = column_values(row) if row else None
            if there is None or deed.before is None or deed.after is None:
                same = there == deed.after
            else:
                same = all(there[name] == deed.after[name] for name in _changed(deed))
            if not same:
                raise EditError(_later(deed, action))


def _changed(deed: Deed) -> list[str]:
    """The columns that the action changed of a row that was there before and after."""
    before, after = deed.before or {}, deed.after or {}
    return [name for name in before if before[name] != after.get(name)]


def _later(deed: Deed, action: Action) -> str:
    """Which later change stands in the way."""
    events = event_model(deed.model).objects.filter(pgh_obj=deed.pk).exclude(pgh_context=action.pk)
    last = events.order_by("-pgh_id").first()
    later = Action.objects.filter(pk=last.pgh_context_id).select_related("user").first() if last else None
    name = deed.model._meta.verbose_name
    words = str(deed.model(**(deed.after or deed.before or {})))[:60] if _tells_itself(deed.model) else ""
    what = f"{name}“{words}”" if words else f"一条{name}"
    if later is None:
        return f"{what}后来又有改动，不能撤销。"
    who = later.user.get_username() if later.user else "系统"
    return f"{what}后来又被{who}改动（{later}），不能撤销；请先撤销那一步。"


def _tells_itself(model: Any) -> bool:
    """Whether a row's name needs no other row."""
    return not any(column.is_relation for column in model._meta.concrete_fields) or hasattr(model, "quote")


def _delete(deeds: Sequence[Deed]) -> None:
    """Delete rows that the action made, children first.  Raises EditError if others would go with them."""
    made = {(deed.model, deed.pk) for deed in deeds}
    for model in reversed(TRACKED):
        rows = model._default_manager.filter(pk__in=[deed.pk for deed in deeds if deed.model is model])
        collector = Collector(using="default", origin=rows)
        collector.collect(rows)
        _check_alone(collector, made)
        collector.delete()


def _check_alone(collector: Collector, made: set[tuple[Any, Any]]) -> None:
    going = [(model, row.pk) for model, rows in collector.data.items() for row in rows]
    going += [(rows.model, pk) for rows in collector.fast_deletes for pk in rows.values_list("pk", flat=True)]
    for model, pk in going:
        if model in TRACKED and model not in WITH_SOURCE and (model, pk) not in made:
            raise EditError(f"此后又有别的{model._meta.verbose_name}与它有关，不能撤销；请先撤销后来的操作。")


def _restore(deeds: Sequence[Deed]) -> None:
    """Write rows as they were before, parents first; rows that had gone come back under their ids."""
    for model in TRACKED:
        mine = [deed for deed in deeds if deed.model is model]
        if not mine:
            continue
        rows = [model(**deed.before) for deed in mine if deed.before]
        columns = [c.name for c in model._meta.concrete_fields if not c.primary_key]
        _keep(model, rows, {deed.pk: set(_changed(deed)) for deed in mine if deed.after})
        model._default_manager.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=[model._meta.pk.name],
            update_fields=columns,
        )
        if stamped := [c.name for c in model._meta.concrete_fields if getattr(c, "auto_now_add", False)]:
            model._default_manager.bulk_update(  # which the writing above stamped with today
                [model(**deed.before) for deed in mine if deed.before], stamped, batch_size=BATCH
            )


def _keep(model: Any, rows: Sequence[Any], changed: Mapping[Any, set[str]]) -> None:
    """Let rows that are there keep today's columns, but for those, by row, that the action changed."""
    today = model._default_manager.in_bulk([row.pk for row in rows])
    names = [column.attname for column in model._meta.concrete_fields]
    for row in rows:
        there = today.get(row.pk)
        for name in names if there else ():
            if name not in changed.get(row.pk, ()):
                setattr(row, name, getattr(there, name))
