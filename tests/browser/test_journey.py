"""The way of an analyst through the site: search, clause, target, agency, region, comparison, citation."""

import pytest
from django.urls import reverse

from policies.models import ResponsibleAgency, Target
from tests.browser.test_pages import DESK, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_search_to_a_citation(chromium, site, javascript: bool):
    tasks = ResponsibleAgency.objects.filter(agency__region__isnull=False, agency__is_group=False)
    aimed = Target.objects.filter(provision__in=tasks.values("responsibility__provision")).earliest("pk")
    assert aimed.provision is not None
    agency = tasks.filter(responsibility__provision=aimed.provision)[0].agency
    size = DESK if javascript else PHONE
    with window(chromium, size, java_script_enabled=javascript) as (page, complaints):
        page.goto(site)
        page.locator("input[name=q]").fill(aimed.quote)
        page.get_by_role("button", name="检索").click()

        page.locator(f'.clauses a[href*="{aimed.provision.eid}"]').first.click()
        clause = page.locator(f'[id="{aimed.provision.eid}"]')
        assert clause.locator("mark").first.is_visible()
        clause.locator("a[title]").first.click()
        assert page.locator(f"#t{aimed.pk}").is_visible()

        if javascript:
            page.locator(f"#t{aimed.pk} a.line").click()
            assert aimed.quote in page.locator(f"#t{aimed.pk} blockquote").inner_text()

        clause.locator(f'.records a[href="{agency.get_absolute_url()}"]').first.click()
        assert page.locator("h1").inner_text().startswith(agency.name)
        page.locator('dl.facts a[href^="/regions/"]').first.click()
        assert page.locator("h1").is_visible()

        page.goto(f"{site}{reverse('policies:compare_targets')}?indicator={aimed.indicator}")
        page.locator(f'a[href*="{aimed.provision.eid}"]').first.click()
        clause.locator('a[href^="cite/"]').first.click()
        if javascript:
            clause.get_by_role("link", name="引用").click()
        assert "[EB/OL]" in page.get_by_role("textbox", name="GB/T 7714").input_value()
        page.get_by_role("button", name="收入摘编").click()
        page.get_by_role("link", name="摘编（1）").click()
        assert page.locator(".entries > li").count() == 1
        assert complaints == []
