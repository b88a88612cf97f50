"""A page that a browser has already is not sent again, and is sent when anything in it is new."""

import pytest
from django.urls import reverse

from policies.models import Agency, Policy, State, Target

pytestmark = pytest.mark.usefixtures("kept_library")


def tag(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.headers["ETag"]


def still(client, address: str, tag: str) -> bool:
    """Whether the page is still the one of that tag."""
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code in {200, 304}
    assert not (answer.status_code == 304 and answer.content)
    return answer.status_code == 304


@pytest.mark.parametrize("name", ["home", "issues", "policies", "regions", "agencies", "targets", "topics", "about"])
def test_a_list_is_sent_once(client, library, name):
    address = reverse(f"policies:{name}")
    assert still(client, address, tag(client, address))


def test_a_record_is_sent_once(client, library):
    for record in (library.plan, library.law, library.issue, library.province, library.bureau):
        assert still(client, record.get_absolute_url(), tag(client, record.get_absolute_url()))


def test_a_policy_is_sent_again_when_anything_on_its_page_changes(client, library):
    address = library.plan.get_absolute_url()
    changes = [
        lambda: Target.objects.filter(indicator="智算中心").update(review="rejected"),
        lambda: Agency.objects.filter(pk=library.finance.pk).update(name="青川省财政局"),
        lambda: Policy.objects.filter(pk=library.law.pk).update(state=State.WITHDRAWN),  # which it cites
    ]
    for change in changes:
        before = tag(client, address)
        change()
        assert not still(client, address, before)


def test_readers_never_get_each_others_pages(client, editor, library):
    address = library.plan.get_absolute_url()
    before = tag(client, address)
    assert "Cookie" in client.get(address).headers["Vary"]
    client.post(reverse("policies:clip"), {"policy": library.plan.slug, "eid": "sec_1"})
    assert "已收入摘编" in client.get(address, headers={"If-None-Match": before}).content.decode()
    assert not still(client, address, before)  # the footer counts what was put aside
    client.force_login(editor)
    assert not still(client, address, before)
