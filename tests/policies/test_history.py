"""What is recorded of a deed, and taking it back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection

from policies.actions.manage_accounts import make_account
from policies.actions.publish import publish
from policies.actions.undo import undo
from policies.actions.withdraw import withdraw
from policies.history import EditError, deeds_of, event_model, recording
from policies.models import Action, Change, Policy, Provision, Target
from policies.roles import Role, set_up_roles

pytestmark = pytest.mark.django_db
CORRECT = Action.Verb.CORRECT
EVENTS: Any = event_model(Target)


@pytest.fixture
def target(library) -> Target:
    return library.plan.target_set.first()


def raised(target: Target, value: int, user=None) -> Action:
    """The action of setting the target's value."""
    with recording(CORRECT, "改数值", user=user) as action:
        target.value = value
        target.save()
    return action


def test_a_change_is_kept_with_what_was_before_and_after(target):
    before = target.value
    action = raised(target, 77)
    (deed,) = deeds_of(action)
    assert deed.model is Target
    assert [(columns or {})["value"] for columns in (deed.before, deed.after)] == [before, 77]
    assert list(action.policies.all()) == [target.policy]
    assert list(action.issues.all()) == [target.policy.issue]
    assert Change.objects.filter(policy_id=target.policy_id).exists()


def test_triggers_see_what_no_action_is_around(target):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE policies_target SET value = 5 WHERE id = %s", [target.pk])
    assert EVENTS.objects.filter(pgh_obj=target.pk, pgh_context=None, pgh_label="after").exists()


def test_a_deed_that_changes_nothing_leaves_no_trace(target):
    raised(target, target.value)
    assert not Action.objects.exists()


def test_a_deed_that_fails_leaves_no_trace(target):
    with pytest.raises(IntegrityError), recording(CORRECT, "改", user=None):
        Target.objects.update(value=3, value_max=1)
    assert not Action.objects.exists()
    assert not EVENTS.objects.filter(pgh_label="after").exists()


class TestUndo:
    def test_puts_columns_back_and_is_itself_recorded_and_undone(self, target):
        before = target.value
        action = raised(target, 77)
        undoing = undo(action, user=None)
        assert Target.objects.get(pk=target.pk).value == before
        assert undoing.undoes == action
        undo(undoing, user=None)
        assert Target.objects.get(pk=target.pk).value == 77

    def test_brings_back_what_was_deleted_with_all_that_hung_on_it(self, library):
        counts = {model: model.objects.count() for model in (Policy, Provision, Target)}
        with recording(CORRECT, "删", user=None) as action:
            library.plan.delete()
        assert Policy.objects.count() == counts[Policy] - 1
        undo(action, user=None)
        assert {model: model.objects.count() for model in counts} == counts
        assert Policy.objects.get(slug=library.plan.slug).topics.exists()

    def test_takes_away_what_was_added(self, target):
        with recording(CORRECT, "补", user=None) as action:
            target.pk = None
            target.save()
        undo(action, user=None)
        assert not Target.objects.filter(pk=target.pk).exists()

    def test_refuses_where_a_later_change_builds_on_it(self, target, editor):
        action = raised(target, 77)
        raised(target, 78, user=editor)
        with pytest.raises(EditError, match="editor"):
            undo(action, user=None)
        assert Target.objects.get(pk=target.pk).value == 78

    def test_leaves_later_changes_of_other_columns_alone(self, target):
        before = target.value
        action = raised(target, 77)
        with recording(CORRECT, "改年份", user=None):
            Target.objects.filter(pk=target.pk).update(year=2044)
        undo(action, user=None)
        assert list(Target.objects.filter(pk=target.pk).values_list("value", "year")) == [(before, 2044)]

    def test_is_done_once(self, target):
        action = raised(target, 77)
        undo(action, user=None)
        with pytest.raises(EditError, match="已经撤销"):
            undo(action, user=None)

    def test_of_publishing(self, library):
        publish(library.draft_issue, user=None)
        undo(Action.objects.get(), user=None)
        library.draft_issue.refresh_from_db()
        assert library.draft_issue.state == "draft"

    def test_of_somebody_elses_deed_needs_a_permission(self, target, editor, django_user_model):
        action = raised(target, 77, user=editor)
        with pytest.raises(PermissionDenied):
            undo(action, user=django_user_model.objects.create_user("other", is_staff=True))

    def test_of_a_load_is_the_chief_editors_where_readers_see_what_came_of_it(self, target):
        set_up_roles()
        editor, chief = (make_account(str(role.label), role, user=None) for role in (Role.EDITOR, Role.CHIEF))
        with recording(Action.Verb.INGEST, "采集", user=editor) as action:
            Target.objects.filter(pk=target.pk).update(value=77)
        with pytest.raises(PermissionDenied, match="读者看到"):
            undo(action, user=editor)
        undoing = undo(action, user=chief)
        undoing.user = editor
        undoing.save()
        with pytest.raises(PermissionDenied, match="读者看到"):
            undo(undoing, user=editor)
        withdraw(target.policy.issue, user=None, note="有误")
        undo(undoing, user=editor)
        assert Target.objects.get(pk=target.pk).value == 77
