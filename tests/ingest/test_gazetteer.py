"""The gazetteer in the database: loaded once and again, and read by the parser with what editors changed."""

from datetime import date

import pytest

from ingest.gazetteer import gazetteer, load_gazetteer
from policies.actions.merge_agencies import merge
from policies.actions.name_agency import add_name, remove_name
from policies.actions.settle_agency import settle_agency
from policies.models import Agency, AgencyName, Region, Succession, Topic
from tests.ingest.builders import GAZETTEER

pytestmark = pytest.mark.django_db


def rows():
    models = (Region, Topic, Agency, AgencyName, Succession)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_loading_it_again_changes_nothing():
    counts = load_gazetteer()
    assert counts["regions"] == len(GAZETTEER.regions.all())
    assert counts["topics"] == len(GAZETTEER.topics)
    before = rows()
    assert load_gazetteer() == counts
    assert rows() == before


def test_regions_lie_in_their_province():
    load_gazetteer()
    city = Region.objects.get(name="杭州市")
    assert (city.code, city.level, city.parent_id) == ("330100", "city", "330000")
    assert Region.objects.filter(level="province").count() == 34


def test_national_bodies_have_their_short_names():
    load_gazetteer()
    body = Agency.objects.get(names__name="国家发展改革委")
    assert (body.name, body.level, body.known) == ("国家发展和改革委员会", "national", True)


def test_a_region_is_brought_up_to_date_and_a_body_becomes_known():
    load_gazetteer()
    Region.objects.filter(code="330100").update(name="旧名市")
    Agency.objects.filter(name="国家发展和改革委员会").update(known=False)
    load_gazetteer()
    assert Region.objects.get(code="330100").name == "杭州市"
    assert Agency.objects.get(name="国家发展和改革委员会").known


def test_topics_that_editors_changed_stay_and_reach_the_parser():
    load_gazetteer()
    slug = GAZETTEER.topics[0].slug
    Topic.objects.filter(slug=slug).update(terms=["数字驿站"])
    load_gazetteer()
    assert next(topic.terms for topic in gazetteer().topics if topic.slug == slug) == ("数字驿站",)


def test_reforms_join_the_bodies_before_and_after_them():
    load_gazetteer()
    body = Agency.objects.get(name="中国银行保险监督管理委员会")
    assert {row.predecessor.name for row in body.origins.all()} == {
        "中国银行业监督管理委员会",
        "中国保险监督管理委员会",
    }
    (row,) = body.successions.all()
    assert (row.successor.name, row.date) == ("国家金融监督管理总局", date(2023, 5, 18))


def test_a_succession_is_brought_up_to_date():
    load_gazetteer()
    Succession.objects.update(note="旧说明")
    load_gazetteer()
    assert not Succession.objects.filter(note="旧说明").exists()


def test_what_editors_decided_of_agencies_outlasts_a_start_and_reaches_the_parser():
    load_gazetteer()
    ministry, other = Agency.objects.get(name="工业和信息化部"), Agency.objects.get(name="国家发展和改革委员会")
    double = Agency.objects.get(name="科学技术部")
    remove_name(ministry, "工信部", user=None)
    add_name(other, "驿改委", user=None)
    merge(double, other, user=None)
    decided = rows()
    load_gazetteer()
    assert rows() == decided
    agencies = gazetteer().agencies
    assert not agencies.resolve("工信部", None).known
    assert [agencies.resolve(name, None).canonical for name in ("驿改委", "科技部", "科学技术部")] == [other.name] * 3


def test_an_agency_that_an_editor_confirmed_is_known_to_the_parser():
    load_gazetteer()
    region = Region.objects.get(name="杭州市")
    agency = Agency.objects.create(name="浙江省驿道公司", known=False)
    assert not gazetteer().agencies.resolve(agency.name, None).known
    settle_agency(agency, region, "city", user=None)
    found = gazetteer().agencies.resolve(agency.name, None)
    assert (found.known, found.region_code, found.level) == (True, "330100", "city")
