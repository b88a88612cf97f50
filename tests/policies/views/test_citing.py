"""The page that says how to cite, and its files."""

import pytest
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]


@pytest.fixture
def cite(client):
    def fetch(policy, status: int = 200, **parameters):
        response = client.get(reverse("policies:cite", args=[policy.slug]), parameters)
        assert response.status_code == status
        return response

    return fetch


def test_a_policy_and_a_clause(cite, library):
    whole = cite(library.law).content.decode()
    assert "青川省数据局. 青川省数字经济促进条例: 青川省人民代表大会公告第12号[EB/OL]. (2024-01-30)[" in whole
    clause = cite(library.law, clause="chp_1__art_2").content.decode()
    assert "(2024-01-30): 第一章第二条[" in clause
    assert "县级以上人民政府应当加强领导。" in clause
    assert f"http://testserver{library.law.get_absolute_url()}#chp_1__art_2" in clause


@pytest.mark.parametrize(("name", "ending", "start"), [("bibtex", ".bib", "@misc{"), ("ris", ".ris", "TY  - ")])
def test_files_for_reference_managers(cite, library, name: str, ending: str, start: str):
    response = cite(library.law, clause="chp_1__art_2", format=name)
    assert response.content.decode().startswith(start)
    assert ending in response["Content-Disposition"]


def test_no_such_clause_and_no_draft(cite, library):
    cite(library.law, 404, clause="art_99")
    cite(library.law, 404, clause="\x00")
    cite(library.draft, 404)


def test_the_policy_page_leads_there(client, library):
    page = client.get(library.law.get_absolute_url()).content.decode()
    assert 'href="cite/"' in page
    assert 'href="cite/?clause=chp_1__art_2"' in page
