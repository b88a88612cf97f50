"""Every failure under /api/ has one shape."""

import pytest
from django.test import Client
from rest_framework.exceptions import Throttled
from rest_framework.test import APIRequestFactory

from policies.api.errors import handle

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/api/nothing/", "/api/v1/nothing/", "/api/v1/policies/a/b/", "/api/v2/issues/"])
def test_addresses_that_are_not_there(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "没有找到",
        "status": 404,
        "detail": f"没有 {path} 这个地址；可用的地址见 /api/。",
        "instance": path,
    }


def test_what_is_sent_where_nothing_is_is_told_so():
    program = Client(enforce_csrf_checks=True)
    for path in ("/api/v1/nothing/", "/api/v1/targets/1/confirm"):
        answer = program.post(path, "{}", content_type="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_digits_of_other_scripts_name_no_issue(refused):
    assert refused("issues/２０３１/", 404)["title"] == "没有找到"


def test_a_forgotten_slash_is_put_right(client):
    response = client.get("/api/v1/issues?year=2031")
    assert response.status_code == 301
    assert response["Location"] == "/api/v1/issues/?year=2031"


def test_a_record_that_is_not_there(refused):
    problem = refused("policies/4711/", 404)
    assert problem["instance"] == "/api/v1/policies/4711/"
    assert problem["title"] == "没有找到"


def test_a_condition_that_does_not_hold_is_told_in_words(client, base):
    for headers in ({"if-match": '"x"'}, {"if-unmodified-since": "Thu, 01 Jan 1970 00:00:01 GMT"}):
        answer = client.get(f"/api/v1/policies/{base.plan.pk}/", headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (412, "application/problem+json")
        assert (answer.json()["status"], answer.json()["title"]) == (412, "条件不符")


def test_the_page_about_the_api_has_no_problem_for_a_body(client):
    answer = client.get("/api/", headers={"if-match": '"x"'})
    assert (answer.status_code, answer.content) == (412, b"")


def test_a_format_that_is_not_offered(client, base):
    response = client.get("/api/v1/issues/", headers={"accept": "text/csv"})
    assert (response.status_code, response["Content-Type"]) == (406, "application/problem+json")
    assert response.json()["detail"] == "这里只有 application/json；请在 Accept 中写明，或不带 Accept。"


def test_faulty_parameters_point_to_their_explanation(refused, client):
    problem = refused("policies/", kind="laws")
    page, _, anchor = problem["type"].partition("#")
    assert f'id="{anchor}"' in client.get(page).content.decode()


def test_too_many_requests_are_told_when_to_come_back():
    response = handle(Throttled(wait=30), {"request": APIRequestFactory().get("/api/v1/issues/")})
    assert (response.status_code, response.headers["Retry-After"]) == (429, "30")
    assert response.data["title"] == "请求过多"


def test_the_unforeseen_is_told_without_its_inside(caplog):
    request = APIRequestFactory().get("/api/v1/issues/")
    response = handle(RuntimeError("secret"), {"request": request})
    assert response.status_code == 500
    assert response.content_type == "application/problem+json"
    assert "secret" not in str(response.data)
    assert "secret" in caplog.text
