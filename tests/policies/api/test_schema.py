"""The OpenAPI document is whole, and answers keep to it."""

import json
import warnings
from pathlib import Path

import jsonschema
import pytest
import yaml
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from policies.actions.manage_accounts import make_account
from policies.actions.publish import publish
from policies.api.exports import FILTERS
from policies.api.urls import router
from policies.exports.files import formats_of
from policies.exports.kinds import KINDS
from policies.models import Doubt
from policies.roles import Role, set_up_roles

KEPT = Path(__file__).resolve().parents[3] / "docs" / "openapi.yaml"

READ_BY_ALL = [prefix for prefix, view, _ in router.registry if getattr(view, "to_read", None) is None]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def document():
    return SchemaGenerator().get_schema(request=None, public=True)


def test_the_document_is_valid_and_made_without_warnings():
    GENERATOR_STATS.reset()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(made)
    assert made["openapi"].startswith("3.1")
    assert not GENERATOR_STATS


def test_the_document_is_served_as_json(client, document):
    response = client.get("/api/v1/schema/")
    assert response.status_code == 200
    assert set(response.json()["paths"]) == set(document["paths"])


def operations(document):
    """(path, method, operation) of all."""
    return [(path, method, told) for path, item in document["paths"].items() for method, told in item.items()]


def test_every_parameter_is_documented_with_words(document):
    for path, method, operation in operations(document):
        assert operation["summary"], (path, method)
        for parameter in operation.get("parameters", []):
            assert parameter.get("description"), f"{method} {path} {parameter['name']}"


@pytest.mark.parametrize("name", READ_BY_ALL)
def test_answers_keep_to_the_document(get, document, base, name):
    answer = get(f"{name}/")
    conforms(document, f"/api/v1/{name}/", answer)
    assert answer["results"]
    for row in answer["results"]:
        key = row["code" if name == "regions" else "id"]
        path = next(path for path in document["paths"] if path.startswith(f"/api/v1/{name}/{{"))
        conforms(document, path, get(f"{name}/{key}/"))


def test_a_search_keeps_to_the_document(get, document, indexed):
    answer = get("search/", q="驿站 地区:亚特兰蒂斯 OR 驿站")
    assert answer["hits"]
    assert answer["messages"]
    conforms(document, "/api/v1/search/", answer)


def test_what_editors_write_and_read_keeps_to_the_document(client, document, base):
    set_up_roles()
    client.force_login(make_account("小林", Role.EDITOR, user=None))
    Doubt.objects.create(policy=base.law, code="article-gap", line=1, message="不连续")

    def sent(method, path, key, body):
        address, headers = f"/api/v1/{path.format(id=key)}", {"If-Match": "*"}
        answer = getattr(client, method)(address, json.dumps(body), content_type="application/json", headers=headers)
        told = document["paths"][f"/api/v1/{path}"][method]["responses"][str(answer.status_code)]
        keeps_to(document, next(iter(told["content"].values()))["schema"], answer.json())
        return answer.json()

    target = base.plan.target_set.get(indicator="数字驿站").pk
    done = sent("patch", "targets/{id}/", target, {"value": 5})["action"]
    sent("post", "actions/{id}/undo/", done["id"], {})
    sent("post", "targets/{id}/reject/", target, {})
    sent("patch", "policies/{id}/", base.law.pk, {"kind": "plan"})
    sent("post", "issues/{id}/submit/", base.draft_issue.pk, {})
    sent("post", "doubts/{id}/settle/", Doubt.objects.get().pk, {})
    for path, key in (("doubts/", None), ("actions/", None), ("actions/{id}/", done["id"])):
        conforms(document, f"/api/v1/{path}", client.get(f"/api/v1/{path.format(id=key)}").json())


def test_changes_keep_to_the_document(get, document, base):
    publish(base.draft_issue, user=None)
    answer = get("changes/", expand="record")
    assert answer["results"]
    conforms(document, "/api/v1/changes/", answer)


def conforms(document, path, answer):
    keeps_to(
        document, document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"], answer
    )


def keeps_to(document, schema, answer):
    whole = closed(schema | {"components": document["components"]})
    jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(answer)


def closed(schema):
    """The schema with objects that allow nothing but what they name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {name: closed(part) for name, part in schema.items()}
    if isinstance(schema.get("properties"), dict):
        shut["additionalProperties"] = False
    return shut


def test_a_problem_keeps_to_the_document(refused, document):
    schema = {"$ref": "#/components/schemas/Problem", "components": document["components"]}
    jsonschema.Draft202012Validator(closed(schema)).validate(refused("policies/", kind="laws", year="去年"))
    jsonschema.Draft202012Validator(closed(schema)).validate(refused("policies/4711/", 404))


def test_the_document_is_the_one_that_is_kept(document):
    """Where it is meant to change: `manage.py spectacular --file docs/openapi.yaml`."""
    assert yaml.safe_load(KEPT.read_text(encoding="utf-8")) == json.loads(json.dumps(document, default=str))


def test_every_operation_shows_an_example_that_keeps_to_it(document):
    for path, method, operation in operations(document):
        if "/exports/" in path:  # files
            continue
        (done,) = (answer for code, answer in operation["responses"].items() if code.startswith("2"))
        content = done["content"]["application/json"]
        assert content.get("examples"), (path, method)
        for example in content["examples"].values():
            keeps_to(document, content["schema"], example["value"])


def test_every_operation_tells_how_it_fails(document):
    for path, method, operation in operations(document):
        told, parameters = operation["responses"], {one["name"] for one in operation.get("parameters", [])}
        assert {"400", "401", "414", "429", "500"} <= told.keys(), (path, method)
        assert ("404" in told) == ("{" in path or "page" in parameters), (path, method)
    failures = document["components"]["responses"]
    assert failures["TooManyRequests"]["headers"]["Retry-After"]
    assert all("application/problem+json" in one["content"] for name, one in failures.items() if name != "TooLong")


def test_every_download_is_told_with_its_formats_and_filters(document):
    for kind in KINDS.values():
        operation = document["paths"][f"/api/v1/exports/{kind.name}.{{ending}}"]["get"]
        parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
        assert set(parameters["ending"]["schema"]["enum"]) == {made.ending for made in formats_of(kind)}
        assert parameters.keys() - {"ending"} == FILTERS[kind.name].base_filters.keys()
        assert set(operation["responses"]["200"]["content"]) == {
            made.mime.partition(";")[0] for made in formats_of(kind)
        }
