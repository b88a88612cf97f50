"""The feed: what came, changed and went, read on from where one stopped."""

import pytest

from policies.actions.correct import correct
from policies.actions.publish import publish
from policies.actions.reject import reject
from policies.actions.withdraw import withdraw
from policies.models import PublicChange, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(base):
    """The draft issue, just published, with its policy of one clause."""
    publish(base.draft_issue, user=None)
    base.draft_issue.refresh_from_db()
    return base.draft_issue


def told(answer):
    return [(entry["operation"], entry["kind"], entry["id"]) for entry in answer["results"]]


def test_publishing_tells_of_the_issue_and_all_that_stands_in_it(get, published, base):
    clause = base.draft.provisions.get()
    answer = get("changes/")
    assert told(answer) == [
        ("created", "issues", published.pk),
        ("created", "policies", base.draft.pk),
        ("created", "provisions", clause.pk),
    ]
    assert answer["results"][2]["policy"] == base.draft.pk
    assert get(answer["results"][2]["url"].partition("/v1/")[2])["eid"] == "art_1"


def test_the_cursor_goes_on_after_what_was_read(get, client, published, base):
    page = get("changes/", page_size=2)
    assert page["more"]
    rest = client.get(page["next"]).json()
    assert [kind for _, kind, _ in told(rest)] == ["provisions"]
    assert not rest["more"]
    assert client.get(rest["next"]).json()["results"] == []
    assert get("changes/", since="now")["cursor"] == rest["cursor"]
    withdraw(published, user=None, note="有误")
    assert {operation for operation, _, _ in told(client.get(rest["next"]).json())} == {"removed"}


def test_a_draft_is_not_spoken_of(get, base):
    correct(base.draft, {"title": "福建省试行细则"}, user=None)
    assert base.draft.state == State.DRAFT
    assert get("changes/") == {
        "results": [], "cursor": "0", "next": "http://testserver/api/v1/changes/?since=0", "more": False
    }  # fmt: skip


def test_a_rejected_record_goes_and_its_policy_is_updated(get, base):
    target = base.plan.target_set.first()
    publish(base.lone, user=None)
    correct(target, {"value": 3100}, user=None)
    cursor = get("changes/")["cursor"]
    reject([target], user=None)
    answer = get("changes/", since=cursor, expand="record")
    assert told(answer) == [("updated", "policies", base.plan.pk), ("removed", "targets", target.pk)]
    assert [entry["record"] and entry["record"]["title"] for entry in answer["results"]] == [base.plan.title, None]


def test_kinds_may_be_chosen_and_the_cursor_passes_the_others(get, published):
    answer = get("changes/", kind=["issues", "targets"])
    assert [kind for _, kind, _ in told(answer)] == ["issues"]
    assert answer["cursor"] == get("changes/", since="now")["cursor"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("since", "gestern"), ("since", "4711"), ("kind", "laws"), ("expand", "policy"), ("page_size", "201")],
)
def test_what_is_not_understood_is_refused_by_name(refused, base, name, value):
    assert [error["parameter"] for error in refused("changes/", **{name: value})["errors"]] == [name]


def test_a_cursor_of_a_base_that_was_restored_is_gone(get, refused, published):
    cursor = get("changes/")["cursor"]
    PublicChange.objects.filter(kind="provisions").delete()
    assert "重新读取" in refused("changes/", 410, since=cursor)["detail"]
