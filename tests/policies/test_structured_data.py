"""JSON-LD in the head of a policy's page."""

import json
import re
from urllib.parse import quote, urlencode

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]


def told(client, policy) -> dict:
    page = client.get(policy.get_absolute_url()).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    (block,) = blocks
    return json.loads(block)


def test_a_law_is_legislation(client, library):
    law = told(client, library.law)
    assert law["@type"] == "Legislation"
    assert law["legislationIdentifier"] == "青川省人民代表大会公告第12号"
    assert law["legislationDateOfApplicability"] == "2024-05-01"
    assert law["legislationJurisdiction"] == "青川省"
    assert law["url"] == f"http://testserver{library.law.get_absolute_url()}"
    assert law["legislationPassedBy"][0]["name"] == "青川省数据局"


def test_a_report_is_none_and_no_title_breaks_out(client, library):
    library.plan.kind = "report"
    library.plan.title = "报告</script><script>alert(1)</script>&"
    library.plan.save()
    report = told(client, library.plan)
    assert report["@type"] == "Report"
    assert report["name"] == library.plan.title
    assert "legislationIdentifier" not in report
    assert "<script>alert" not in client.get(library.plan.get_absolute_url()).content.decode()


def test_the_page_names_its_one_address(client, library):
    page = client.get(library.law.get_absolute_url(), {"q": "算力"}).content.decode()
    assert f'<link rel="canonical" href="http://testserver{library.law.get_absolute_url()}">' in page
    assert '<meta property="og:title" content="青川省数字经济促进条例">' in page


def test_a_comparison_is_named_by_what_it_compares_and_not_by_how_it_was_come_to(client, library):
    asked = urlencode({"policy": [library.law.slug, library.plan.slug]}, doseq=True)
    compared = [
        (f"/policies/compare/?q=x&{asked}", f"/policies/compare/?{asked.replace('&', '&amp;')}"),
        ("/targets/compare/?indicator=5G+站&page=2", f"/targets/compare/?indicator=5G+{quote('站')}"),
        ("/targets/compare/?indicator=", "/targets/compare/"),
    ]
    for address, canonical in compared:
        page = client.get(address).content.decode()
        assert f'<link rel="canonical" href="http://testserver{canonical}">' in page
        assert f'<meta property="og:url" content="http://testserver{canonical}">' in page
