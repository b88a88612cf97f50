"""Who may ask what: every address of the site, asked by every kind of visitor that it may matter to.

A new address fails here until RULES says whom it is for.
"""

import re
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.admindocs.views import simplify_regex
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLResolver, get_resolver

from ingest import runs
from ingest.models import Batch, Run
from policies.actions.confirm import confirm
from policies.actions.manage_accounts import make_account
from policies.actions.manage_keys import make_key
from policies.models import (
    Action,
    ApiKey,
    Doubt,
    Obligation,
    Observation,
    Problem,
    Provision,
    Reference,
    Responsibility,
    Table,
    Target,
)
from policies.roles import Role, set_up_roles
from search import indexing

KEYS = {"key to read", "key to edit"}  # both of the editor's; they open the API, pages do not know them
ADMINISTRATORS = {"administrator"}
CHIEFS = {"chief"} | ADMINISTRATORS
DESK = {"editor"} | CHIEFS
EDITING = {"key to edit"} | DESK
ACCOUNTS = {"reader"} | DESK
ALL = {"anonymous"} | KEYS | ACCOUNTS
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """Who may read what is there (GET), and who may POST or PATCH; what a reading is answered."""

    read: Set[str]
    post: Set[str] = NOBODY
    patch: Set[str] = NOBODY
    answer: int = 200

    def may(self, method: str) -> Set[str]:
        return {"GET": self.read, "POST": self.post, "PATCH": self.patch}.get(method, NOBODY)


def posted(by: Set[str], *, door: Set[str] = ALL) -> Rule:
    """What is only posted to; others than `door` are turned away before they are told so."""
    return Rule(door, by, answer=405)


RULES = {  # the first that fits
    # the API
    "api:None": Rule(ALL, answer=404),
    "api:issue-publish": posted(CHIEFS),
    "api:issue-withdraw": posted(CHIEFS),
    "api:policy-publish": posted(CHIEFS),
    "api:policy-withdraw": posted(CHIEFS),
    "api:*-submit": posted(EDITING),
    "api:*-confirm": posted(EDITING),
    "api:*-reject": posted(EDITING),
    "api:doubt-reopen": posted(EDITING, door=EDITING),
    "api:doubt-settle": posted(EDITING, door=EDITING),
    "api:doubt-*": Rule(EDITING),
    "api:action-undo": posted(EDITING, door=EDITING),
    "api:action-*": Rule(EDITING),
    "api:issue-*": Rule(ALL),
    "api:table-*": Rule(ALL),
    "api:agency-*": Rule(ALL),
    "api:region-*": Rule(ALL),
    "api:policy-list": Rule(ALL),
    "api:provision-list": Rule(ALL),
    "api:*-list": Rule(ALL, post=EDITING),
    "api:*-detail": Rule(ALL, patch=EDITING),
    "api:index": Rule(ALL),
    "api:try*": Rule(ALL),
    "api:search": Rule(ALL, answer=400),  # for what?
    "api:suggestions": Rule(ALL, answer=400),
    "api:statistics": Rule(ALL),
    "api:export*": Rule(ALL),
    "api:changes": Rule(ALL),
    "api:schema": Rule(ALL),
    "runs:run-list": Rule(EDITING, EDITING),
    "runs:run-detail": Rule(EDITING),
    "runs:run-*": posted(EDITING, door=EDITING),
    "runs:batch-*": Rule(EDITING),
    # the knowledge base
    "policies:problem": Rule(ALL, ALL),
    "policies:clip": posted(ALL),
    "policies:clear_clippings": posted(ALL),
    "policies:accounts": Rule(ADMINISTRATORS),
    "policies:new_account": Rule(ADMINISTRATORS, ADMINISTRATORS),
    "policies:account": Rule(ADMINISTRATORS),
    "policies:account_role": posted(ADMINISTRATORS, door=ADMINISTRATORS),
    "policies:account_link": posted(ADMINISTRATORS, door=ACCOUNTS),
    "policies:*_account": posted(ADMINISTRATORS, door=ACCOUNTS),
    **dict.fromkeys(
        [
            *("policies:home", "policies:issue*", "policies:polic*", "policies:source", "policies:cite"),
            *("policies:compare_*", "policies:export*", "policies:region*", "policies:agenc*", "policies:target*"),
            *("policies:about", "policies:clippings", "policies:feed", "policies:topic*", "search:*"),
        ],
        Rule(ALL),
    ),
    # the desk
    "desk:page": Rule(ALL, answer=404),  # a printed page of a policy, which this base has none of
    **dict.fromkeys(
        [f"desk:{verb}" for verb in ("settle", "undo", "cancel", "retry", "accept", "decline")],
        posted(DESK, door=ACCOUNTS),
    ),
    "desk:change": posted(DESK, door=DESK),
    **dict.fromkeys(
        [f"desk:{page}" for page in ("issue", "question", "outline", "add", "agency", "upload")],
        Rule(DESK, DESK),
    ),
    "desk:batch_progress": Rule(DESK, answer=286),  # nothing more to come: htmx stops asking
    "desk:policy": Rule(DESK, DESK, answer=302),  # of an issue: to the issue's page
    **dict.fromkeys(
        [
            *("desk:home", "desk:issues", "desk:*_sheet", "desk:problems", "desk:action*", "desk:story", "desk:queue"),
            *("desk:records", "desk:agencies", "desk:run*", "desk:progress", "desk:batch"),
        ],
        Rule(DESK),
    ),
    # accounts and the rest
    "login": Rule(ALL, ALL),
    "logout": posted(ALL),
    "own_account": Rule(ACCOUNTS, ACCOUNTS),
    "own_keys": Rule(ACCOUNTS, ACCOUNTS),
    "revoke_key": posted(ADMINISTRATORS | {"editor"}, door=ACCOUNTS),  # whose it is
    "forgotten": Rule(ALL),
    "password_link": Rule(ALL),  # one that leads nowhere
    "metrics": Rule(ALL),  # on this machine
    **dict.fromkeys(["live", "ready", "robots", "sitemap", "sitemaps"], Rule(ALL)),
    # Django's admin, which writes nothing but one's own password
    "admin:login": Rule(ALL, answer=302),
    "admin:logout": posted(ADMINISTRATORS, door=ADMINISTRATORS),
    "admin:password_change": Rule(ADMINISTRATORS, ADMINISTRATORS),
    "admin:view_on_site": Rule(ADMINISTRATORS, answer=404),
    "admin:autocomplete": Rule(ADMINISTRATORS, answer=403),
    "admin:*_add": Rule(ADMINISTRATORS, answer=403),
    "admin:*_delete": Rule(ADMINISTRATORS, answer=403),
    "admin:*_change": Rule(ADMINISTRATORS, answer=302),  # to the list: there is no row 0
    "admin:*_history": Rule(ADMINISTRATORS, answer=302),
    "admin:None": Rule(ADMINISTRATORS, answer=404),
    "admin:*": Rule(ADMINISTRATORS),
}


def addresses(patterns: list[Any], route: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """The name, with its namespace, and the route of every address that there is."""
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}", simplify_regex(here)


ADDRESSES = list(addresses(get_resolver().url_patterns))


def part_of(route: str) -> str:
    first = route.split("/")[1]
    return first if first in ("admin", "api") else "pages"


def rule_of(name: str) -> Rule | None:
    return next((rule for pattern, rule in RULES.items() if fnmatchcase(name, pattern)), None)


@pytest.fixture
def visitors(library) -> dict[str, dict[str, str]]:
    """The headers by which the site knows them."""
    set_up_roles()
    known: dict[str, dict[str, str]] = {"anonymous": {}}
    for role in Role:
        account, browser = make_account(role.value, role, user=None), Client()
        browser.force_login(account)
        known[role.value] = {"Cookie": f"{configured.SESSION_COOKIE_NAME}={browser.session.session_key}"}
        if role is Role.EDITOR:
            for scope in ApiKey.Scope:
                known[f"key to {scope}"] = {"Authorization": f"Bearer {make_key('周报', scope, user=account)[1]}"}
    return known


@pytest.fixture
def values(library, visitors) -> dict[str, dict[str, Any]]:
    """What stands in the places of an address: by its name, or the name's beginning, or for all."""
    plan, editor = library.plan, ApiKey.objects.earliest("pk").user
    confirm(Target.objects.filter(policy=plan), user=editor)
    run = Run.objects.create(filename="驿站.txt", content=b"1", size=1, sha256="0" * 64)
    batch = Batch.objects.create()
    records = (Provision, Target, Responsibility, Reference, Table, Observation)
    rows = {f"api:{kind.__name__.lower()}": kind.objects.filter(policy=plan).earliest("pk") for kind in records}
    rows |= {
        "api:issue": library.issue,
        "api:policy": plan,
        "api:obligation": Obligation.objects.get(),
        "api:agency": library.bureau,
        "api:region": library.province,
        "api:doubt": Doubt.objects.get(),
        "api:action": Action.objects.get(),
        "runs:run": run,
        "runs:batch": batch,
        "policies:agency": library.bureau,
        "policies:account": editor,
        "policies:close_account": editor,
        "policies:reopen_account": editor,
        "desk:settle": Problem.objects.create(policy=plan, text="不对", sender="x"),
        "desk:action": Action.objects.get(),
        "desk:undo": Action.objects.get(),
        "desk:story": Target.objects.earliest("pk"),
        "desk:question": Doubt.objects.get(),
        "desk:agency": library.bureau,
        "revoke_key": ApiKey.objects.earliest("pk"),
    }
    everywhere = {
        "slug": plan.slug, "year": 2024, "number": 7, "code": "510000", "ending": "csv", "kind": "target",
        "run_id": run.pk, "batch_id": batch.pk, "uidb64": "x", "token": "y", "section": "policies",
        "url": "nothing/", "object_id": 0, "content_type_id": 1, "app_label": "policies", "key": plan.pk,
    }  # fmt: skip
    return {
        "": everywhere,
        **{name: {"pk": row.pk} for name, row in rows.items()},
        "desk:question": {"kind": "doubt", "pk": rows["desk:question"].pk},
        "policies:topic": {"slug": library.topic.slug},
        "api:export": {"kind": "targets"},
        "api:export_policy": {"ending": "docx"},
    }


def filled(route: str, name: str, values: dict[str, dict[str, Any]]) -> str:
    given: dict[str, Any] = {}
    for beginning in sorted(values, key=len):
        if name.startswith(beginning):
            given |= values[beginning]
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda place: str(given[place[1]]), route)


def asking(name: str, may: Set[str]) -> Set[str]:
    """Who asks, with a method that these may use: where others are treated alike, who may least and who may most."""
    if not may:
        return ADMINISTRATORS  # what they may not do, nobody may
    if may == ALL:
        return {"anonymous"} | ADMINISTRATORS
    if name.startswith("admin:"):
        return CHIEFS  # one door for all
    return ALL if name.startswith(("api:", "runs:")) else ALL - {"key to read"}


def methods_at(name: str, rule: Rule) -> tuple[str, ...]:
    """What is tried: pages take no other methods, as test_methods has it; the admin shows, or would write."""
    if name.startswith("admin:") and not rule.post:
        return ("GET",) if rule.answer == 200 else ("POST",)
    return ("GET", "POST", "PATCH", "PUT", "DELETE") if name.endswith("-detail") else ("GET", "POST")


@contextmanager
def taken_back(written: list[str]) -> Iterator[None]:
    """Takes back what is written meanwhile; statements that write more than a session or a count are in the list."""
    own = re.compile(r'INTO (policies_requestcount|"django_session")|UPDATE "(policies_apikey|django_session)"')

    def watch(execute, sql, parameters, many, context):
        if re.match(r"\s*(INSERT|UPDATE|DELETE|WITH gone)", sql) and not own.search(sql):
            written.append(sql)
        return execute(sql, parameters, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield
        transaction.set_rollback(True)


def turned_away(answer: HttpResponseBase) -> bool:
    """Told that he may not, or sent to log in (by the admin's logout, to the admin's door)."""
    to_log_in = answer.headers.get("Location", "").partition("?")[0].endswith(("/login/", "/admin/"))
    return answer.status_code in (401, 403) or (answer.status_code == 302 and to_log_in)


def fits(answer: HttpResponseBase, rule: Rule, method: str, who: str) -> bool:
    """Whether those whom it is for are served, others turned away, and nobody meets an error of ours."""
    if who not in rule.may(method):
        return turned_away(answer) if rule.may(method) else answer.status_code < 500
    if method == "GET":
        return answer.status_code == rule.answer
    return answer.status_code < 500 and answer.status_code != 405 and not turned_away(answer)


def test_every_address_has_a_rule():
    assert [name for name, _ in ADDRESSES if rule_of(name) is None] == [], "say in RULES whom these are for"


def test_every_rule_has_an_address():
    names = {name for name, _ in ADDRESSES}
    assert [pattern for pattern in RULES if not any(fnmatchcase(name, pattern) for name in names)] == []


def test_nothing_is_written_from_other_sites(visitors, values):
    """Where a login may write, the token of the site's own forms is asked for, of administrators too."""
    client, written = Client(enforce_csrf_checks=True, headers=visitors["administrator"]), list[str]()
    forged = [
        (name, method, route) for name, route in ADDRESSES for method in ("POST", "PATCH")
        if (rule := rule_of(name)) and rule.may(method)
    ]  # fmt: skip
    with taken_back(written):
        answers = {
            name: client.generic(method, filled(route, name, values), headers={"If-Match": "*"}).status_code
            for name, method, route in forged
        }
    assert len(answers) > 60
    assert {name: status for name, status in answers.items() if status != 403} == {}
    assert written == []


@pytest.mark.parametrize("part", ["admin", "api", "pages"])
def test_each_address_serves_those_whom_it_is_for(part, visitors, values, settings, tmp_path, monkeypatch):
    settings.INDEX_FOLDER = tmp_path / "index"
    indexing.rebuild()
    monkeypatch.setattr(runs, "send", lambda run_id: None)
    client = Client(raise_request_exception=False)
    wrong = []
    for name, route in ADDRESSES:
        if part != part_of(route):
            continue
        rule, address = rule_of(name), filled(route, name, values)
        assert rule is not None
        for method, who in [(m, who) for m in methods_at(name, rule) for who in sorted(asking(name, rule.may(m)))]:
            written: list[str] = []
            client.cookies.clear()
            with taken_back(written):
                answer = client.generic(method, address, headers={"If-Match": "*"} | visitors[who])
                b"".join(answer)
            may_write = method != "GET" and who in rule.may(method)
            if not fits(answer, rule, method, who) or (written and not may_write):
                wrong.append(f"{method} {address} ({name}) of {who}: {answer.status_code} {written[:1]}")
    assert not wrong, "\n".join(wrong)
