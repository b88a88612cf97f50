"""The printed pages behind a policy's lines."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from ingest.pipeline import ingest
from policies.actions.undo import undo
from policies.models import Action, Policy, Printed
from tests.ingest.reading.pdfs import drawn, texts

pytestmark = pytest.mark.usefixtures("gazetteer_kept")
PAGES = [
    ["云南省数字驿站管理办法", "云驿发〔2031〕5号", "第一条 为了管理数字驿站，制定本办法。"],
    ["第二条 数字驿站应当开放数据。", "第三条 本办法自2031年5月1日起施行。"],
]


def loaded(publish: bool = True) -> Policy:
    content = drawn([texts(*((70, 90 + 40 * row, line) for row, line in enumerate(lines))) for lines in PAGES])
    ingest(content, "办法.pdf", publish=publish)
    return Policy.objects.get()


def test_lines_stand_beside_the_page_that_they_are_printed_on(client):
    policy = loaded()
    body = client.get(reverse("policies:source", args=[policy.slug])).content.decode()
    addresses = [reverse("desk:page", args=[policy.slug, number]) for number in (1, 2)]
    assert body.index(f'src="{addresses[0]}"') < body.index("第一条") < body.index(f'src="{addresses[1]}"')
    image = client.get(addresses[1])
    assert (image["Content-Type"], image.content[:4]) == ("image/png", b"\x89PNG")
    assert client.get(addresses[1], headers={"if-none-match": image["ETag"]}).status_code == 304
    assert client.get(reverse("desk:page", args=[policy.slug, 3])).status_code == 404


def test_pages_of_a_draft_are_for_editors(client, editor):
    address = reverse("desk:page", args=[loaded(publish=False).slug, 1])
    assert client.get(address).status_code == 404
    client.force_login(editor)
    assert client.get(address).status_code == 200


def test_a_page_with_something_unpublished_is_not_shown(client):
    policy = loaded()
    Policy.objects.create(
        source=policy.source, slug="另一份", order=2, title="另一份", start_line=policy.end_line,
        end_line=policy.end_line,
    )  # fmt: skip
    body = client.get(reverse("policies:source", args=[policy.slug])).content.decode()
    assert body.count("<img") == body.count("这一页上还有没公开的文件") == 1
    statuses = [client.get(reverse("desk:page", args=[policy.slug, number])).status_code for number in (1, 2)]
    assert statuses == [200, 404]


def test_a_page_that_cannot_be_drawn_is_not_found(client):
    policy = loaded()
    policy.source.printed.content = b"%PDF-1.7 broken"
    policy.source.printed.save()
    assert client.get(reverse("desk:page", args=[policy.slug, 1])).status_code == 404


def test_a_text_says_that_it_has_no_pages(client):
    ingest("\n\n".join([*PAGES[0], *PAGES[1]]).encode(), "办法.txt", publish=True)
    body = client.get(reverse("policies:source", args=[Policy.objects.get().slug])).content.decode()
    assert "没有版面可看，不知道在第几页" in body
    assert "<img" not in body


def test_pages_come_back_with_a_load_that_is_undone(client):
    policy = loaded()
    address = reverse("desk:page", args=[policy.slug, 2])
    there = client.get(address).content
    ingest("\n".join(line for page in PAGES for line in page).encode(), "办法.txt", replace=True)
    assert client.get(address).status_code == 404
    undoing = undo(Action.objects.latest("at"), user=None)
    assert client.get(address).content == there
    undo(undoing, user=None)
    assert client.get(address).status_code == 404


def test_pages_go_with_the_first_load_and_come_back_with_it(client):
    address = reverse("desk:page", args=[loaded(publish=False).slug, 2])
    undoing = undo(Action.objects.get(), user=None)
    assert not Printed.objects.exists()
    undo(undoing, user=None)
    client.force_login(User.objects.create_superuser("root"))
    assert client.get(address).status_code == 200
