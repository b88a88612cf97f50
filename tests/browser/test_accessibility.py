"""axe finds nothing on any page type, light at a desk and dark on a phone; nothing is too small to touch."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal
from urllib.parse import unquote

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.auth.models import User
from django.db.models import Count
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize

from ingest.models import Batch, Run
from policies.actions.manage_accounts import make_account, password_link
from policies.actions.manage_keys import make_key
from policies.models import Agency, ApiKey, Issue, Policy, Problem, Region, ResponsibleAgency, Target, Topic
from policies.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
Views = Sequence[tuple[ViewportSize, Literal["light", "dark"]]]
VIEWS: Views = ((DESK, "light"), (PHONE, "dark"))
OTHER_VIEWS: Views = ((DESK, "dark"), (PHONE, "light"))
AT_ONE_WIDTH = ".endpoints thead, .parallel thead, .to-facets, .jump"  # heads left out on phones; ways on, at desks
FOUND = """([part, options]) => axe.run(part || document, {resultTypes: ["violations"], ...options}).then(
    ({violations}) => violations.flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.html.slice(0, 160)}`)))"""
# Fields and buttons, and the links of menus that stand alone.  A tick box is as large as its label.
SMALL = """[...document.querySelectorAll(`button, input:not([type=hidden], [type=checkbox]), select, textarea, summary,
    nav a, .choices a, .headings a, .site-footer a, label:has([type=checkbox])`)].filter(control => {
        const {width, height} = control.getBoundingClientRect();
        return width > 1 && height > 1 && height < 44;
    }).map(control => `too small to touch: ${control.outerHTML.slice(0, 160)}`)"""


def addresses() -> list[str]:
    """One address of every page type and of its empty or failing forms, the fullest that the samples have."""
    plan = Policy.objects.annotate(number=Count("target_set")).latest("number", "pk")
    law = Policy.objects.filter(kind="law").earliest("pk")
    clause = law.provisions.filter(type="article").earliest("position")
    agency = Agency.objects.annotate(number=Count("responsibilities")).latest("number", "pk")
    region = Region.objects.annotate(number=Count("policies")).latest("number", "pk")
    indicator = Target.objects.earliest("pk").indicator
    tabled = Policy.objects.filter(tables__isnull=False).earliest("pk")
    search, compare = reverse("search:search"), reverse("policies:compare_policies")
    targets = reverse("policies:targets")
    return [
        *(reverse(f"policies:{name}") for name in ("home", "policies", "issues", "regions", "agencies", "topics")),
        *(f"{search}?q={query}" for query in ("数据", "云端漫步指南", "(没有 地区:火星")),
        *(policy.get_absolute_url() for policy in (plan, law, tabled)),
        f"{law.get_absolute_url()}?q=数据",
        reverse("policies:source", args=[plan.slug]),
        *(f"{reverse(f'policies:{name}', args=[law.slug])}?clause={clause.eid}" for name in ("cite", "problem")),
        reverse("policies:clippings"),
        targets,
        f"{targets}?indicator=没有这个指标",
        compare,
        f"{compare}?policy={plan.slug}&policy={law.slug}",
        reverse("policies:compare_targets"),
        f"{reverse('policies:compare_targets')}?indicator={indicator}",
        *(found.get_absolute_url() for found in (Issue.objects.earliest("pk"), agency, region)),
        reverse("policies:topic", args=[Topic.objects.filter(policies__isnull=False).earliest("pk").slug]),
        reverse("policies:about"),
        reverse("api:index"),
        reverse("login"),
        reverse("forgotten"),
        password_link(make_account("新人", Role.EDITOR, user=None), user=None),
        "/policies/没有这一篇/",
    ]


def desk_addresses() -> list[str]:
    batch = Batch.objects.create(refused=[{"name": "图.png", "reason": "这是图片。"}])
    file = {"filename": "驿站.txt", "content": b"1", "size": 1, "sha256": "0" * 64, "batch": batch}
    run = Run.objects.create(**file, state=Run.State.FAILED)
    row = {"change": "changed", "where": "第三条", "before": "驿站 120 个", "after": "驿站 150 个"}
    kind = {"kind": "目标", "added": 0, "removed": 0, "changed": 2, "rows": [row], "more": 1}
    changes = {"policies": [{"title": "驿站办法", "change": "changed", "kinds": [kind]}], "unchanged": 1}
    held = Run.objects.create(**file, state=Run.State.WAITING, changes=changes)
    Problem.objects.create(policy=Policy.objects.earliest("pk"), text="截止年份读错了。", reply_to="reader@example.org")
    desk = ("home", "issues", "runs", "upload", "problems", "actions")
    names = (*(f"desk:{name}" for name in desk), "policies:accounts", "policies:new_account", "own_account", "own_keys")
    issue = Issue.objects.earliest("pk")
    named = ResponsibleAgency.objects.earliest("pk")
    make_key("周报脚本", ApiKey.Scope.EDIT, user=User.objects.get(username="editor"))
    account = reverse("policies:account", args=[make_account("小李", Role.EDITOR, user=None).pk])
    return [
        *map(reverse, names),
        account,
        *(found.get_absolute_url() for found in (run, held, batch)),
        issue.get_absolute_url(),
        issue.desk_address,
        f"{issue.desk_address}sheet/",
        reverse("desk:agencies"),
        f"{reverse('desk:agency', args=[named.agency_id])}?do=name&name=驿",
        *record_addresses(),
    ]


def record_addresses() -> list[str]:
    """Where records are reviewed, edited, added and changed, and the pages that lead editors there."""
    plan = Policy.objects.annotate(number=Count("target_set")).latest("number", "pk")
    clause = plan.provisions.filter(type="item").earliest("position")
    found = {"policy": plan, "provision": clause, "target": plan.target_set.earliest("pk")}
    return [
        reverse("desk:queue"),
        *(reverse("desk:question", args=[kind, row.pk]) for kind, row in found.items()),
        reverse("desk:outline", args=[plan.slug]),
        f"{reverse('desk:add', args=[plan.slug])}?kind=responsibility&line={clause.start_line}",
        reverse("desk:records", args=["target"]),
        plan.get_absolute_url(),
        reverse("policies:source", args=[plan.slug]),
    ]


@pytest.fixture
def complaints(chromium, site) -> Callable[..., list[str]]:
    """What axe and the ruler find on the pages at some addresses, or one step further, given a reader's cookies."""

    def complain(
        addresses: list[str],
        cookies: dict[str, str],
        step: Callable[[Page], None] = lambda page: None,
        look: Callable[[Page], Iterator[str]] = _complaints,
    ) -> list[str]:
        found: list[str] = []
        with chromium.new_context(has_touch=True) as context:
            context.set_default_timeout(120_000)  # a machine under load is slow, not wrong
            context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
            page = context.new_page()
            for address in addresses:
                page.goto(site + address)
                step(page)
                page.evaluate(AXE_SCRIPT)
                found += [f"{unquote(address)} {complaint}" for complaint in look(page)]
        return found

    return complain


def _complaints(page: Page) -> Iterator[str]:
    """Each scheme with one of the widths: the colours of what both widths show do not hang on the width."""
    yield from _violations(page, VIEWS)
    yield from page.evaluate(SMALL)


def _colours_at_one_width(page: Page) -> Iterator[str]:
    return _violations(page, OTHER_VIEWS, AT_ONE_WIDTH, {"runOnly": ["color-contrast"]})


def _violations(page: Page, views: Views, part: str = "", options: dict[str, list[str]] | None = None) -> Iterator[str]:
    for size, scheme in views:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        yield from (f"{scheme} at {size['width']}: {complaint}" for complaint in page.evaluate(FOUND, [part, options]))


def test_readers_pages(complaints):
    assert complaints(addresses(), {}) == []


def test_the_colours_of_what_only_one_width_shows(complaints):
    one, other = Policy.objects.order_by("pk")[:2]
    agency = Agency.objects.annotate(number=Count("responsibilities")).latest("number", "pk")
    pages = [
        reverse("api:index"),
        f"{reverse('policies:compare_policies')}?policy={one.slug}&policy={other.slug}",
        f"{reverse('search:search')}?q=数据",
        agency.get_absolute_url(),
    ]
    assert complaints(pages, {}, look=_colours_at_one_width) == []


def test_the_desk(client, complaints):
    client.force_login(User.objects.create_superuser("editor"))
    assert complaints(desk_addresses(), {"sessionid": client.cookies["sessionid"].value}) == []


def preview(operation: str) -> Callable[[Page], None]:
    """From a list of records to what one change of all of them would do, which only a form leads to."""

    def choose(page: Page) -> None:
        page.locator("#which").select_option("page")
        page.locator("#do").select_option(operation)
        with page.expect_navigation():
            page.locator(".choosing button").click()

    return choose


def make_a_key(page: Page) -> None:
    page.locator("#id_name").fill("周报脚本")
    with page.expect_navigation():
        page.locator("main form.login button").click()
    assert page.locator("#token").count() == 1


def test_what_only_forms_lead_to(client, complaints):
    client.force_login(User.objects.create_superuser("editor"))
    cookies = {"sessionid": client.cookies["sessionid"].value}
    for operation in ("confirm", "set-indicator"):
        assert complaints([reverse("desk:records", args=["target"])], cookies, preview(operation)) == []
    assert complaints([reverse("own_keys")], cookies, make_a_key) == []
