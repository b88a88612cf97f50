"""The pages that lead to downloads."""

import re

import pytest

from tests.pages import text_of

pytestmark = pytest.mark.usefixtures("kept_library")


def links(response) -> list[str]:
    return [
        link.replace("&amp;", "&") for link in re.findall(r'href="(/api/v1/exports/[^"]+)"', response.content.decode())
    ]


def works(client, response) -> None:
    found = links(response)
    assert found
    for link in found:
        assert client.get(link).status_code == 200, link


def test_a_policy_is_had_as_documents_and_tables(client, library):
    policy = client.get(library.plan.get_absolute_url())
    assert 'href="export/"' in policy.content.decode()
    page = client.get(f"{library.plan.get_absolute_url()}export/")
    assert "目标 2 CSV" in text_of(page)
    assert len(links(page)) > 10
    works(client, page)


def test_the_whole_base_is_had_from_one_page(client, library):
    page = client.get("/exports/")
    assert "政策 2 CSV" in text_of(page)
    works(client, page)


def test_lists_are_had_as_filtered(client, library):
    page = client.get("/policies/", {"kind": "law", "title": ""})
    assert any(link.endswith("policies.bib?kind=law") for link in links(page))
    works(client, page)
    works(client, client.get(library.bureau.get_absolute_url()))


def test_targets_as_filtered_say_their_issue_in_few_queries(client, library, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        text = b"".join(client.get("/targets/csv/").streaming_content).decode()
    assert text.count("2024年第7期") == 2


def test_targets_are_had_as_filtered_in_every_format(client, library):
    page = client.get("/targets/", {"unit": "PFLOPS"}).content.decode()
    for ending in ("csv", "xlsx", "jsonl", "docx"):
        assert f'href="/targets/{ending}/?unit=PFLOPS"' in page
        response = client.get(f"/targets/{ending}/", {"unit": "PFLOPS"})
        assert b"".join(response.streaming_content)
    assert client.get("/targets/pdf/").status_code == 404


def test_drafts_are_for_editors(client, library, editor):
    address = f"{library.draft.get_absolute_url()}export/"
    assert client.get(address).status_code == 404
    client.force_login(editor)
    assert client.get(address).status_code == 200
