"""The API keeps to its OpenAPI document: schemathesis asks every operation what it allows, and what it does not."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance
from werkzeug.test import Client as Sender

from ingest.actions import submit_batch
from ingest.intake import File
from policies.actions.confirm import confirm
from policies.actions.manage_accounts import make_account
from policies.actions.manage_keys import make_key
from policies.models import ApiKey, Doubt
from policies.roles import Role, set_up_roles

CONFIG: dict[str, Any] = {
    "seed": 1,
    # A zero byte is refused everywhere, which no schema says; keys are real, or there is none.
    "generation": {"allow-x00": False, "with-security-parameters": False},
    # A version that is not the record's is refused as such before anything else is looked at.
    "checks": {"negative_data_rejection": {"expected-statuses": [400, 401, 404, 412, 415, 428]}},
}
few = settings(
    max_examples=2, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"}
NOTHING_TO_REFUSE = {  # no parameter but a key, which may be any text; no body
    "POST /api/v1/issues/{id}/submit/", "POST /api/v1/policies/{id}/submit/",
}  # fmt: skip
# What names something has to be in the base, which the document cannot say; `{0}` is the base.
NAMES = {
    "agency": "{0.data_bureau.pk}", "issuer": "{0.data_bureau.pk}", "region": "浙江", "parent": "浙江",
    "topic": "数字政府", "column": "地方新政", "issue": "2031-1", "policy": "{0.plan.pk}", "cited_policy": "{0.law.pk}",
    "user": "小林",
}  # fmt: skip


@pytest.fixture
def keys(indexed) -> dict[str, str]:
    """What stands for the key in an address, by the resource."""
    set_up_roles()
    user = make_account("小林", Role.CHIEF, user=None)
    plan, law = indexed.plan, indexed.law
    made = {
        "actions": confirm([law], user=user), "agencies": indexed.data_bureau,
        "batches": submit_batch([File("甲.txt", "一".encode())], [], user=user),
        "doubts": Doubt.objects.create(policy=law, code="article-gap", line=1, message="不连续"),
        "exports": plan, "issues": indexed.issue, "policies": plan, "provisions": plan.provisions.first(),
        "observations": law.observation_set.first(), "obligations": law.obligation_set.first(),
        "references": plan.reference_set.first(), "responsibilities": plan.responsibility_set.first(),
        "tables": plan.tables.first(), "targets": plan.target_set.first(),
    }  # fmt: skip
    pks = {resource: str(row.pk) for resource, row in made.items()}
    return pks | {"runs": str(made["batches"].runs.get().pk), "regions": "330000"}


@pytest.fixture
def program(keys) -> dict[str, str]:
    """The header of a chief editor's key."""
    return {"Authorization": f"Bearer {make_key('程序', ApiKey.Scope.EDIT, user=User.objects.get())[1]}"}


@pytest.fixture
def contract(db) -> Iterator[Any]:
    """The document as it is served; requests leave the connection open, and so the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    config = SchemathesisConfig.from_dict(CONFIG)
    yield schemathesis.openapi.from_wsgi("/api/v1/schema/", WSGIHandler(), config=config)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations(contract) -> Iterator[Any]:
    return (found.ok() for found in contract.get_all_operations())


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_operation_keeps_to_the_document(mode, contract, keys, program, indexed, subtests):
    """All of schemathesis's checks, with a key that may do all and without one; nothing that was written stays."""
    for operation in operations(contract):
        if mode.is_negative and operation.label in NOTHING_TO_REFUSE:
            continue
        # The words of an addition must stand in the text, a file's name and content be such as are read.
        left_out = [positive_data_acceptance] if operation.body else []
        cases = operation.as_strategy(mode, **fixed(operation, mode, keys))
        if mode.is_positive:
            cases = cases.map(lambda case: named(case, indexed))
        with subtests.test(operation.label):
            check(cases, program, left_out)


def check(cases: SearchStrategy[Case], program: dict[str, str], left_out: list[Any]) -> None:
    @few
    @given(cases)
    def keeps(case: Case) -> None:
        for headers in (program, {}):
            with transaction.atomic():
                case.call_and_validate(headers=headers, excluded_checks=left_out)
                transaction.set_rollback(True)

    keeps()


def fixed(operation, mode: GenerationMode, keys: dict[str, str]) -> dict[str, Any]:
    """What is not drawn, so that the rest is looked at: the record, and that any version of it may be written."""
    parts: dict[str, Any] = {}
    if mode.is_positive or operation.body or operation.headers:
        parts["path_parameters"] = place(operation.path, keys)
    if operation.headers and (mode.is_positive or operation.body):
        parts["headers"] = {"If-Match": "*"}
    return parts


def place(path: str, keys: dict[str, str]) -> dict[str, str]:
    """The key in an address, by its name there."""
    return {name: keys[path.split("/")[3]] for name in ("id", "code", "key") if f"{{{name}}}" in path}


def named(case: Case, base) -> Case:
    """The case with what is allowed put right where the document cannot say what is."""
    query = case.query
    for name in NAMES.keys() & query.keys():
        one = NAMES[name].format(base)
        query[name] = [one] if isinstance(query[name], list) else one
    if "cursor" in query:  # which goes with neither
        query.pop("page", None)
        query.pop("ordering", None)
    for name in query.keys() & {"value_min", "value_max"}:  # of so many digits at most, and of a unit
        query |= {name: 3000, "unit": "个"}
    if isinstance(case.body, dict) and "quote" in case.body:
        case.body |= {"policy": str(base.plan.pk), "line": 1, "quote": "一"}
    return case


def test_what_is_uploaded_is_answered_by_the_document(contract, program):
    file = (BytesIO("第一条　新建驿站。".encode()), "驿站.txt")
    answer = Sender(WSGIHandler()).post("/api/v1/runs/", data={"file": file}, headers=program)
    assert answer.status_code == 202
    contract["/api/v1/runs/"]["POST"].validate_response(answer)


def test_other_methods_are_refused_and_told_those_that_are_not(contract, keys, program):
    client = Client(headers=program)
    methods: dict[str, set[str]] = {}
    for operation in operations(contract):
        methods.setdefault(operation.path, set()).add(operation.method.upper())
    for path, known in methods.items():
        address = path.format(**{"ending": "json"} | place(path, keys))
        for method in METHODS - known:
            answer = client.generic(method, f"{address}?page=1")  # whatever else there is to say
            assert answer.status_code == 405, (method, address)
            assert set(answer["Allow"].split(", ")) - {"HEAD", "OPTIONS"} == known, address
