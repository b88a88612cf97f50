"""What all edits have in common: who may, who was first, one step to take it back, and the index told."""

import random
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from policies.actions.add import add
from policies.actions.confirm import confirm
from policies.actions.correct import correct, correct_many, preview
from policies.actions.editing import version_of
from policies.actions.merge_provisions import merge
from policies.actions.move_provision import move
from policies.actions.reject import reject
from policies.actions.settle import settle_doubt, settle_problem
from policies.actions.split_provision import split
from policies.actions.undo import undo
from policies.history import ConflictError, EditError
from policies.models import Action, Change, Policy, Problem, Provision, Target
from policies.models.history import TRACKED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]
CLOCK = {"updated_at"}


@pytest.fixture
def editor(editor):
    """One who may edit records."""
    editor.user_permissions.add(*Permission.objects.filter(codename__in=["edit_records", "settle_problem"]))
    return editor


def target(library) -> Target:
    return library.plan.target_set.get(indicator="智算中心")


def plan(library) -> Policy:
    return Policy.objects.get(pk=library.plan.pk)


def clause(library, eid: str) -> Provision:
    return Provision.objects.get(policy__issue=library.issue, eid=eid)


# Each edit: the rows that it is of, and the edit with what it needs beside them.
EDITS: dict[str, Any] = {
    "confirm": (lambda lib: [target(lib), plan(lib)], lambda rows, **who: confirm(rows, **who)),
    "reject": (lambda lib: [target(lib)], lambda rows, **who: reject(rows, note="不是目标", **who)),
    "reject a clause": (lambda lib: [clause(lib, "sec_1")], lambda rows, **who: reject(rows, **who)),
    "correct": (lambda lib: [target(lib)], lambda rows, **who: correct(rows[0], {"value": "15"}, **who)),
    "correct a policy": (
        lambda lib: [plan(lib)],
        lambda rows, **who: correct(rows[0], {"title": "算力方案", "issuers": ["新设局"], "topics": []}, **who),
    ),
    "correct responsibilities": (
        lambda lib: [lib.plan.responsibility_set.get()],
        lambda rows, **who: correct(rows[0], {"agencies": "负责 | 省林业厅 | 青川省林业厅"}, **who),
    ),
    "correct many": (
        lambda lib: list(lib.plan.target_set.order_by("-pk")),
        lambda rows, **who: correct_many(rows, {"year": 2030}, **who),
    ),
    "split": (lambda lib: [clause(lib, "sec_1")], lambda rows, **who: split(rows[0], 16, label="二", **who)),
    "split above others": (
        lambda lib: [clause(lib, "chp_2__art_3")],
        lambda rows, **who: split(rows[0], 2, type_="paragraph", **who),
    ),
    "merge": (
        lambda lib: [clause(lib, "chp_1__art_1"), clause(lib, "chp_1__art_2")],
        lambda rows, **who: merge(*rows, **who),
    ),
    "move": (
        lambda lib: [clause(lib, "chp_2__art_3")],
        lambda rows, **who: move(rows[0], rows[0].policy.provisions.get(eid="chp_1"), None, **who),
    ),
}


# Edits of what nobody sees first: no version is asked for.
OTHERS: dict[str, Any] = {
    "add": lambda lib, **who: add("responsibility", lib.plan, 20, "省财政厅配合", {"agencies": "配合 | 财政处"}, **who),
    "settle a doubt": lambda lib, **who: settle_doubt(lib.issue.doubts.get(), "查过了", **who),
    "settle a problem": lambda lib, **who: settle_problem(report(lib), "已更正", **who),
}


def report(library) -> Problem:
    return Problem.objects.get_or_create(policy=library.plan, text="年份不对")[0]


def state() -> set[tuple[str, ...]]:
    """Every column of every tracked row, the clock's aside."""
    return {
        (model._meta.label, str(row["id"]), name, repr(value))
        for model in TRACKED
        for row in model._default_manager.values()
        for name, value in row.items()
        if name not in CLOCK
    }


@pytest.fixture
def base(library):
    """The library with a report, and its state."""
    report(library)
    return library


def run(name: str, library, **who) -> Any:
    if name in OTHERS:
        return OTHERS[name](library, **who)
    find, edit = EDITS[name]
    return edit(find(library), **who)


@pytest.mark.parametrize("name", [*EDITS, *OTHERS])
class TestEvery:
    def test_edit_is_one_action_that_undo_takes_back(self, name, base, editor):
        before = state()
        run(name, base, user=editor)
        action = Action.objects.get()
        assert action.user == editor
        assert "《" in action.summary or "期" in action.summary
        assert state() != before
        told = set(Change.objects.values_list("policy_id", flat=True))
        assert told == set(action.policies.values_list("pk", flat=True))
        undo(action, user=editor)
        assert state() == before

    def test_edit_needs_the_permission(self, name, base, reader, django_user_model):
        before = state()
        for nobody in (reader, django_user_model.objects.create_user("other", is_staff=True)):
            with pytest.raises(PermissionDenied):
                run(name, base, user=nobody)
        assert state() == before


@pytest.mark.parametrize("name", EDITS)
class TestSeen:
    def test_edit_of_what_somebody_changed_meanwhile_is_refused(self, name, library, editor, django_user_model):
        find, edit = EDITS[name]
        rows = find(library)
        seen = version_of(*rows)
        other = django_user_model.objects.create_superuser("先到者")
        changed = rows[-1]
        if isinstance(changed, Target):
            correct(changed, {"year": 2026}, user=other)
        elif isinstance(changed, Policy):
            correct(changed, {"topics": []}, user=other)
        elif isinstance(changed, Provision):
            correct(changed, {"heading": "别的标题"}, user=other)
        else:
            correct(changed, {"agencies": [[1, "青川省财政厅", "省财政厅", "lead"]]}, user=other)
        before = state()
        with pytest.raises(ConflictError, match="先到者"):
            edit(rows, user=editor, seen=seen)
        assert state() == before
        edit(find(library), user=editor, seen=version_of(*find(library)))
        assert state() != before


def test_a_preview_needs_the_permission_too(library, reader):
    with pytest.raises(PermissionDenied):
        preview([target(library)], {"year": 2030}, user=reader)


def test_what_a_load_replaced_meanwhile_is_not_edited(library):
    row = target(library)
    Target.objects.filter(pk=row.pk).delete()
    with pytest.raises(EditError, match="不在了"):
        confirm([row], user=None)
    with pytest.raises(EditError, match="没有选择"):
        confirm([], user=None)


def test_what_was_seen_of_many_rows_is_told_in_few_queries(library, django_assert_max_num_queries):
    rows = [*library.plan.responsibility_set.all(), library.plan, library.law, target(library)]
    with django_assert_max_num_queries(3):
        version_of(*rows)


def test_edits_of_the_same_rows_are_taken_back_one_after_the_other_and_made_again(base, editor):
    before, names = state(), [*EDITS, *OTHERS]
    random.Random(1).shuffle(names)
    for name in names:
        try:
            run(name, base, user=editor)
        except EditError:
            continue  # an earlier one leaves nothing to do
    actions, after = list(Action.objects.order_by("at")), state()
    assert len(actions) > len(names) / 2
    undone = [undo(action, user=editor) for action in reversed(actions)]
    assert state() == before
    for action in reversed(undone):
        undo(action, user=editor)
    assert state() == after


def test_a_change_asks_only_for_the_constraints_that_it_could_break(library, django_assert_max_num_queries):
    row = target(library)
    with django_assert_max_num_queries(5):
        assert preview([row], {"unit": "座"}, user=None)
    for changes in ({"value_max": 1}, {"op": "?"}, {"year": 3000}):
        with pytest.raises(EditError):
            preview([row], changes, user=None)
