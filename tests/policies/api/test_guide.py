"""docs/api.md says what is so: its commands work, its tables are whole."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ingest import runs
from policies.actions.manage_accounts import make_account
from policies.actions.manage_keys import make_key
from policies.api.urls import router
from policies.models import ApiKey, RequestCount, Target
from policies.roles import Role, set_up_roles

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"(?m)^curl .*$", GUIDE)
BLOCKS = re.findall(r"(?ms)^```python\n(.*?)^```", GUIDE)

pytestmark = pytest.mark.django_db


def test_there_are_commands():
    assert len(COMMANDS) >= 8


READING = [command for command in COMMANDS if "-X POST" not in command]


def key_of(role: Role) -> str:
    set_up_roles()
    return make_key("程序", ApiKey.Scope.EDIT, user=make_account(role.label, role, user=None))[1]


def test_commands_that_write_are_done(client, base, monkeypatch):
    monkeypatch.setattr(runs, "send", lambda run_id: None)
    key, done = key_of(Role.CHIEF), []
    for command in COMMANDS:
        words = shlex.split(command, comments=True)
        if "-X" not in words:
            continue
        after = {name: words[place + 1] for place, name in enumerate(words[:-1])}
        headers = dict(word.split(": ", 1) for word in words if ": " in word and not word.startswith("{"))
        assert headers["Authorization"] == "Bearer $KEY"
        path = after["POST"].removeprefix("$HOST").replace("2023-48", "2031-1")
        path = path.replace("targets/1/", f"targets/{Target.objects.order_by('pk')[0].pk}/")
        body: dict[str, Any] = {"data": after.get("--json", "{}"), "content_type": "application/json"}
        if "-F" in words:
            file = SimpleUploadedFile("2031-01.txt", "第一条 驿站。".encode())
            body = {"data": {after["-F"].partition("=")[0]: file}}
        answer = client.post(path, **body, headers=headers | {"Authorization": f"Bearer {key}"})
        assert answer.status_code in {200, 202}, answer.content.decode()
        done.append(answer.json())
    assert [run["filename"] for run in done[0]["runs"]] == ["2031-01.txt"]
    assert [one["action"]["verb"] for one in done[1:]] == ["confirm", "withdraw"]


@pytest.mark.parametrize("command", READING)
def test_commands_are_answered(client, indexed, command):
    words = shlex.split(command, comments=True)
    (address,) = (word for word in words if word.startswith("$HOST"))
    encoded = [words[place + 1] for place, word in enumerate(words) if word == "--data-urlencode"]
    assert address.isascii()
    address += ("&" if "?" in address else "?") + "&".join(encoded) if encoded else ""
    for written, here in {"policies/1/": "policies/{}/", "policy=1": "policy={}", "2023-48": "2031-1"}.items():
        address = address.replace(written, here.format(indexed.plan.pk))
    response = client.get(address.removeprefix("$HOST"))
    if "kind=laws" in command:
        assert response.json()["type"] in GUIDE
        assert response.json()["detail"] in GUIDE
    else:
        assert response.status_code == 200, response.json()


def test_python_examples_run_against_a_server(live_server, base):
    known: dict[str, Any] = {}
    for block in BLOCKS:
        exec(block.replace("http://127.0.0.1:8000", live_server.url), known)  # noqa: S102 our own words
    assert [plan["slug"] for plan in known["plans"]["results"]] == [base.plan.slug]
    assert [target["indicator"] for target in known["targets"]] == ["数字驿站", "满意度"]
    assert known["tag"]
    target = Target.objects.get(indicator="数字驿站")
    key = key_of(Role.EDITOR)
    action, record = known["correct"](key, target.pk, value=3200)
    assert (record["value"], action["note"]) == (3200, "as in the annex")
    assert known["undo"](key, action)["undoes"] == action["id"]
    assert Target.objects.get(pk=target.pk).value == 3000
    assert list(known["mirror"]["policies"]) == [base.plan.pk, base.law.pk, base.lone.pk]


def test_the_guide_waits_when_it_asked_too_often(live_server, base, settings):
    known: dict[str, Any] = {}
    for block in BLOCKS[:2]:
        exec(block.replace("http://127.0.0.1:8000", live_server.url), known)  # noqa: S102 our own words
    settings.API_LIMIT_ANONYMOUS = 1
    waits = []

    def sleep(seconds: int) -> None:
        waits.append(seconds)
        RequestCount.objects.all().delete()

    known["sleep"] = sleep
    assert [row["indicator"] for row in known["every"]("targets/", page_size=1)] == ["数字驿站", "满意度"]
    assert all(0 < seconds <= 60 for seconds in waits)
    assert waits


def test_the_table_names_every_resource_and_filter():
    rows = dict(re.findall(r"(?m)^\| `(\w+)/` \|.*\| ([^|]*) \|$", GUIDE))
    views: list[tuple[str, Any, str]] = router.registry
    for prefix, view, _ in views:
        named = set(re.findall(r"`(\w+)`", rows[prefix]))
        assert named == set(view.filterset_class.base_filters) - {"ordering"}, prefix
