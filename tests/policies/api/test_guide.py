"""docs/api.md says what is so: its Python runs, its tables are whole; test_guide_commands.py tries its commands."""

import re
from pathlib import Path
from typing import Any

import pytest

from policies.actions.manage_accounts import make_account
from policies.actions.manage_keys import make_key
from policies.api.urls import router
from policies.models import ApiKey, RequestCount, Target
from policies.roles import Role, set_up_roles

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?ms)^```python\n(.*?)^```", GUIDE)

pytestmark = pytest.mark.django_db


def key_of(role: Role) -> str:
    set_up_roles()
    return make_key("程序", ApiKey.Scope.EDIT, user=make_account(role.label, role, user=None))[1]


def test_python_examples_run_against_a_server(live_server, base):
    known: dict[str, Any] = {}
    for block in BLOCKS:
        exec(block.replace("http://127.0.0.1:8000", live_server.url).replace("云南", "浙江"), known)  # noqa: S102 our own words
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
        exec(block.replace("http://127.0.0.1:8000", live_server.url).replace("云南", "浙江"), known)  # noqa: S102 our own words
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
