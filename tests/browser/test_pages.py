"""Every page type in Chromium, at a desk and on a phone, with JavaScript and without."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

from policies.actions.correct import correct
from policies.actions.manage_keys import make_key
from policies.models import Agency, ApiKey, Issue, Policy, Region, Target, Topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@contextmanager
def window(chromium: Browser, size: ViewportSize, **options) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what the browser complains of in it."""
    with chromium.new_context(viewport=size, **options) as context:
        context.set_default_timeout(120_000)  # a machine under load is slow, not wrong
        page = context.new_page()
        complaints: list[str] = []

        def complain(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                complaints.append(message.text)

        page.on("console", complain)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page, complaints


def addresses() -> list[str]:
    """One address of every page type, the fullest that the samples have."""
    plan = max(Policy.objects.filter(kind="plan"), key=lambda policy: policy.target_set.count())
    law = Policy.objects.filter(kind="law").earliest("pk")
    tabled = Policy.objects.filter(tables__isnull=False).earliest("pk")
    agency = max(Agency.objects.all(), key=lambda agency: agency.responsibilities.count())
    topic = Topic.objects.filter(policies__isnull=False).earliest("pk")
    region = Region.objects.filter(policies__isnull=False).earliest("pk")
    return [
        *(reverse(f"policies:{name}") for name in ("home", "issues", "policies", "regions", "agencies", "targets")),
        f"{reverse('policies:agencies')}?by=field",
        f"{reverse('policies:agencies')}?by=letter",
        reverse("policies:topics"),
        reverse("policies:topic", args=[topic.slug]),
        f"{reverse('policies:compare_targets')}?indicator={plan.target_set.earliest('pk').indicator}",
        f"{reverse('policies:compare_policies')}?policy={plan.slug}&policy={law.slug}",
        f"{reverse('policies:compare_policies')}?policy={plan.slug}",
        f"{reverse('search:search')}?q=数据",
        f"{reverse('search:search')}?q=(没有 地区:火星",
        reverse("api:index"),
        reverse("policies:source", args=[plan.slug]),
        reverse("login"),
        *(found.get_absolute_url() for found in (Issue.objects.earliest("pk"), plan, law, tabled, agency, region)),
    ]


def test_pages_open_cleanly_and_never_scroll_sideways(chromium, site):
    for size in (DESK, PHONE):
        with window(chromium, size) as (page, complaints):
            for address in addresses():
                response = page.goto(site + address)
                assert response is not None
                assert response.status == 200, address
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= size["width"], (address, width)
            assert complaints == []


def test_the_desks_tables_are_whole_on_a_phone(chromium, site, client):
    editor = User.objects.create_superuser("editor")
    client.force_login(editor)
    make_key("夜间核对用的脚本", ApiKey.Scope.EDIT, user=editor)
    target = Target.objects.earliest("pk")
    correct(target, {"indicator": "每个行政村通达的驿站和渡口的数量" * 3}, user=editor)
    story = reverse("desk:story", args=["target", target.pk])
    with window(chromium, PHONE) as (page, _):
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        for address in (story, reverse("desk:agencies"), reverse("policies:accounts"), reverse("own_keys")):
            page.goto(site + address)
            boxes = page.locator(".table-box").evaluate_all("all => all.map(e => [e.scrollWidth, e.clientWidth])")
            assert boxes, address
            assert all(inside <= width for inside, width in boxes), (address, boxes)


def test_the_api_is_listed_and_tried_on_a_phone(chromium, site):
    with window(chromium, PHONE) as (page, complaints):
        page.goto(site + reverse("api:index"))
        boxes = page.locator(".table-box").evaluate_all("all => all.map(e => [e.scrollWidth, e.clientWidth])")
        assert len(boxes) == 3
        assert all(inside <= width for inside, width in boxes), boxes
        page.goto(site + reverse("api:try"))
        page.locator("#try .opblock-summary-control").first.click()
        page.locator("#try .opblock-body .parameters").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert complaints == []


def test_links_inside_a_policy_lead_somewhere(chromium, site):
    with window(chromium, DESK) as (page, _):
        for policy in Policy.objects.all():
            page.goto(site + policy.get_absolute_url())
            lost = page.evaluate(
                """[...document.querySelectorAll('a[href^="#"]')].map(a => decodeURIComponent(a.hash.slice(1)))
                   .filter(id => !document.getElementById(id))"""
            )
            assert lost == [], policy


def test_a_search_leads_to_the_clause_and_marks_it(chromium, site):
    clause = Policy.objects.filter(kind="law").earliest("pk").provisions.filter(type="article").earliest("position")
    words = clause.text[:12].strip("，。；：、")
    for javascript in (True, False):
        with window(chromium, PHONE, java_script_enabled=javascript) as (page, complaints):
            page.goto(site)
            page.locator("input[name=q]").fill(words)
            page.get_by_role("button", name="检索").click()
            page.locator(f'main a[href*="{clause.eid}"]').first.click()
            page.locator(f'[id="{clause.eid}"] mark').first.wait_for()
            assert page.locator(f'[id="{clause.eid}"]').evaluate("e => e.matches(':target')") if javascript else True
            assert complaints == []


def test_suggestions_are_reached_by_keys_and_by_hand(chromium, site):
    for size in (DESK, PHONE):
        with window(chromium, size) as (page, complaints):
            page.goto(site)
            box = page.get_by_role("combobox")
            box.press_sequentially("shuju")
            options = page.get_by_role("option")
            options.first.wait_for()
            assert "数据" in options.first.inner_text()
            box.press("ArrowDown")
            assert options.first.get_attribute("aria-selected") == "true"
            assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
            box.press("ArrowUp")
            assert box.get_attribute("aria-activedescendant") is None
            box.press("Escape")
            assert options.count() == 0
            box.press("ArrowDown")
            options.last.wait_for()
            options.last.click()
            page.wait_for_url(lambda address: address != f"{site}/")
            assert complaints == []


def test_the_outline_opens_on_a_phone_and_stands_open_at_a_desk(chromium, site):
    address = Policy.objects.filter(kind="law").earliest("pk").get_absolute_url()
    for size, stands_open in ((PHONE, False), (DESK, True)):
        with window(chromium, size, java_script_enabled=False) as (page, _):
            page.goto(site + address)
            entry = page.locator(".outline li a").first
            assert entry.is_visible() == stands_open
            if not stands_open:
                page.locator(".outline summary").click()
                assert entry.is_visible()


def test_the_keyboard_alone_reaches_the_text(chromium, site):
    with window(chromium, DESK) as (page, _):
        page.goto(site + reverse("policies:policies"))
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "跳到正文"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.locator("main :focus").count() == 1
        outline = page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle")
        assert outline == "solid"


def test_a_wide_table_scrolls_in_its_box_and_prints_whole(chromium, site):
    policy = Policy.objects.filter(tables__isnull=False).earliest("pk")
    policy.tables.update(
        header=[f"第{column}列的名称" for column in range(12)],
        rows=[[f"第{row}行的名称", *(f"{row * column * 137:,}.5" for column in range(1, 12))] for row in range(40)],
    )
    with window(chromium, PHONE) as (page, _):
        page.goto(site + policy.get_absolute_url())
        box, table = page.locator(".clause .table-box").first, page.locator(".clause table").first
        assert table.evaluate("e => e.offsetWidth") > box.evaluate("e => e.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.set_viewport_size({"width": 700, "height": 900})  # what A4 leaves between its margins
        page.emulate_media(media="print")
        assert table.evaluate("e => e.scrollWidth") <= 700
        assert page.evaluate("document.documentElement.scrollWidth") <= 700


@pytest.mark.parametrize("javascript", [True, False])
def test_a_line_number_leads_to_the_line_of_the_source(chromium, site, javascript):
    clause = Policy.objects.filter(kind="law").earliest("pk").provisions.filter(type="article").earliest("position")
    with window(chromium, DESK, java_script_enabled=javascript) as (page, _):
        page.goto(site + clause.policy.get_absolute_url())
        page.locator(f'[id="{clause.eid}"] a', has_text=str(clause.start_line)).click()
        if javascript:
            assert page.get_by_role("button", name="复制条文").is_visible()
        page.get_by_role("link", name=f"原文第 {clause.start_line} 行").click()
        assert clause.label in page.locator("li:target").inner_text().replace(" ", "")
