"""Regions: the data in fixtures/, and the names that a text may begin with."""

from collections import Counter

import pytest

from ingest.parsing.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def regions():
    return Gazetteer.from_fixtures().regions


def test_the_book_holds_the_nation_the_provinces_and_the_prefectures(regions):
    in_force = Counter(region.level for region in regions.all() if region.valid_to is None)
    assert in_force["national"] == 1
    assert in_force["province"] == 34
    assert in_force["city"] == 333


def test_every_region_lies_in_one_whose_code_begins_alike(regions):
    for region in regions.all():
        parent = regions.parent(region)
        if region.level == "province":
            assert parent.level == "national"
        elif region.level != "national":
            assert parent.level == "province" or (region.level, parent.level) == ("county", "city")
            digits = 4 if parent.level == "city" else 2
            assert region.code[:digits] == parent.code[:digits]


def test_the_names_of_bodies_tell_regions_in_force_apart(regions):
    names = Counter(region.official for region in regions.all() if region.valid_to is None)
    assert [name for name, count in names.items() if count > 1] == []


def test_parents_come_before_their_children(regions):
    seen = set()
    for region in regions.all():
        assert region.parent_code is None or region.parent_code in seen
        seen.add(region.code)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("浙江省", "330000"),
        ("浙江", "330000"),
        ("沪", "310000"),
        ("贵阳贵安", "520100"),
        ("恩施州", "422800"),
        ("莱芜市", "371200"),
        ("吉林", "220000"),  # the province owns the short name that a city shares
        ("吉林市", "220200"),
    ],
)
def test_a_region_is_found_by_each_of_its_names(regions, name, code):
    assert regions.named(name).code == code


def test_what_is_no_region_has_no_name(regions):
    assert regions.named("长三角") is None
    assert regions.get("999999") is None
    assert regions.get(None) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("浙江省经济和信息化厅", "浙江省"),
        ("内蒙古自治区大数据中心", "内蒙古自治区"),
        ("贵阳贵安数据工程方案", "贵阳市"),
        ("广东省广州市智慧码头规划", "广州市"),
        ("浙江杭州算力方案", "杭州市"),
        ("吉林省吉林市数据条例", "吉林市"),
        ("海南藏族自治州数字规划", "海南藏族自治州"),
        ("辽宁省朝阳市方案", "朝阳市"),
        ("上海市浦东新区数据方案", "浦东新区"),
        ("中华人民共和国2030年统计公报", "中华人民共和国"),
        ("广州区块链方案", "广州市"),
        ("昆山市产业方案", "昆山市"),
        ("江苏省昆山市产业方案", "昆山市"),
        ("江苏省苏州市昆山市产业方案", "昆山市"),
        ("长沙县数据方案", "长沙县"),
        ("杭州市余杭区数据方案", "余杭区"),
        ("余杭区数据方案", "余杭区"),
        ("洛阳市老城区数据方案", "老城区"),
        ("晋城市城区绿化办法", "晋城市"),
        ("杭州市场监管方案", "杭州市"),
        ("临安市数据方案", "临安市"),
    ],
)
def test_the_region_at_the_head_of_a_text(regions, text, name):
    assert regions.leading(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        *("吉林大学数据中心", "朝阳区方案", "通州区规划", "大同社会研究", "阿里云白皮书", "中国信通院", "", "省"),
        *("老城区改造办法", "港口区域规划", "东区建设方案", "安宁疗护试点", "灯塔工厂培育方案", "静安区块链规划"),
    ],
)
def test_words_that_only_look_like_a_region(regions, text):
    assert regions.leading(text) is None


@pytest.mark.parametrize(
    ("word", "region", "found"),
    [
        ("省", "贵阳市", "贵州省"),
        ("市", "贵阳市", "贵阳市"),
        ("自治区", "南宁市", "广西壮族自治区"),
        ("市", "浙江省", None),
        ("国", "浙江省", None),
    ],
)
def test_the_region_that_a_level_means(regions, word, region, found):
    assert getattr(regions.enclosing(word, regions.named(region)), "name", None) == found


def test_lead_says_how_long_the_name_is(regions):
    region, length = regions.lead("江苏省南京市数据局")
    assert (region.name, length) == ("南京市", len("江苏省南京市"))


@pytest.mark.parametrize(
    ("name", "home", "code"),
    [
        ("鼓楼区", "南京市", "320106"),
        ("鼓楼区", "福州市", "350102"),
        ("鼓楼区", "江苏省", None),  # 南京市 and 徐州市 both have one
        ("鼓楼区", None, None),
        ("朝阳区", "北京市", "110105"),
        ("朝阳区", "海淀区", "110105"),
        ("市中区", "内江市", "511002"),
        ("老城区", "洛阳市", "410302"),
        ("崇川区", None, "320613"),  # in force, beside the one that was merged into it
        ("昆山市", "杭州市", "320583"),
    ],
)
def test_a_name_that_districts_share_is_told_by_where_it_is_printed(regions, name, home, code):
    found = regions.named(name, regions.named(home) if home else None)
    assert (found.code if found else None) == code
