"""Policies made in a line, with articles."""

from datetime import date

import pytest

from policies.models import Policy, Provision, Reference, Region, Source


@pytest.fixture
def made(db):
    """Makes a published policy of (title, articles' texts); more facts by keyword."""
    nation = Region.objects.create(code="100000", name="中华人民共和国", short_name="中国", level="national")
    province = Region.objects.create(code="330000", name="浙江省", short_name="浙江", level="province", parent=nation)
    Region.objects.create(code="330100", name="杭州市", short_name="杭州", level="city", parent=province)
    source = Source.objects.create(sha256="c" * 64, filename="x", format="txt", encoding="utf-8", text="", characters=0)

    def make(title: str, *articles: str, year: int | None = None, **facts) -> Policy:
        facts = {
            "kind": "law", "level": "province" if facts.get("region_id") else "national", "state": "published",
            "issued_on": date(year, 5, 1) if year else None, "slug": f"p-{Policy.objects.count()}", "order": 1,
        } | facts  # fmt: skip
        policy = Policy.objects.create(source=source, title=title, start_line=1, end_line=9, **facts)
        for number, text in enumerate(articles, 1):
            Provision.objects.create(
                policy=policy, position=number, depth=0, type="article", label=f"第{number}条", path=f"第{number}条",
                eid=f"art_{number}", text=text, start_line=number, end_line=number,
            )  # fmt: skip
        return policy

    return make


@pytest.fixture
def cite():
    """Makes a reference in an article of a policy."""

    def make(policy: Policy, title: str = "", place: str = "", *, article: int | str = 1, quote: str = "") -> Reference:
        quote = quote or (f"《{title}》{place}" if title else place)
        return Reference.objects.create(
            policy=policy, provision=policy.provisions.get(eid=f"art_{article}"), line=1, rule="test",
            quote=quote, title=title, cited_provision=place,
        )  # fmt: skip

    return make
