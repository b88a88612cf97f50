"""docs/api.md says what is so: its commands work, its tables are whole."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from policies.api.urls import router
from policies.models import RequestCount

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"(?m)^curl .*$", GUIDE)
BLOCKS = re.findall(r"(?ms)^```python\n(.*?)^```", GUIDE)

pytestmark = pytest.mark.django_db


def test_there_are_commands():
    assert len(COMMANDS) >= 8


@pytest.mark.parametrize("command", COMMANDS)
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
        assert named | {"ordering"} == set(view.filterset_class.base_filters), prefix
