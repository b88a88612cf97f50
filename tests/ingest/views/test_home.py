"""The desk's first page, and the way around the desk."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from ingest.models import Run
from policies.actions.manage_accounts import make_account
from policies.actions.submit import submit
from policies.models import Doubt, Issue
from policies.roles import Role, set_up_roles
from tests.pages import text_of
from tests.search.builders import policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    set_up_roles()
    return make_account("mei", Role.EDITOR, user=None)


def test_tells_what_waits_and_what_was_done(client, editor, django_assert_max_num_queries):
    issue = Issue.objects.create(year=2031, number=1, source=policy("驿站规划", "驿站。").source)
    Doubt.objects.create(issue=issue, code="article-gap", line=2, message="缺第二条。")
    submit(issue, user=editor)
    for state in ("failed", "failed", "waiting"):
        Run.objects.create(filename=f"{state}.txt", content=b"1", size=1, sha256="0" * 64, state=state, changes={})
    client.force_login(editor)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("desk:home"))
    words = text_of(page)
    assert "1 条待审 1 次采集待确认 2 次采集失败 0 期或政策草稿 1 期或政策审核中" in words
    assert "送审：2031年第1期" in words
    for address in ("/desk/runs/?state=failed", "/desk/review/?kind=doubt", issue.desk_address, "/desk/upload/"):
        assert f'href="{address}"' in page.content.decode()
    narrowed = client.get("/desk/runs/?state=failed").content.decode()
    assert "failed.txt" in narrowed
    assert "waiting.txt" not in narrowed


def test_the_way_around_the_desk(client, editor):
    accounts = f'href="{reverse("policies:accounts")}"'
    for role, is_there in ((editor, False), (make_account("an", Role.ADMINISTRATOR, user=None), True)):
        client.force_login(role)
        page = client.get(reverse("desk:actions")).content.decode()
        assert '<a href="/desk/actions/" aria-current="true">' in page
        assert (accounts in page) is is_there
