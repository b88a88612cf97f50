"""Editors write by the API as they do at the desk: the same actions, the same rows, the same history."""

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from policies.actions.confirm import confirm
from policies.actions.correct import correct
from policies.actions.editing import version_of
from policies.actions.manage_accounts import make_account
from policies.actions.manage_keys import make_key
from policies.editable import KINDS
from policies.models import Action, ApiKey, Doubt, Policy, Provision, Target
from policies.models.history import TRACKED
from policies.roles import Role, set_up_roles
from tests.pages import form_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]
READ, EDIT = ApiKey.Scope
CLOCK = {"updated_at", "settled_at"}
RESOURCES = {
    "policy": "policies", "provision": "provisions", "target": "targets", "responsibility": "responsibilities",
    "obligation": "obligations", "observation": "observations", "reference": "references",
}  # fmt: skip
# What each kind is corrected to: as the API takes it, and as the desk's form does.
CORRECTIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "policy": (
        {"source": "省府网站", "period": [2024, 2026], "issuers": ["青川省财政厅"], "topics": [], "region": "云岭市"},
        {"source_name": "省府网站", "period_start": "2024", "period_end": "2026", "issuers": "青川省财政厅",
         "topics": [], "region": "510100"},
    ),
    "provision": ({"heading": "目标"}, {"heading": "目标"}),
    "target": (
        {"value": 15.5, "op": ">=", "year": None},
        {"value": "15.5", "op": ">=", "year": "",
         "asked": "原文“智算中心12个”里没有读到 15.5，请核对；确实如此，请再点一次“保存更正”。"},
    ),
    "responsibility": (
        {"agencies": [{"name": "省林业厅", "canonical": "青川省林业厅", "role": "lead"}]},
        {"agencies": "牵头 | 省林业厅 | 青川省林业厅"},
    ),
    "obligation": ({"subject": "各级政府"}, {"subject": "各级政府"}),
    "observation": ({"value": 310, "when": "2023"}, {"value": "310", "when": "2023"}),
    "reference": ({"provision": "第二条"}, {"cited_provision": "第二条"}),
}  # fmt: skip


@pytest.fixture
def user(db):
    set_up_roles()
    return make_account("小林", Role.CHIEF, user=None)


@pytest.fixture
def program(user):
    """Asks with a chief editor's key."""
    return client_of(user, EDIT)


def client_of(user, scope) -> Client:
    return Client(headers={"Authorization": f"Bearer {make_key('程序', scope, user=user)[1]}"})


def row_of(library, kind: str) -> Any:
    if kind == "policy":
        return Policy.objects.get(pk=library.plan.pk)
    rows = KINDS[kind].model.objects.standing().filter(policy__issue=library.issue)
    return rows.get(eid="sec_1") if kind == "provision" else rows.order_by("pk").first()


def address(row, verb: str = "") -> str:
    return f"/api/v1/{RESOURCES[row._meta.model_name]}/{row.pk}/{verb + '/' if verb else ''}"


def send(client, path, body=None, *, method="post", match=None):
    headers = {"If-Match": match} if match else {}
    return getattr(client, method)(path, json.dumps(body or {}), content_type="application/json", headers=headers)


def tag(client, row) -> str:
    return client.get(address(row))["ETag"]


def problem(answer, status):
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


def everything() -> dict[str, Any]:
    """All that is tracked, but for the clock, and what the last action says of itself."""
    rows = {
        model._meta.label: [_timeless(row) for row in model._default_manager.order_by("pk").values()]
        for model in TRACKED
    }
    last = Action.objects.order_by("-at").values("verb", "summary", "note", "user").first()
    return rows | {"last": last, "actions": Action.objects.count()}


def _timeless(row: dict[str, Any]) -> dict[str, Any]:
    """A row without its times, and without the ids that hanging rows are given anew."""
    kept = {name: value for name, value in row.items() if name not in CLOCK}
    return {name: value for name, value in kept.items() if not (name == "id" and {"position", "role"} & kept.keys())}


def after(deed) -> dict[str, Any]:
    """What the base is after a deed, which is then taken back."""
    with transaction.atomic():
        deed()
        found = everything()
        transaction.set_rollback(True)
    return found


def desk_form(row, changes) -> dict[str, Any]:
    """The desk's form of a record as a browser sends it."""
    form = KINDS[row._meta.model_name].form(instance=row)
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()} | changes


@pytest.mark.parametrize("kind", list(KINDS))
def test_what_is_written_is_what_the_desk_writes(library, program, user, kind):
    row, (sent, typed) = row_of(library, kind), CORRECTIONS[kind]
    match, desk = tag(program, row), Client()
    desk.force_login(user)
    page = reverse("desk:question", args=[kind, row.pk])
    deeds = {
        "correct": lambda: send(program, address(row), sent | {"note": "为何"}, method="patch", match=match),
        "confirm": lambda: send(program, address(row, "confirm"), match=match),
        "reject": lambda: send(program, address(row, "reject"), {"note": "为何"}, match=match),
    }
    before = everything()
    for verb, deed in deeds.items():
        if (kind, verb) == ("policy", "reject"):
            assert deed().status_code == 404
            continue
        form = desk_form(row, typed) if verb == "correct" else {}
        posted = form | {"do": verb, "seen": version_of(row), "note": "" if verb == "confirm" else "为何"}
        by_api = after(deed)
        by_desk = after(lambda posted=posted: desk.post(page, posted))
        assert by_api == by_desk, verb
        assert by_api["actions"] == before["actions"] + 1
        assert by_api["last"]["verb"] == verb
    assert everything() == before


def test_the_answer_holds_the_action_and_the_record_with_its_new_version(library, program):
    row = row_of(library, "target")
    answer = send(program, address(row), {"value": 15}, method="patch", match=tag(program, row))
    body = answer.json()
    assert answer.status_code == 200
    assert (body["record"]["value"], body["record"]["review"]) == (15, "corrected")
    assert (body["action"]["verb"], body["action"]["user"]) == ("correct", "小林")
    assert answer["ETag"] == tag(program, row)
    again = send(program, address(row), {"value": 15}, method="patch", match=answer["ETag"])
    assert (again.status_code, again.json()["action"]) == (200, None)
    gone = send(program, address(row, "reject"), match=answer["ETag"])
    assert gone.json()["record"] is None
    assert "confirm/" in problem(program.get(address(row)), 404)["detail"]
    assert "没有这条记录" in problem(Client().get(address(row)), 404)["detail"]
    back = send(program, address(row, "confirm"), match=gone["ETag"])
    assert back.json()["record"]["review"] == "corrected"


def test_to_confirm_twice_is_harmless(library, program):
    row = row_of(library, "target")
    first = send(program, address(row, "confirm"), match="*")
    second = send(program, address(row, "confirm"), match="*")
    assert first.json()["action"]["verb"] == "confirm"
    assert (second.status_code, second.json()["action"]) == (200, None)
    assert Action.objects.count() == 1


@pytest.mark.parametrize("verb", ["", "confirm", "reject"])
def test_who_saw_an_older_version_is_told_what_changed(library, program, user, verb):
    row = row_of(library, "target")
    match = tag(program, row)
    done = correct(row, {"value": "15"}, user=user)
    assert done is not None
    before = everything()
    answer = send(
        program, address(row, verb), {} if verb else {"value": 16}, method="post" if verb else "patch", match=match
    )
    told = problem(answer, 412)
    assert (told["action"]["id"], told["record"]["value"]) == (str(done.pk), 15)
    assert "小林" in told["detail"]
    assert answer["ETag"] == tag(program, row)
    assert everything() == before
    required = send(program, address(row, verb), {} if verb else {"value": 16}, method="post" if verb else "patch")
    assert "If-Match" in problem(required, 428)["detail"]
    unquoted = send(
        program, address(row, verb), {} if verb else {"value": 16}, method="post" if verb else "patch", match="a-b"
    )
    assert "引号" in problem(unquoted, 400)["detail"]
    assert everything() == before


def test_what_moves_beside_a_record_is_in_nobodys_way(library, program, user):
    row = row_of(library, "target")
    match = tag(program, row)
    confirm([Target.objects.standing().filter(policy=row.policy).last()], user=user)
    assert tag(program, row) != match  # its policy's updated_at moved
    told = problem(send(program, address(row), {"value": 15}, method="patch", match=f'W/"x", W/{match}'), 400)
    assert "弱的 ETag" in told["detail"]
    assert send(program, address(row), {"value": 15}, method="patch", match=f'W/"x", {match}').status_code == 200
    problem(send(program, address(row), {"value": 16}, method="patch", match='"made-up"'), 412)


def test_readers_see_no_versions(library, client, program):
    row = row_of(library, "target")
    assert "-" in tag(program, row)
    assert "-" not in client.get(address(row))["ETag"]


@pytest.mark.parametrize(
    ("kind", "sent", "fields"),
    [
        ("target", {"value": "many"}, ["value"]),
        ("target", {"value": True, "op": "!", "colour": 1}, ["colour", "op", "value"]),
        ("target", {"indicator": ""}, ["indicator"]),
        ("target", {"value": 1e300}, ["value"]),
        ("target", {"year": 10**9}, ["year"]),
        ("policy", {"period": [2024, 99999]}, ["period"]),
        ("target", {"op": "range", "value_max": 1}, [""]),
        ("policy", {"period": [2026, 2024]}, [""]),
        ("policy", {"period": ["去年", 2024]}, ["period.0"]),
        ("policy", {"period": [10**9, 2024]}, ["period"]),
        ("policy", {"region": "亚特兰蒂斯", "topics": ["none"]}, ["region", "topics"]),
        ("policy", {"title": "名" * 301, "issued_on": "昨天"}, ["issued_on"]),
        ("policy", {"source": "字" * 201}, ["source"]),
        ("policy", {"issued_on": "1066-10-14"}, [""]),
        ("responsibility", {"agencies": [{"name": "省林业厅", "role": "boss"}]}, ["agencies.0.role"]),
        ("responsibility", {"agencies": "省林业厅"}, ["agencies"]),
        ("reference", {"title": None, "provision": ""}, [""]),
        ("provision", {"type": "verse"}, ["type"]),
        ("policy", {"state": "published", "slug": "x", "id": 1, "issue": 1}, ["id", "issue", "slug", "state"]),
        ("target", {"review": "confirmed", "original": {}, "policy": 1}, ["original", "policy", "review"]),
    ],
)  # fmt: skip
def test_each_field_that_is_wrong_is_named(library, program, kind, sent, fields):
    row, before = row_of(library, kind), everything()
    told = problem(send(program, address(row), sent, method="patch", match="*"), 400)
    assert sorted(error["field"] for error in told["errors"]) == fields
    assert all(error["field"] in error["detail"] for error in told["errors"])
    assert told["detail"] == "".join(error["detail"] for error in told["errors"])
    assert everything() == before


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ("", 400, "没有要更正"),
        ("[]", 400, "对象"),
        ("{", 400, "JSON：第 1 行第 2 个"),
        ('{"note": "为何"}', 400, "、year。"),
        ("[" * 100_000, 400, "太深"),
        ('{"value": NaN}', 400, "JSON"),
        (b'{"note": "\xff"}', 400, "UTF-8"),
        ('{"\\ud800": 1}', 400, "代理字符"),
        ('{"op": "\\ud800"}', 400, "代理字符"),
        (json.dumps({"note": "字" * 10**6}), 413, "文件以外的内容超过 2560 KB，没有接收"),
    ],
)
def test_bodies_that_hold_nothing_are_refused(library, program, body, status, told):
    path = address(row_of(library, "target"))
    answer = program.patch(path, body, content_type="application/json", headers={"If-Match": "*"})
    assert told in problem(answer, status)["detail"]
    assert not Action.objects.exists()


def test_other_formats_and_parameters_are_refused(library, program):
    path = address(row_of(library, "target"))
    form = program.patch(path, "value=1", content_type="application/x-www-form-urlencoded", headers={"If-Match": "*"})
    assert "application/json" in problem(form, 415)["detail"]
    problem(send(program, f"{path}?fields=id", {"value": 1}, method="patch", match="*"), 400)
    told = problem(send(program, "/api/v1/targets/4711/confirm/", match="*"), 404)["detail"]
    assert told == "没有这条记录；它可能已随新版本消失。", "who sees drafts is not told that it may be one"
    problem(send(program, "/api/v1/tables/1/", {"title": "表"}, method="patch"), 405)
    told = problem(program.delete(path), 405)["detail"]
    assert told == "这里不接受 DELETE；可用的方法：GET、PATCH、HEAD、OPTIONS。"
    problem(program.delete("/api/v1/policies/?fields=xyz"), 405)


def test_who_may_publish_is_told_to_who_may_not(library, user):
    editor = client_of(make_account("小李", Role.EDITOR, user=None), EDIT)
    refusal = problem(send(editor, f"/api/v1/issues/{library.issue.pk}/withdraw/"), 403)["detail"]
    assert refusal == "没有撤回的权限，须由主编来做。"


@pytest.mark.parametrize("path", ["runs/", "actions/", "targets/4711/confirm/"])
def test_who_works_at_the_desk_is_told_to_a_reader(library, user, path):
    reader = client_of(make_account("小李", Role.READER, user=None), EDIT)
    answer = reader.get(f"/api/v1/{path}") if path == "actions/" else send(reader, f"/api/v1/{path}", match="*")
    assert problem(answer, 403)["detail"] == "没有这样做的权限，须由编辑来做。"


def test_what_cannot_be_done_now_is_a_conflict(library, program):
    chapter = Provision.objects.get(policy=library.law, eid="chp_1")
    assert "下级条款" in problem(send(program, address(chapter, "reject"), match="*"), 409)["detail"]
    assert not Action.objects.exists()


def test_adding_what_the_machine_missed(library, program):
    said = {"policy": library.plan.slug, "line": 14, "quote": "算力规模超过1000 PFLOPS"}
    target = {"indicator": "算力", "op": ">", "value": 1000, "unit": "PFLOPS", "year": 2025}
    answer = send(program, "/api/v1/targets/", said | target)
    body = answer.json()
    assert answer.status_code == 201
    assert answer["Location"] == body["record"]["url"]
    assert (body["action"]["verb"], body["record"]["review"], body["record"]["eid"]) == ("add", "added", "sec_1")
    assert tag(program, Target.objects.get(review="added")) == answer["ETag"]
    told = problem(
        send(program, "/api/v1/targets/", said | {"quote": "无中生有", "value": 1, "op": "=", "indicator": "无"}), 400
    )
    assert told["errors"][0]["field"] == "quote"
    told = problem(send(program, "/api/v1/targets/", said | target | {"line": 4711}), 400)
    assert [error["field"] for error in told["errors"]] == ["line"]
    told = problem(send(program, "/api/v1/targets/", {"policy": "无"}), 400)
    assert {error["field"] for error in told["errors"]} == {"line", "quote", "indicator", "op", "value"}
    whose = send(program, "/api/v1/targets/", said | target | {"policy": "无"})
    assert problem(whose, 400)["errors"][0]["field"] == "policy"
    assert Action.objects.count() == 1


def test_an_issue_is_submitted_published_and_withdrawn(library, program):
    issue = f"/api/v1/issues/{library.draft_issue.year}-{library.draft_issue.number}/"
    Doubt.objects.create(issue=library.draft_issue, code="article-gap", line=4, message="条号不连续")
    assert send(program, f"{issue}submit/").json()["record"]["state"] == "in_review"
    assert "despite_doubts" in problem(send(program, f"{issue}publish/"), 409)["detail"]
    published = send(program, f"{issue}publish/", {"despite_doubts": True}).json()
    assert (published["record"]["state"], published["action"]["verb"]) == ("published", "publish")
    assert send(program, f"{issue}publish/").json()["action"] is None
    assert Policy.objects.get(pk=library.draft.pk).state == "published"
    for said in ({}, {"note": None}, {"note": " "}):
        (fault,) = problem(send(program, f"{issue}withdraw/", said), 400)["errors"]
        assert (fault["field"], fault["detail"]) == ("note", "字段 note 不合要求：请写明撤回的原因。")
    withdrawn = send(program, f"{issue}withdraw/", {"note": "附表有误"}).json()
    assert (withdrawn["record"]["state"], withdrawn["action"]["note"]) == ("withdrawn", "附表有误")
    problem(send(program, address(library.draft, "publish")), 409)
    problem(send(program, f"{issue}publish/", {"now": True}), 400)


def test_doubts_are_listed_settled_and_opened_again(library, program, user):
    doubt = Doubt.objects.get()
    listed = program.get("/api/v1/doubts/", {"issue": "2024-7", "settled": "false", "must_fix": "true"}).json()
    assert [row["id"] for row in listed["results"]] == [doubt.pk]
    settled = send(program, f"/api/v1/doubts/{doubt.pk}/settle/", {"note": "原文如此"}).json()
    assert (settled["record"]["note"], settled["record"]["settled_by"]) == ("原文如此", "小林")
    assert settled["action"]["verb"] == "settle"
    assert send(program, f"/api/v1/doubts/{doubt.pk}/settle/").json()["action"] is None
    told = problem(send(program, f"/api/v1/doubts/{doubt.pk}/settle/", {"note": "另有缘故"}), 409)
    assert "没有记下" in told["detail"]
    assert program.get("/api/v1/doubts/", {"settled": "false"}).json()["count"] == 0
    assert send(program, f"/api/v1/doubts/{doubt.pk}/reopen/").json()["record"]["settled_at"] is None


# Each operation: its method, its address, its body; with the roles that may, by a login or a key that may edit.
EDITORS, CHIEFS = {Role.EDITOR, Role.CHIEF, Role.ADMINISTRATOR}, {Role.CHIEF, Role.ADMINISTRATOR}
OPERATIONS: dict[str, tuple[Any, set[Role]]] = {
    "correct": (lambda lib: ("patch", address(row_of(lib, "target")), {"value": 9}), EDITORS),
    "confirm": (lambda lib: ("post", address(row_of(lib, "target"), "confirm"), {}), EDITORS),
    "reject": (lambda lib: ("post", address(row_of(lib, "target"), "reject"), {}), EDITORS),
    "add": (
        lambda lib: (
            "post",
            "/api/v1/references/",
            {"policy": lib.law.slug, "line": 3, "quote": "条例", "title": "条例"},
        ),
        EDITORS,
    ),
    "settle": (lambda lib: ("post", f"/api/v1/doubts/{Doubt.objects.get().pk}/settle/", {}), EDITORS),
    "doubts": (lambda lib: ("get", "/api/v1/doubts/", {}), EDITORS),
    "actions": (lambda lib: ("get", "/api/v1/actions/", {}), EDITORS),
    "submit": (lambda lib: ("post", f"/api/v1/issues/{lib.draft_issue.pk}/submit/", {}), EDITORS),
    "publish": (lambda lib: ("post", f"/api/v1/issues/{lib.draft_issue.pk}/publish/", {}), CHIEFS),
    "withdraw": (lambda lib: ("post", f"/api/v1/issues/{lib.issue.pk}/withdraw/", {"note": "有误"}), CHIEFS),
    "undo another's": (lambda lib: ("post", f"/api/v1/actions/{Action.objects.get(user=None).pk}/undo/", {}), CHIEFS),
}


@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_does_what_it_may_and_no_more(library, role):
    set_up_roles()
    confirm([library.law], user=None)
    clients: dict[str, Client] = {"anonymous": Client()}
    if role:
        account = make_account(f"of-{role}", role, user=None)
        account.is_staff = True  # so that a reader too may hold a key that edits
        clients = {"read": client_of(account, READ), "edit": client_of(account, EDIT), "session": Client()}
        clients["session"].force_login(account)
    for name, (ask, roles) in OPERATIONS.items():
        for how, client in clients.items():
            with transaction.atomic():
                method, path, body = ask(library)
                before = Action.objects.count()
                answer = client.get(path) if method == "get" else send(client, path, body, method=method, match="*")
                may = role in roles and how in {"edit", "session"}
                refusal = 403 if role else 401
                assert answer.status_code in ({200, 201} if may else {refusal}), (name, how, answer.content.decode())
                assert may or Action.objects.count() == before, (name, how)
                transaction.set_rollback(True)


def test_of_many_faults_the_first_are_named_and_the_others_counted(library, program):
    told = problem(
        send(
            program, address(row_of(library, "target")), dict.fromkeys(map(str, range(250))), method="patch", match="*"
        ),
        400,
    )
    assert len(told["errors"]) == 100
    assert told["detail"].endswith("另有 150 处没有列出。")


def test_a_body_in_chunks_is_refused_not_taken_for_empty(library, program):
    headers = {"Transfer-Encoding": "chunked", "If-Match": "*"}
    answer = program.post(address(row_of(library, "target"), "confirm"), headers=headers)
    assert "Content-Length" in problem(answer, 411)["detail"]
    assert not Action.objects.exists()


@pytest.mark.parametrize("taken", ["before", "after"])
def test_a_record_that_a_load_takes_away_meanwhile(library, program, taken, monkeypatch):
    """Before the action there is nothing to do; after it, what was done is still told."""
    row = row_of(library, "target")

    def confirm_and_lose(rows, **options):
        if taken == "before":
            rows[0].delete()
            rows[0].pk = row.pk
        done = confirm(rows, **options)
        Target.objects.filter(pk=row.pk).delete()
        return done

    monkeypatch.setattr("policies.api.writing.confirm", confirm_and_lose)
    answer = send(program, address(row, "confirm"), match="*")
    if taken == "before":
        assert "已经不在了" in problem(answer, 409)["detail"]
    else:
        body = answer.json()
        assert (answer.status_code, body["action"]["verb"], body["record"]) == (200, "confirm", None)
        assert "-" not in answer.get("ETag", "")


def test_options_tell_the_methods_alone(library, program, client):
    row = address(row_of(library, "target"))
    assert program.options(row).json() == {"methods": ["GET", "PATCH", "HEAD", "OPTIONS"]}
    assert client.options("/api/v1/policies/").json() == {"methods": ["GET", "HEAD", "OPTIONS"]}


def test_what_is_no_json_is_told_in_which_place(library, program):
    row = row_of(library, "target")
    answer = program.patch(address(row), "{值: 1}", content_type="application/json", headers={"If-Match": "*"})
    assert "第 1 行第 2 个字符" in problem(answer, 400)["detail"]


def test_who_lacks_the_right_key_is_told_which(library, user):
    path = address(row_of(library, "target"), "confirm")
    assert "做本人能做的一切" in problem(send(client_of(user, READ), path, match="*"), 403)["detail"]
    assert "Authorization: Bearer" in problem(send(Client(), path, match="*"), 401)["detail"]


def test_a_login_writes_only_with_its_token(library, user):
    row = row_of(library, "target")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    problem(send(browser, address(row, "confirm"), match="*"), 403)
    headers = {"X-CSRFToken": form_token(browser.get("/policies/")), "If-Match": "*"}
    answer = browser.post(address(row, "confirm"), "{}", content_type="application/json", headers=headers)
    assert answer.json()["record"]["review"] == "confirmed"
