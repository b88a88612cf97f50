"""Who has an answer already is told so, until what it tells of changes."""

import pytest

from policies.actions.reject import reject
from policies.models import Issue, Policy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["policies/{}/", "targets/?policy={}", "agencies/?name=数据局"])
def test_an_answer_is_not_sent_twice(client, base, path):
    address = f"/api/v1/{path.format(base.plan.pk)}"
    first = client.get(address)
    assert first["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    if "agencies" not in path:
        assert client.get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304


def test_an_edit_of_a_policy_makes_its_issue_new(client, base):
    Issue.objects.update(updated_at="2031-01-05T00:00:00Z")
    Policy.objects.update(updated_at="2031-01-05T00:00:00Z")
    first = client.get("/api/v1/issues/2031-1/")["Last-Modified"]
    Policy.objects.filter(pk=base.plan.pk).update(title="另一个题名", updated_at="2031-01-06T00:00:00Z")
    answer = client.get("/api/v1/issues/2031-1/", headers={"if-modified-since": first})
    assert (answer.status_code, answer.json()["policies"][0]["title"]) == (200, "另一个题名")


def test_an_edit_makes_answers_new(client, base):
    addresses = [f"/api/v1/policies/{base.plan.pk}/", f"/api/v1/targets/?policy={base.plan.pk}"]
    type(base.plan).objects.update(updated_at="2031-01-05T00:00:00Z")
    firsts = [client.get(address) for address in addresses]
    reject([base.plan.target_set.get(indicator="满意度")], user=None)
    for address, first in zip(addresses, firsts, strict=True):
        kept = {"if-none-match": first["ETag"], "if-modified-since": first["Last-Modified"]}
        assert client.get(address, headers=kept).status_code == 200
