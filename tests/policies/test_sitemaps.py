"""What search engines are told of."""

import pytest

pytestmark = pytest.mark.django_db


def test_every_published_page_and_no_draft(client, library):
    index = client.get("/sitemap.xml").content.decode()
    sections = ["pages", "policies", "issues", "regions", "agencies", "topics"]
    assert [section for section in sections if f"/sitemap-{section}.xml" not in index] == []
    told = "".join(client.get(f"/sitemap-{section}.xml").content.decode() for section in sections)
    for row in (library.law, library.plan, library.issue, library.province, library.bureau):
        assert f"<loc>http://testserver{row.get_absolute_url()}</loc>" in told
    for row in (library.draft, library.draft_issue, library.city):
        assert row.get_absolute_url() not in told
    for address in ("/", "/about/", "/targets/compare/", "/topics/computing/"):
        assert f"<loc>http://testserver{address}</loc>" in told


def test_robots_are_kept_from_desk_and_search(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {
        "Disallow: /desk/",
        "Disallow: /search/",
        "Disallow: /policies/compare/?*policy=",
        "Sitemap: http://testserver/sitemap.xml",
    } <= set(lines)
    open_ = ("", "policies/", "policies/compare/", "targets/", "targets/compare/", "about/")
    assert not {f"Disallow: /{path}" for path in open_} & set(lines)
