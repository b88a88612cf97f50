"""Readers see what is published, editors everything; nobody writes."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_base")]


@pytest.mark.parametrize(("path", "reader", "editor_"), [("issues/", 1, 2), ("policies/", 3, 4), ("provisions/", 4, 5)])
def test_lists(get, client, base, editor, path, reader, editor_):
    assert get(path)["count"] == reader
    client.force_login(editor)
    assert get(path)["count"] == editor_


def test_a_draft_is_not_there_for_readers(refused, client, base, editor):
    assert refused(f"policies/{base.draft.pk}/", 404)["detail"]
    assert refused(f"issues/{base.draft_issue.pk}/", 404)["detail"]
    assert refused(f"provisions/{base.draft.provisions.get().pk}/", 404)["detail"]
    client.force_login(editor)
    assert client.get(f"/api/v1/policies/{base.draft.pk}/").status_code == 200


def test_a_draft_is_no_filter_for_readers(get, refused, client, base, editor):
    assert refused("provisions/", policy=base.draft.pk)["errors"][0]["parameter"] == "policy"
    client.force_login(editor)
    assert get("provisions/", policy=base.draft.pk)["count"] == 1


def test_an_issue_hides_a_policy_that_is_not_published(get, base):
    type(base.plan).objects.filter(pk=base.plan.pk).update(state="withdrawn")
    issue = get(f"issues/{base.issue.pk}/")
    assert [policy["id"] for policy in issue["policies"]] == [base.law.pk]
    assert [entry["policy"] for entry in issue["contents"]] == [None, None]
    assert get("targets/")["count"] == 0


def test_an_unknown_agency_of_drafts_alone_stays_hidden(get, base):
    assert get("agencies/", name="各市")["count"] == 1
    type(base.plan).objects.filter(pk=base.plan.pk).update(state="draft")
    assert get("agencies/", name="各市")["count"] == 0
    assert get("agencies/", name="省数据局")["results"][0]["tasks"] == 0


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_stranger_writes_nothing(client, base, method):
    before = type(base.plan).objects.values().get(pk=base.plan.pk)
    response = getattr(client, method)(f"/api/v1/policies/{base.plan.pk}/")
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert type(base.plan).objects.values().get(pk=base.plan.pk) == before


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes_what_is_only_read(client, base, method):
    response = getattr(client, method)("/api/v1/statistics/")
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert "GET" in response["Allow"]
