"""What was done, as programs read it, and undoing it."""

import pytest
from django.test import Client

from policies.actions.correct import correct
from policies.actions.manage_accounts import make_account
from policies.actions.manage_keys import make_key
from policies.actions.publish import publish
from policies.actions.undo import undo as undo_action
from policies.models import Action, ApiKey, State, Target
from policies.roles import Role, set_up_roles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]
ACTIONS = "/api/v1/actions/"


@pytest.fixture
def editors(db):
    set_up_roles()
    return [make_account(name, Role.EDITOR, user=None) for name in ("小林", "小周")]


@pytest.fixture
def program(editors):
    return Client(headers={"Authorization": f"Bearer {make_key('程序', ApiKey.Scope.EDIT, user=editors[0])[1]}"})


@pytest.fixture
def done(library, editors):
    """One action of each editor on the same target."""
    row = Target.objects.get(indicator="智算中心")
    return [correct(row, {"value": value}, user=user, note="核对") for user, value in zip(editors, "56", strict=True)]


def undo(program, action):
    return program.post(f"{ACTIONS}{action.pk}/undo/", {}, content_type="application/json")


def test_actions_tell_who_did_what_and_when(program, done):
    listed = program.get(ACTIONS).json()
    assert [row["id"] for row in listed["results"]] == [str(action.pk) for action in done[::-1]]
    told = program.get(f"{ACTIONS}{done[0].pk}/").json()
    assert (told["verb"], told["user"], told["note"], told["total"]) == ("correct", "小林", "核对", 1)
    (row,) = told["rows"]
    assert (row["model"], row["what"]) == ("target", "更改")
    assert {"field": "value", "label": "数值", "before": "12", "after": "5"} in row["differences"]


def test_actions_are_narrowed(program, done, library):
    def ids(**asked):
        return [row["user"] for row in program.get(ACTIONS, asked).json()["results"]]

    assert ids(user="小周") == ["小周"]
    assert ids(verb="publish") == []
    assert ids(policy=library.plan.slug, issue="2024-7") == ["小周", "小林"]
    assert ids(policy=library.law.slug) == []
    assert ids(at_min="2200-01-01T00:00:00Z") == []
    assert program.get(ACTIONS, {"who": "小周"}).status_code == 400


def test_what_was_done_is_undone_once_and_in_its_turn(program, done, editors):
    assert "别人做的" in undo(program, done[1]).json()["detail"]
    assert undo(program, done[1]).status_code == 403
    later = undo(program, done[0])
    assert (later.status_code, later["Content-Type"]) == (409, "application/problem+json")
    Action.objects.filter(pk=done[1].pk).update(user=editors[0])
    answer = undo(program, done[1]).json()
    assert (answer["verb"], answer["undoes"]) == ("undo", str(done[1].pk))
    assert Target.objects.get(indicator="智算中心").value == 5
    assert program.get(f"{ACTIONS}{done[1].pk}/").json()["undone_by"] == answer["id"]
    assert undo(program, done[1]).status_code == 409
    assert undo(program, done[0]).status_code == 200
    assert Target.objects.get(indicator="智算中心").value == 12


def test_who_may_not_publish_undoes_no_undoing_of_it(library, editors, program):
    chief, issue = editors[0], library.draft_issue
    published = publish(issue, user=None)
    assert published is not None
    undoing = undo_action(published, user=None)
    Action.objects.filter(pk=undoing.pk).update(user=chief)  # who has become an editor since
    assert undo(program, undoing).status_code == 403
    issue.refresh_from_db()
    assert issue.state == State.DRAFT


def test_there_has_to_be_such_an_action(program):
    assert program.get(f"{ACTIONS}{'0' * 36}/").json()["detail"] == "没有这条记录。"
    assert program.get(f"{ACTIONS}{'-' * 36}/").status_code == 404
