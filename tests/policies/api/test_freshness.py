"""Who has an answer already is told so, until what it tells of changes."""

import pytest

from policies.actions.reject import reject

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


def test_an_edit_makes_answers_new(client, base):
    addresses = [f"/api/v1/policies/{base.plan.pk}/", f"/api/v1/targets/?policy={base.plan.pk}"]
    type(base.plan).objects.update(updated_at="2031-01-05T00:00:00Z")
    firsts = [client.get(address) for address in addresses]
    reject([base.plan.target_set.get(indicator="满意度")], user=None)
    for address, first in zip(addresses, firsts, strict=True):
        kept = {"if-none-match": first["ETag"], "if-modified-since": first["Last-Modified"]}
        assert client.get(address, headers=kept).status_code == 200
