"""The desk by keyboard, where a key changes something."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from policies.models import Action, Agency, Policy, Problem, Target
from tests.browser.test_pages import DESK, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(chromium, site, client) -> Iterator[Page]:
    """A page in which an editor is logged in; the browser complains of nothing that is done in it."""
    client.force_login(User.objects.create_superuser("editor"))
    with window(chromium, DESK, base_url=site) as (page, complaints):
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        yield page
        assert complaints == []


def press(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_note_is_sent_from_within_it(page):
    problem = Problem.objects.create(policy=Policy.objects.earliest("pk"), text="截止年份读错了。")
    page.goto(reverse("desk:question", args=["problem", problem.pk]))
    page.keyboard.press("e")
    page.keyboard.insert_text("已改为二〇三〇年")
    press(page, "Control+Enter")
    problem.refresh_from_db()
    assert (problem.note, problem.settled_at is not None) == ("已改为二〇三〇年", True)


def test_other_keys_do_nothing_and_the_key_stands_apart_from_the_word(page):
    page.goto(reverse("desk:question", args=["target", Target.objects.earliest("pk").pk]))
    for key in ("Escape", "ArrowDown", "PageDown", "1"):
        page.keyboard.press(key)
    gap = page.evaluate("""() => {
        const kbd = document.querySelector("button kbd"), word = document.createRange();
        word.selectNode(kbd.previousSibling);
        return kbd.getBoundingClientRect().left - word.getBoundingClientRect().right;
    }""")
    assert gap >= 4


def test_where_nothing_is_to_be_filled_in_the_key_leads_to_where_it_is(page):
    agency = Agency.objects.create(name="青川省驿站局", known=False)
    page.goto(reverse("desk:question", args=["agency", agency.pk]))
    press(page, "e")
    assert page.url.endswith(reverse("desk:agency", args=[agency.pk]))


def test_a_change_of_many_is_told_and_made(page):
    page.goto(reverse("desk:records", args=["target"]))
    page.locator("#which").select_option("page")
    page.locator("#do").select_option("set-unit")
    with page.expect_navigation():
        page.locator(".choosing button").click()
    page.keyboard.press("e")
    page.keyboard.insert_text("座")
    press(page, "Control+Enter")
    press(page, "p")
    assert not Action.objects.filter(verb="correct").exists()
    press(page, "s")
    assert Action.objects.filter(verb="correct").count() == 1
    assert Target.objects.filter(unit="座", review="corrected").exists()


def test_on_a_phone_the_buttons_of_a_review_are_in_sight(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(reverse("desk:question", args=["target", Target.objects.earliest("pk").pk]))
    for name in ("确认", "保存更正", "否决"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
