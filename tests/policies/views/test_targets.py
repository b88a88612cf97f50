"""The table of targets: narrowed by words, quantity, year and region, sorted, paged, and as CSV."""

import csv
import re
from decimal import Decimal

import pytest

from policies.models import Target

pytestmark = pytest.mark.usefixtures("kept_library")

MONEY = [("投资甲", "3", "亿元"), ("投资乙", "0.5", "万亿元"), ("投资丙", "80", "万元")]


@pytest.fixture
def add(library):
    """Makes a target of the published plan."""

    def make(indicator, value, unit, **facts):
        place = {"policy": library.plan, "provision": library.plan.provisions.first(), "line": 14, "rule": "test"}
        facts = {"op": "=", "quote": indicator} | facts
        return Target.objects.create(**place, indicator=indicator, value=Decimal(value), unit=unit, **facts)

    return make


@pytest.fixture
def money(add):
    for indicator, value, unit in MONEY:
        add(indicator, value, unit)


@pytest.fixture
def found(client):
    """The indicators that the page lists for these parameters, in its order."""

    def read(**parameters):
        return rows_of(client.get("/targets/", parameters))

    return read


def rows_of(response) -> list[str]:
    return re.findall(r'<td class="wide">([^<]+)</td>', response.content.decode())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("投资", {"投资甲", "投资乙", "投资丙"}),
        ("投資　甲", {"投资甲"}),
        ("５g 基站", {"5G 基站"}),
        ("投资 基站", set()),
        ("投%", set()),
        ("​", set()),
    ],
)
def test_an_indicator_holds_every_word_folded(found, add, money, words, expected):
    add("5G 基站", 20, "个")
    assert set(found(indicator=words)) == expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"unit": "万亿元"}, ["投资丙", "投资甲", "投资乙"]),
        ({"unit": "亿元", "value_min": "3"}, ["投资甲", "投资乙"]),
        ({"unit": "亿元", "value_min": "3.01"}, ["投资乙"]),
        ({"unit": "万亿元", "value_max": "0.0003"}, ["投资丙", "投资甲"]),
        ({"unit": "万元", "value_min": "80", "value_max": "80"}, ["投资丙"]),
        ({"unit": "个", "value_min": "3"}, ["智算中心"]),
    ],
)
def test_a_range_is_compared_across_units(found, money, parameters, expected):
    assert found(**parameters, sort="value") == expected


def test_a_printed_range_is_found_when_some_of_it_is_asked_for(found, add):
    add("占比", 10, "%", value_max=20, op="range")
    assert found(unit="%", value_min=20) == ["占比"]
    assert found(unit="%", value_max=10) == ["占比"]
    assert found(unit="%", value_min="20.1") == []
    assert found(unit="%", value_max="9.9") == []


def test_percent_and_percentage_points_are_apart(found, add):
    add("占比", 10, "%")
    add("增速", 10, "百分点")
    add("降幅", 10, "个百分点")
    assert found(unit="%") == ["占比"]
    assert found(unit="百分点") == ["增速", "降幅"]


def test_indices_have_no_unit(found, add):
    add("PUE", "1.25", "")
    assert found(unit="无单位", value_max="1.3") == ["PUE"]


def test_deadlines_lie_between_years(found, add):
    for year in (2026, 2027, 2028):
        add(f"到{year}", 1, "个", year=year)
    assert found(year_min=2026, year_max=2027) == ["到2026", "到2027"]
    assert found(year_min=2028) == ["到2028"]


def test_a_topic_is_that_of_the_clause_in_the_csv_too(client, found, library, add):
    clause = library.plan.provisions.get(eid="sec_2__subsec_1")
    clause.topics = ["computing"]
    clause.save()
    target = add("上云企业", 1, "家")
    target.provision = clause
    target.save()
    assert found(topic="computing") == ["上云企业"]
    table = text_of(client.get("/targets/csv/", {"topic": "computing"})).splitlines()
    assert [row[0] for row in list(csv.reader(table))[1:]] == ["上云企业"]
    assert found(topic="weather") == []


def test_a_province_holds_its_cities(found, library, add):
    library.plan.region = library.city
    library.plan.save()
    assert found(region="510100") == found(region="510000") == ["智算中心", "算力规模"]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"value_min": "许多", "unit": "个"}, "输入一个数"),
        ({"value_min": "1e99999999", "unit": "个"}, "不超过 24 个数字"),
        ({"value_min": "NaN", "unit": "个"}, "输入一个数"),
        ({"value_min": "1"}, "请一并指明单位"),
        ({"value_min": "5", "value_max": "4", "unit": "个"}, "数值的上限小于下限"),
        ({"year_min": "2030", "year_max": "2029"}, "年份的上限小于下限"),
        ({"year_min": "20"}, "大于或等于1949"),
        ({"unit": "光年"}, "光年 不在可用的选项中"),
        ({"region": "999999"}, "999999 不在可用的选项中"),
    ],
)
def test_what_means_nothing_is_said_and_lists_nothing(client, library, parameters, said):
    response = client.get("/targets/", parameters)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert "筛选条件有误" in response.content.decode()
    assert rows_of(response) == []
    answer = client.get("/targets/csv/", parameters)
    assert answer.status_code == 400
    assert said in answer.content.decode()


@pytest.mark.parametrize("column", ["indicator", "value", "year", "region", "policy"])
def test_every_header_sorts_both_ways_and_keeps_the_filter(client, money, column):
    body = client.get("/targets/", {"unit": "亿元", "sort": column}).content.decode()
    assert 'aria-sort="ascending"' in body
    link = re.search(rf'href="(\?[^"]*sort=-{column}[^"]*)"', body)
    assert link
    back = client.get("/targets/" + link[1].replace("&amp;", "&"))
    assert 'aria-sort="descending"' in back.content.decode()
    assert set(rows_of(back)) == {"投资甲", "投资乙", "投资丙"}


def test_a_comparator_and_the_words_of_a_title_narrow(found, add, library):
    add("至少", 5, "个", op=">=")
    assert found(op=">=", policy=library.plan.title[:4]) == ["至少"]
    assert found(op=">=", policy="别的规划") == []


def test_values_are_sorted_in_base_units(found, money):
    assert found(sort="value", indicator="投资") == ["投资丙", "投资甲", "投资乙"]
    assert found(sort="-value", indicator="投资") == ["投资乙", "投资甲", "投资丙"]


def test_values_of_several_units_are_said_to_be_apart(client, money):
    said = "不同单位的数值不能相比"
    assert said in client.get("/targets/", {"sort": "-value"}).content.decode()
    assert said not in client.get("/targets/", {"sort": "-value", "unit": "亿元"}).content.decode()
    assert said not in client.get("/targets/").content.decode()


def test_an_unknown_order_is_that_of_years(found, add):
    add("更早", 1, "个", year=2024)
    assert found(sort="bogus") == found(sort="year") == ["更早", "智算中心", "算力规模"]


def test_targets_without_a_year_come_last_either_way(found, add):
    add("无期限", 1, "个")
    assert found(sort="year")[-1] == found(sort="-year")[-1] == "无期限"


@pytest.mark.parametrize("sort", ["year", "-year", "value", "-indicator", "region", "-policy"])
def test_pages_hold_every_target_once_in_order(client, add, found, sort):
    for number in range(130):
        add(f"指标{number % 7}", number % 11 + 1, "个", year=[2025, None, 2030][number % 3])
    pages = [rows_of(client.get("/targets/", {"sort": sort, "page": page})) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [50, 50, 32]
    everything = list(csv.reader(text_of(client.get("/targets/csv/", {"sort": sort})).splitlines()))[1:]
    assert [row[0] for row in everything] == [indicator for page in pages for indicator in page]


def test_readers_meet_no_draft_and_nobody_a_rejected_one(client, editor_client, library, found):
    assert "草稿中心" in rows_of(editor_client.get("/targets/"))
    assert "被否决的目标" not in rows_of(editor_client.get("/targets/"))
    client.logout()
    Target.objects.filter(policy=library.draft).update(unit="座")
    assert "草稿中心" not in found()
    assert '<option value="座">' not in client.get("/targets/").content.decode()
    assert "草稿中心" not in text_of(client.get("/targets/csv/"))


def test_units_that_are_compared_stand_together(client, money):
    body = client.get("/targets/").content.decode()
    group = re.search(r'<optgroup label="元">(.*?)</optgroup>', body, re.DOTALL)
    assert group
    assert re.findall(r'value="([^"]+)"', group[1]) == ["万元", "亿元", "万亿元"]


def test_the_table_keeps_the_comparator(client, library):
    assert "超过 1000 PFLOPS" in client.get("/targets/").content.decode()


def test_nothing_found_is_said(client, library):
    body = client.get("/targets/", {"indicator": "没有的"}).content.decode()
    assert "没有符合条件的目标" in body
    assert "CSV" not in body


class TestCsv:
    def test_holds_the_whole_selection_as_printed_and_in_base_units(self, client, money):
        response = client.get("/targets/csv/", {"unit": "亿元", "sort": "-value"})
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        first, *_ = csv.DictReader(text_of(response).splitlines())
        assert (first["指标"], first["数值"], first["单位"]) == ("投资乙", "0.5", "万亿元")
        assert (first["基本单位数值"], first["基本单位"]) == ("500000000000", "元")
        assert first["网址"].startswith("http://testserver/policies/")
        assert first["网址"].endswith("#sec_1")

    def test_no_cell_is_a_formula(self, client, add):
        add("=HYPERLINK(1)", 1, "@个", quote="+1")
        rows = list(csv.DictReader(text_of(client.get("/targets/csv/", {"indicator": "hyper"})).splitlines()))
        assert (rows[0]["指标"], rows[0]["单位"], rows[0]["原文"]) == ("'=HYPERLINK(1)", "'@个", "'+1")

    def test_asks_the_same_of_the_database_however_long(self, client, add, django_assert_max_num_queries):
        for number in range(30):
            add("指标", number + 1, "个")
        with django_assert_max_num_queries(5):
            assert len(text_of(client.get("/targets/csv/")).splitlines()) == 33


def text_of(response) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_bars_by_deadline_and_region_lead_on_within_the_selection(client, library, money):
    page = client.get("/targets/", {"indicator": "算力规模"}).content.decode()
    chosen = "?indicator=%E7%AE%97%E5%8A%9B%E8%A7%84%E6%A8%A1&amp;"
    assert f'<a href="{chosen}year_min=2025&amp;year_max=2025">2025年</a>' in page
    assert f'<a href="{chosen}region={library.province.code}">青川</a>' in page
    assert "按截止年份" not in client.get("/targets/", {"indicator": "没有"}).content.decode()
    assert "按截止年份" not in client.get("/targets/", {"indicator": "投资"}).content.decode()
