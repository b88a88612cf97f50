"""Programs upload files, follow their runs and decide on them, as editors do at the desk."""

from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ingest.models import Batch, Run, RunEvent
from ingest.tasks import run_ingest
from policies.actions.manage_accounts import make_account
from policies.actions.manage_keys import make_key
from policies.actions.publish import publish
from policies.actions.withdraw import withdraw
from policies.models import ApiKey, Issue, Target
from policies.roles import Role, set_up_roles
from tests.ingest.bad_files import SAMPLE
from tests.ingest.builders import zipped
from tests.pages import form_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]
RUNS = "/api/v1/runs/"
READ, EDIT = ApiKey.Scope


def key_of(role: Role, scope: ApiKey.Scope = EDIT) -> dict[str, str]:
    """The header of a key of an account of this role."""
    set_up_roles()
    user = make_account(f"{role.label}-{scope}", role, user=None)
    return {"Authorization": f"Bearer {make_key('周报', scope, user=user)[1]}"}


@pytest.fixture
def program(client):
    """Asks with an editor's key."""
    return Client(headers=key_of(Role.EDITOR))


def upload(client, content, name="驿站.txt", **headers):
    return client.post(RUNS, {"file": SimpleUploadedFile(name, content)}, headers=headers)


def decide(client, run_url, decision, body=None):
    return client.post(f"{run_url}{decision}/", body or {}, content_type="application/json")


def problem(answer, status):
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


def test_an_upload_is_followed_to_its_end(program, gazetteer_kept):
    answer = upload(program, SAMPLE.encode(), "甲.txt")
    assert answer.status_code == 202
    (queued,) = answer.json()["runs"]
    assert (queued["state"], queued["settled"], queued["batch"]) == ("queued", False, None)
    assert answer["Location"] == queued["url"]
    run_ingest(queued["id"])
    Run.objects.update(indexed_at="2031-01-01T00:00:00Z")
    done = program.get(queued["url"]).json()
    assert (done["state"], done["outcome"], done["settled"]) == ("done", "loaded", True)
    assert done["issue"]["id"] == Issue.objects.get().pk
    assert done["created_by"] == "编辑-edit"
    assert done["counts"]["policies"] == Issue.objects.get().policies.count()
    assert done["doubts"]["unsettled"] == Issue.objects.get().doubts.unsettled().count()
    assert {step["state"] for step in done["steps"]} == {"done"}
    assert [event["message"] for event in done["events"]] == list(RunEvent.objects.values_list("message", flat=True))


def test_the_same_bytes_again_change_nothing_and_others_wait(program, gazetteer_kept):
    run_ingest(upload(program, SAMPLE.encode()).json()["runs"][0]["id"])
    again = upload(program, SAMPLE.encode()).json()["runs"][0]
    run_ingest(again["id"])
    assert program.get(again["url"]).json()["outcome"] == "unchanged"
    target = next(target for target in Target.objects.all() if target.value == int(target.value))
    number = f"{int(target.value)}"
    other = upload(program, SAMPLE.replace(number, f"{number}0").encode()).json()["runs"][0]
    run_ingest(other["id"])
    waiting = program.get(other["url"]).json()
    assert (waiting["state"], waiting["settled"]) == ("waiting", True)
    changed = waiting["changes"]["policies"][0]["kinds"]
    assert any(row["before"] != row["after"] for kind in changed for row in kind["rows"])
    accepted = decide(program, other["url"], "accept")
    assert (accepted.status_code, accepted.json()["state"]) == (200, "queued")
    assert accepted.json()["accepted_by"] == "编辑-edit"
    run_ingest(other["id"])
    assert program.get(other["url"]).json()["outcome"] == "replaced"
    assert not Target.objects.filter(pk=target.pk, value=target.value).exists()


def test_another_version_of_what_readers_see_is_for_the_chief_editor(program, gazetteer_kept, client):
    run_ingest(upload(program, SAMPLE.encode()).json()["runs"][0]["id"])
    publish(Issue.objects.get(), user=None)
    other = upload(program, SAMPLE.encode() + b"\n").json()["runs"][0]
    run_ingest(other["id"])
    waiting = program.get(other["url"]).json()
    assert waiting["changes"]["published"] is True
    assert "没有差别" in waiting["message"]
    assert "主编" in problem(decide(program, other["url"], "accept"), 403)["detail"]
    assert program.get(other["url"]).json()["state"] == "waiting"
    assert decide(Client(headers=key_of(Role.CHIEF)), other["url"], "accept").status_code == 200


def test_whether_readers_see_what_a_version_replaces_is_told_as_it_is_now(program, gazetteer_kept):
    run_ingest(upload(program, SAMPLE.encode()).json()["runs"][0]["id"])
    other = upload(program, SAMPLE.encode() + b"\n").json()["runs"][0]
    run_ingest(other["id"])
    told = [program.get(other["url"]).json()["changes"]["published"]]
    for move in (publish, partial(withdraw, note="有误")):
        move(Issue.objects.get(), user=None)
        told.append(program.get(other["url"]).json()["changes"]["published"])
    Run.objects.filter(pk=other["id"]).update(changes={"policies": [], "unchanged": 9})  # as version 0.1 kept it
    told.append(program.get(other["url"]).json()["changes"]["published"])
    assert told == [False, True, False, None]


def test_many_files_are_a_batch_that_names_what_it_refused(program):
    files = [
        SimpleUploadedFile("甲.txt", SAMPLE.encode()),
        SimpleUploadedFile("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99),
        SimpleUploadedFile("包.zip", zipped({"乙.txt": SAMPLE.encode()})),
    ]
    answer = program.post(RUNS, {"file": files})
    body, batch = answer.json(), Batch.objects.get()
    assert answer["Location"] == body["batch"] == f"http://testserver/api/v1/batches/{batch.pk}/"
    assert [run["filename"] for run in body["runs"]] == ["包.zip／乙.txt", "甲.txt"]
    assert body["refused"] == batch.refused
    whole = program.get(body["batch"]).json()
    assert whole["progress"] == {"done": 0, "steps": 10, "settled": False}
    assert whole["runs"] == body["runs"]
    assert program.get("/api/v1/batches/").json()["results"] == [whole]


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 400, "空的"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 99, 400, "图片"),
        (b"a" * (20 * 1024**2 + 1), 413, "超过 20 MB"),
    ],
    ids=["empty", "picture", "too large"],
)
def test_what_is_not_taken_is_told_as_the_desk_tells_it(program, content, status, words):
    told = problem(upload(program, content), status)
    assert [error["field"] for error in told["errors"]] == ["file"]
    assert words in told["errors"][0]["detail"]
    assert not Run.objects.exists()


def test_what_is_no_file_of_an_upload_is_named(program):
    """Files under another name, fields, and what comes in chunks; a good file beside them is not taken either."""
    sent = {"file": SimpleUploadedFile("甲.txt", b"x"), "files": SimpleUploadedFile("乙.txt", b"y"), "publish": "1"}
    told = problem(program.post(RUNS, sent), 400)
    assert [(error["field"], error["allowed"]) for error in told["errors"]] == [
        ("files", ["file"]),
        ("publish", ["file"]),
    ]
    problem(program.post(RUNS, {}, headers={"Transfer-Encoding": "chunked"}), 411)
    assert not Run.objects.exists()


def test_an_upload_has_to_be_one(program):
    assert "没有名为 file 的文件" in problem(program.post(RUNS, {}), 400)["detail"]
    refusal = problem(program.post(RUNS, {"file": "甲"}, content_type="application/json"), 415)["detail"]
    assert refusal == "请求的内容应为：表单（Content-Type: multipart/form-data），文件放在 file 字段。"
    assert "超过 2560 KB" in problem(program.post(RUNS, {"text": "字" * 1_000_000}), 413)["detail"]
    assert "超过 1000 个" in problem(program.post(RUNS, {f"f{number}": "" for number in range(1001)}), 413)["detail"]
    assert "不是完整的" in problem(program.post(RUNS, b"x", content_type="multipart/form-data"), 400)["detail"]
    problem(program.post(f"{RUNS}?replace=true", {"file": SimpleUploadedFile("甲.txt", b"x")}), 400)
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("state", "decision", "then"),
    [
        ("queued", "cancel", "cancelled"),
        ("running", "cancel", "cancelled"),
        ("failed", "retry", "queued"),
        ("cancelled", "retry", "queued"),
        ("waiting", "accept", "queued"),
        ("waiting", "decline", "cancelled"),
    ],
)
def test_a_program_decides_as_the_desk_does(program, state, decision, then, django_user_model):
    ones = [
        Run.objects.create(
            filename="驿站.txt", content=b"1", size=1, sha256="0" * 64, state=state,
            changes={"policies": [], "unchanged": 1}, heartbeat_at="2031-01-01T00:00:00Z",
        )
        for _ in range(2)
    ]  # fmt: skip
    answer = decide(program, f"{RUNS}{ones[0].pk}/", decision)
    assert (answer.status_code, answer.json()["state"]) == (200, then)
    desk = Client()
    desk.force_login(django_user_model.objects.get(username="编辑-edit"))
    desk.post(reverse(f"desk:{decision}", args=[ones[1].pk]))
    by_program, by_desk = (
        {**Run.objects.filter(pk=one.pk).values("state", "message", "changes", "accepted_by", "outcome").get(),
         "log": list(one.events.values_list("message", flat=True))}
        for one in ones
    )  # fmt: skip
    assert by_program == by_desk
    assert problem(decide(program, f"{RUNS}{ones[0].pk}/", decision), 409)["detail"]


def test_a_decision_takes_no_fields_and_needs_a_run(program):
    run = Run.objects.create(filename="驿站.txt", content=b"1", size=1, sha256="0" * 64)
    told = problem(decide(program, f"{RUNS}{run.pk}/", "cancel", {"now": True}), 400)
    assert told["errors"][0]["field"] == "now"
    assert Run.objects.get().state == "queued"
    problem(decide(program, f"{RUNS}{'0' * 36}/", "cancel"), 404)
    problem(program.get(f"{RUNS}{'-' * 36}/"), 404)
    problem(program.get(f"{RUNS}{run.pk}/cancel/"), 405)


def test_runs_are_listed_by_the_page_and_by_state(program):
    for state in ("queued", "failed"):
        Run.objects.create(filename=state, content=b"1", size=1, sha256="0" * 64, state=state)
    listed = program.get(RUNS, {"state": "failed"}).json()
    assert (listed["count"], listed["results"][0]["filename"]) == (1, "failed")
    assert program.get(RUNS, {"page_size": 1}).json()["next"]
    problem(program.get(RUNS, {"state": "lost"}), 400)
    problem(program.get(RUNS, {"cursor": "*"}), 400)


@pytest.mark.parametrize("scope", ApiKey.Scope)
@pytest.mark.parametrize("role", Role)
def test_who_may_upload_and_look_by_a_key(role, scope):
    run = Run.objects.create(filename="驿站.txt", content=b"1", size=1, sha256="0" * 64)
    asked = Client(headers=key_of(role, scope))
    may = scope == EDIT and role is not Role.READER
    assert {asked.get(RUNS).status_code, asked.get(f"{RUNS}{run.pk}/").status_code} == {200 if may else 403}
    assert decide(asked, f"{RUNS}{run.pk}/", "cancel").status_code == (200 if may else 403)
    assert upload(asked, SAMPLE.encode()).status_code == (202 if may else 403)
    assert Run.objects.count() == (2 if may else 1)


@pytest.mark.parametrize("role", Role)
def test_another_key_is_spoken_of_to_those_only_who_may_make_it(role):
    refused = problem(Client(headers=key_of(role, READ)).get(RUNS), 403)["detail"]
    assert ("请用范围为" in refused) == (role is not Role.READER)


def test_strangers_are_asked_who_they_are(client):
    answer = upload(client, SAMPLE.encode())
    problem(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer")
    problem(client.get(RUNS), 401)


def test_a_login_writes_only_with_its_token(django_user_model):
    set_up_roles()
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_account("小林", Role.EDITOR, user=None))
    refused = problem(upload(client, SAMPLE.encode()), 403)["detail"]
    assert "X-CSRFToken" in refused
    assert "csrfmiddlewaretoken" in refused
    token = form_token(client.get("/policies/"))
    assert upload(client, SAMPLE.encode(), **{"X-CSRFToken": token}).status_code == 202
    problem(upload(client, b"a" * (20 * 1024**2 + 1), **{"X-CSRFToken": token}), 413)
    assert Run.objects.get(created_by__username="小林")
