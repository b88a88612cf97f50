"""What each role may do, tried with every action that asks for a permission."""

import re
from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client

from config.setup import first_account
from ingest import actions, runs
from ingest.models import Run
from policies.actions.add import add
from policies.actions.confirm import confirm
from policies.actions.correct import correct, correct_many, preview
from policies.actions.manage_accounts import change_role, close_account, make_account, password_link, reopen_account
from policies.actions.merge_agencies import merge as merge_agencies
from policies.actions.merge_provisions import merge
from policies.actions.move_provision import move
from policies.actions.name_agency import add_name
from policies.actions.publish import publish
from policies.actions.reject import reject
from policies.actions.settle import reopen, settle_doubt, settle_problem
from policies.actions.settle_agency import settle_agency
from policies.actions.split_provision import split
from policies.actions.submit import submit
from policies.actions.succeed_agency import add_succession
from policies.actions.undo import undo
from policies.actions.withdraw import withdraw
from policies.history import recording
from policies.models import Action, Agency, Doubt, Issue, Policy, Problem, Provision, State
from policies.roles import Role, role_of, set_up_roles
from tests.pages import logs_in
from tests.search.builders import policy

pytestmark = pytest.mark.django_db


def changed_by(user: User | AnonymousUser | None) -> Action:
    with recording(Action.Verb.CORRECT, "更正", user=user) as action:
        Problem.objects.update(text="另有不对")
    return action


def halves() -> tuple[Provision, Provision]:
    first = Provision.objects.get()
    return first, split(first, 1, user=None)


def agency(name: str) -> Agency:
    return Agency.objects.get_or_create(name=name)[0]


ACTIONS: dict[str, Callable] = {
    "upload": lambda user: actions.submit("第一条 驿站。".encode(), "驿站.txt", user=user),
    "upload many": lambda user: actions.submit_batch([], [], user=user),
    "cancel": lambda user: actions.cancel(Run.objects.get(), user=user),
    "retry": lambda user: actions.retry(Run.objects.get(), user=user),
    "accept": lambda user: actions.accept(Run.objects.get(), user=user),
    "decline": lambda user: actions.decline(Run.objects.get(), user=user),
    "confirm": lambda user: confirm(Policy.objects.all(), user=user),
    "reject": lambda user: reject(Provision.objects.all(), user=user),
    "correct": lambda user: correct(Policy.objects.get(), {"title": "驿站条例"}, user=user),
    "correct many": lambda user: correct_many(Policy.objects.all(), {"kind": "law"}, user=user),
    "preview": lambda user: preview(Policy.objects.all(), {"kind": "law"}, user=user),
    "add": lambda user: add("reference", Policy.objects.get(), 1, "驿站", {"title": "驿站"}, user=user),
    "split": lambda user: split(Provision.objects.get(), 1, user=user),
    "merge": lambda user: merge(*halves(), user=user),
    "move": lambda user: move(Provision.objects.get(), None, None, user=user),
    "name an agency": lambda user: add_name(agency("驿站局"), "驿局", user=user),
    "settle an agency": lambda user: settle_agency(agency("驿站局"), None, "", user=user),
    "join agencies": lambda user: add_succession(agency("驿站局"), agency("驿道局"), user=user),
    "merge agencies": lambda user: merge_agencies(agency("驿站局"), agency("驿道局"), user=user),
    "settle a doubt": lambda user: settle_doubt(Doubt.objects.get(), "", user=user),
    "reopen": lambda user: reopen(Doubt.objects.get(), user=user),
    "settle": lambda user: settle_problem(Problem.objects.get(), "已改", user=user),
    "publish": lambda user: publish(Issue.objects.get(number=1), user=user),
    "submit": lambda user: submit(Issue.objects.get(number=1), user=user),
    "withdraw": lambda user: withdraw(Issue.objects.get(number=2), user=user, note="有误"),
    "undo": lambda user: undo(changed_by(user), user=user),
    "undo another's": lambda user: undo(changed_by(None), user=user),
    "make account": lambda user: make_account("新人", Role.READER, user=user),
    "change role": lambda user: change_role(User.objects.get(username="other"), Role.CHIEF, user=user),
    "close account": lambda user: close_account(User.objects.get(username="other"), user=user),
    "reopen account": lambda user: reopen_account(User.objects.get(username="other"), user=user),
    "password link": lambda user: password_link(User.objects.get(username="other"), user=user),
}
EDITS = {"confirm", "reject", "correct", "correct many", "preview", "add", "split", "merge", "move", "settle a doubt"}
EDITOR = {"upload", "upload many", "cancel", "retry", "accept", "decline", "settle", "submit", "undo", "reopen"} | EDITS
EDITOR |= {"name an agency", "settle an agency", "join agencies"}
CHIEF = EDITOR | {"publish", "withdraw", "undo another's", "merge agencies"}
MAY = {
    None: set(),
    Role.READER: set(),
    Role.EDITOR: EDITOR,
    Role.CHIEF: CHIEF,
    Role.ADMINISTRATOR: set(ACTIONS),
}


@pytest.fixture
def accounts(monkeypatch) -> dict[Role | None, User | AnonymousUser]:
    """An account of each role, nobody, and something to do."""
    monkeypatch.setattr(runs, "send", lambda run_id: None)
    set_up_roles()
    made: dict[Role | None, User | AnonymousUser] = {None: AnonymousUser()}
    made |= {role: make_account(f"of-{role}", role, user=None) for role in Role}
    make_account("other", Role.EDITOR, user=None)
    document = policy("驿站规划", "驿站。")
    Issue.objects.create(year=2031, number=1, source=document.source)
    Issue.objects.create(year=2031, number=2, source=document.source, state=State.PUBLISHED)
    type(document.source).objects.update(text="驿站。")
    Doubt.objects.create(policy=document, code="article-gap", line=1, message="不连续")
    Problem.objects.create(policy=document, text="不对", sender="x")
    Run.objects.create(filename="驿站.txt", content=b"1", size=1, sha256="0" * 64)
    return made


@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_does_what_it_may_and_no_more(accounts, role):
    told: list[str] = []

    def may(act: Callable) -> bool:
        with transaction.atomic():
            try:
                act(accounts[role])
            except PermissionDenied as refusal:
                told.append(str(refusal))
                return False
            finally:
                transaction.set_rollback(True)
        return True

    assert {name for name, act in ACTIONS.items() if may(act)} == MAY[role]
    assert [words for words in told if not re.search("(由|只有)(编辑|主编|管理员)", words)] == [], "who may is told"


def test_all_but_readers_see_drafts(accounts):
    assert [role for role in Role if accounts[role].is_staff] == [Role.EDITOR, Role.CHIEF, Role.ADMINISTRATOR]


def test_groups_hold_the_permissions_of_their_role_only(accounts):
    editors = Group.objects.get(name="编辑")
    right = set(editors.permissions.all())
    editors.permissions.set(Permission.objects.filter(codename="publish_issue"))
    set_up_roles()
    assert set(editors.permissions.all()) == right
    assert Group.objects.count() == len(Role)


def test_the_first_account_is_an_administrators():
    set_up_roles()
    name, password = first_account() or ("", "")
    assert logs_in(Client(), name, password)
    assert role_of(User.objects.get()) is Role.ADMINISTRATOR
    assert first_account() is None


def test_who_published_before_there_were_roles_still_may(django_user_model):
    Group.objects.all().delete()
    group = Group.objects.create(name="编辑")
    group.permissions.add(Permission.objects.get(codename="publish_issue"))
    former = django_user_model.objects.create_user("former", is_staff=True)
    former.groups.add(group)
    migration = import_module("policies.migrations.0013_former_editors_are_chiefs")
    for _ in range(2):
        migration.editors_who_published_become_chiefs(apps, None)
        set_up_roles()
    assert role_of(User.objects.get()) is Role.CHIEF
    assert not Group.objects.get(name="编辑").user_set.exists()
