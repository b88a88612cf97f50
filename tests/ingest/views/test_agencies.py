"""The agencies at the desk."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from policies.models import Action, Agency, AgencyName, Issuer, Policy, Region, Source, Succession
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Region:
    return Region.objects.create(code="510000", name="青川省", short_name="青川", level="province")


@pytest.fixture
def bureau(province) -> Agency:
    bureau = Agency.objects.create(name="青川省数据局", region=province, level="province")
    AgencyName.objects.create(agency=bureau, name="省数据局")
    return bureau


@pytest.fixture
def unknown(province) -> Agency:
    """One that issued a published policy."""
    unknown = Agency.objects.create(name="青川省数据局（筹）", region=province, level="province", known=False)
    source = Source.objects.create(sha256="a" * 64, filename="甲.txt", format="txt", encoding="utf-8", characters=0)
    policy = Policy.objects.create(
        source=source, slug="甲", order=1, title="甲办法", kind="law", level="province", region=province,
        start_line=1, end_line=2, state="published",
    )  # fmt: skip
    Issuer.objects.create(policy=policy, agency=unknown, position=1)
    return unknown


@pytest.fixture
def mei(django_user_model):
    user = django_user_model.objects.create_user("mei", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="edit_records"))
    return user


@pytest.fixture
def desk(client: Client, mei) -> Client:
    client.force_login(mei)
    return client


@pytest.fixture
def chief(desk, mei) -> Client:
    mei.user_permissions.add(Permission.objects.get(codename="merge_agencies"))
    return desk


def test_unknown_ones_come_first_with_what_they_may_duplicate(desk, bureau, unknown):
    other = Agency.objects.create(name="（青川省）数据局", known=False)
    Issuer.objects.create(policy=Policy.objects.get(), agency=other, position=2)
    denied = Agency.objects.create(name="青川省·数据局", known=False)
    office = Agency.objects.create(name="青川省大数据办", region=bureau.region, level="province")
    AgencyName.objects.create(agency=office, name="青川省数据局（筹）")
    page = text_of(desk.get("/desk/agencies/"))
    assert "名称相同： 青川省数据局" in page
    assert denied.name not in page, "nothing names it"
    assert "都称“青川省数据局（筹）”： 青川省大数据办" in page
    Succession.objects.create(predecessor=office, successor=unknown)
    assert "都称" not in text_of(desk.get("/desk/agencies/"))
    assert page.index(unknown.name) < page.rindex(bureau.name)
    assert f"名称相含： {bureau.name}" in page
    assert "没有这样的部门" in text_of(desk.get("/desk/agencies/?q=林业"))
    assert unknown.name not in text_of(desk.get("/desk/agencies/?q=省数据局&state=known"))


def test_merging_is_shown_first_then_done_and_the_page_leads_on(chief, bureau, unknown, client):
    address = f"/desk/agencies/{unknown.pk}/"
    page = chief.get(f"{address}?do=merge&other={bureau.name}")
    assert "把“青川省数据局（筹）”并入“青川省数据局”" in text_of(page)
    assert "甲办法" in text_of(page)
    assert not Action.objects.exists()
    seen = page.context["proposal"].seen
    page = text_of(chief.post(address, {"do": "merge", "other": bureau.pk, "seen": seen}, follow=True))
    assert "已记下：“青川省数据局（筹）”并入“青川省数据局”" in page
    assert "合并部门：" in page
    chief.logout()
    gone = client.get(unknown.get_absolute_url())
    assert (gone.status_code, gone["Location"]) == (302, bureau.get_absolute_url())
    assert "甲办法" in text_of(client.get(bureau.get_absolute_url()))


def test_merging_is_the_chief_editors(desk, bureau, unknown):
    address = f"/desk/agencies/{unknown.pk}/"
    assert "合并由主编来做" in text_of(desk.get(address))
    assert 'name="seen"' not in desk.get(f"{address}?do=merge&other={bureau.pk}").content.decode()
    assert desk.post(address, {"do": "merge", "other": bureau.pk}).status_code == 403
    assert not Action.objects.exists()


def test_names_place_and_succession_are_changed_there(desk, bureau, unknown):
    address = f"/desk/agencies/{unknown.pk}/"
    for data in (
        {"do": "name", "name": "省数筹"},
        {"do": "settle", "region": "青川省", "level": "province"},
        {"do": "succeed", "other": bureau.name, "end": "after", "date": "2024-03-01", "note": "改名"},
    ):
        page = desk.get(address, data)
        assert page.context["proposal"] is not None
        seen = page.context["proposal"].seen
        page = text_of(desk.post(address, {**page.context["proposal"].fields, "seen": seen}, follow=True))
        assert "已记下" in page
    unknown.refresh_from_db()
    assert (unknown.known, list(unknown.names.values_list("name", "added"))) == (True, [("省数筹", True)])
    assert Succession.objects.get().note == "改名"
    assert "青川省数据局 （2024年3月1日，改名）" in page.replace("（2024", " （2024").replace("  ", " ")
    reader = text_of(Client().get(bureau.get_absolute_url()))
    assert "前身 青川省数据局（筹）" in reader


def test_what_cannot_be_is_said_at_the_form(desk, bureau, unknown):
    address = f"/desk/agencies/{bureau.pk}/"
    for data, why in [
        ({"do": "name", "name": unknown.name}, "另一个部门的全称"),
        ({"do": "settle", "region": "无此地", "level": "province"}, "没有叫“无此地”的地区"),
        ({"do": "settle", "level": "x"}, "没有“x”这个层级"),
        ({"do": "succeed", "other": "无此局"}, "没有叫“无此局”的部门"),
        ({"do": "succeed", "other": unknown.name, "date": "昨天"}, "不是日期"),
    ]:
        assert why in text_of(desk.get(address, data))
        assert why in text_of(desk.post(address, data, follow=True))
    assert "没有说明要改什么" in text_of(desk.post(address, {"do": "?"}, follow=True))
    seen = desk.get(address, {"do": "name", "name": "数局"}).context["proposal"].seen
    Agency.objects.filter(pk=bureau.pk).update(level="city")
    stale = desk.post(address, {"do": "name", "name": "数局", "seen": seen}, follow=True)
    assert "您打开之后" in text_of(stale)
    assert "您打开之后" in text_of(desk.post(address, {"do": "name", "name": "数局"}, follow=True))
    assert not Action.objects.exists()


def test_a_document_that_prints_an_added_name_waits_for_extraction(desk, bureau, unknown):
    policy = Policy.objects.get()
    duty = policy.responsibility_set.create(line=1, quote="（省数筹牵头）", rule="test")
    duty.agencies.create(agency=unknown, position=1, name="省数筹", role="lead")
    assert "等待重新提取" not in text_of(desk.get(f"/desk/agencies/{bureau.pk}/"))
    AgencyName.objects.create(agency=bureau, name="省数筹", added=True)
    assert "manage.py reextract 甲" in text_of(desk.get(f"/desk/agencies/{bureau.pk}/"))


def test_the_pages_cost_few_queries(desk, bureau, unknown, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        desk.get(f"/desk/agencies/{unknown.pk}/?do=name&name=数局")
    with django_assert_max_num_queries(15):
        desk.get("/desk/agencies/")


def test_readers_stay_outside(client, bureau, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader"))
    for address in ("/desk/agencies/", f"/desk/agencies/{bureau.pk}/"):
        assert client.get(address).status_code == 403
    assert client.post(f"/desk/agencies/{bureau.pk}/", {"do": "name", "name": "数局"}).status_code == 403
