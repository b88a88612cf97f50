"""The commands of docs/api.md work on what `make run` holds, and find something there."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from config.setup import prepare_database
from ingest import runs
from ingest.pipeline import ingest
from policies.models import Issue, Policy, Target
from policies.roles import Role
from search import indexing
from tests.policies.api.test_guide import GUIDE, key_of

SAMPLES = Path(__file__).resolve().parents[3] / "fixtures" / "samples"
COMMANDS = re.findall(r"(?m)^curl .*$", GUIDE)
READING = [command for command in COMMANDS if "-X POST" not in command]
WRITING = [command for command in COMMANDS if "-X POST" in command]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("samples")]


@pytest.fixture(scope="module")
def samples(kept, tmp_path_factory):
    """The invented issues, published, and their index."""
    prepare_database()
    for file in sorted(SAMPLES.glob("*.txt")):
        ingest(file.read_bytes(), file.name, publish=True)
    with override_settings(INDEX_FOLDER=tmp_path_factory.mktemp("guide") / "index"):
        indexing.rebuild()
        yield


def here(address: str) -> str:
    """The same address with the ids of this base, whose first ones are not 1."""
    policy, target = Policy.objects.earliest("pk"), Target.objects.earliest("pk")
    address = address.replace("policies/1/", f"policies/{policy.pk}/").replace("policy=1", f"policy={policy.pk}")
    return address.removeprefix("$HOST").replace("targets/1/", f"targets/{target.pk}/")


def test_there_are_commands():
    assert len(READING) >= 8


@pytest.mark.parametrize("command", READING)
def test_commands_find_something(client, command):
    words = shlex.split(command, comments=True)
    (address,) = (word for word in words if word.startswith("$HOST"))
    encoded = [words[place + 1] for place, word in enumerate(words) if word == "--data-urlencode"]
    assert address.isascii()
    address += ("&" if "?" in address else "?") + "&".join(encoded) if encoded else ""
    response = client.get(here(address))
    if "kind=laws" in command:
        assert response.json()["type"] in GUIDE
        assert response.json()["detail"] in GUIDE
        return
    assert response.status_code == 200
    if response.streaming:
        assert len(b"".join(response.streaming_content).splitlines()) > 1
        return
    told = response.json()
    assert any(told[name] for name in ("results", "hits", "id") if name in told) if isinstance(told, dict) else told


def test_commands_that_write_are_done(client, monkeypatch):
    monkeypatch.setattr(runs, "send", lambda run_id: None)
    key, done = key_of(Role.CHIEF), []
    for command in WRITING:
        words = shlex.split(command, comments=True)
        after = {name: words[place + 1] for place, name in enumerate(words[:-1])}
        headers = dict(word.split(": ", 1) for word in words if ": " in word and not word.startswith("{"))
        assert headers["Authorization"] == "Bearer $KEY"
        body: dict[str, Any] = {"data": after.get("--json", "{}"), "content_type": "application/json"}
        if "-F" in words:
            file = SimpleUploadedFile("2031-01.txt", "第一条 驿站。".encode())
            body = {"data": {after["-F"].partition("=")[0]: file}}
        answer = client.post(here(after["POST"]), **body, headers=headers | {"Authorization": f"Bearer {key}"})
        assert answer.status_code in {200, 202}, answer.content.decode()
        done.append(answer.json())
    assert [run["filename"] for run in done[0]["runs"]] == ["2031-01.txt"]
    assert [one["action"]["verb"] for one in done[1:]] == ["confirm", "withdraw", "publish"]
    assert not Issue.objects.exclude(state="published").exists(), "what the guide took from readers it gave back"
