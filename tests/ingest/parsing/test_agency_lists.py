"""Lists of bodies: what divides them and what does not."""

import pytest

from ingest.parsing.agency_lists import NameReader
from ingest.parsing.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def reader():
    gazetteer = Gazetteer.from_fixtures()
    return NameReader(gazetteer.agencies, gazetteer.regions.named("浙江省"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("省经信厅、省科技厅，省财政厅；省商务厅", ["省经信厅", "省科技厅", "省财政厅", "省商务厅"]),
        ("省住房和城乡建设厅和省水利厅", ["省住房和城乡建设厅", "省水利厅"]),
        ("省文化和旅游厅及省通信管理局", ["省文化和旅游厅", "省通信管理局"]),
        ("省经信厅等", ["省经信厅"]),
        ("省经信厅、省科技厅等部门", ["省经信厅", "省科技厅"]),
        ("省经信厅等14个有关部门", ["省经信厅"]),
        ("省科技厅和各市、县（市、区）人民政府", ["省科技厅", "各市、县（市、区）人民政府"]),
        ("各市、州、直管市及林区人民政府", ["各市、州、直管市及林区人民政府"]),
        ("各市、州、直管市、神农架林区人民政府", ["各市、州、直管市、神农架林区人民政府"]),
        ("省科技厅，*省经信厅、省财政厅▲", ["省科技厅", "省经信厅", "省财政厅"]),
        ("杭州市政府、宁波市政府等地", ["杭州市政府", "宁波市政府"]),
        ("杭州、宁波等市政府", ["杭州", "宁波"]),
        ("省直有关部门、单位，省科技厅", ["省直有关部门、单位", "省科技厅"]),
        ("各盟行政公署、市人民政府", ["各盟行政公署", "市人民政府"]),
        ("各市政府、县（市、区）政府", ["各市政府", "县（市、区）政府"]),
        ("各市州、县市区人民政府", ["各市州、县市区人民政府"]),
        ("省文化广电和旅游厅、省文化和旅游厅和省广电局", ["省文化广电和旅游厅", "省文化和旅游厅", "省广电局"]),
        ("各市党委、政府", ["各市党委、政府"]),
        ("省科技厅（省外国专家局、省基金办）、省财政厅", ["省科技厅（省外国专家局、省基金办）", "省财政厅"]),
        ("省发展改革委省数据局省财政厅", ["省发展改革委", "省数据局", "省财政厅"]),
        ("由省经信厅", ["省经信厅"]),
        ("", []),
    ],
)
def test_names(reader, text, names):
    assert [name.text for name in reader.names(text)] == names


def test_a_name_that_holds_a_mark_is_one():
    gazetteer = Gazetteer.from_fixtures()
    reader = NameReader(gazetteer.agencies, gazetteer.regions.named("北京市"))
    names = reader.names("市数据局、市科委、中关村管委会，市财政局、市科委、海淀区政府")
    assert [name.text for name in names] == ["市数据局", "市科委、中关村管委会", "市财政局", "市科委", "海淀区政府"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("省通信管理局、物价局", "浙江省物价局"),
        ("省公安厅、省水利厅、码头总队", "浙江省码头总队"),
        ("省公安厅、示例数据集团", "示例数据集团"),
        ("示例数据集团、码头总队", "码头总队"),
        ("省公安厅、国家码头局", "国家码头局"),
    ],
)
def test_the_province_of_the_first_department_is_that_of_all(reader, text, last):
    assert reader.names(text)[-1].resolution.canonical == last


@pytest.mark.parametrize(
    ("text", "canonicals"),
    [
        ("各盟行政公署、市人民政府", ["浙江省各盟行政公署", "浙江省各市人民政府"]),
        ("各市人民政府、地区行署、县（市）政府", ["浙江省各市人民政府", "浙江省各地区行署", "浙江省各县（市）政府"]),
        ("各市政府、市政府办公厅", ["浙江省各市政府", "市政府办公厅"]),
    ],
)
def test_the_second_set_has_the_firsts_each(reader, text, canonicals):
    assert [name.resolution.canonical for name in reader.names(text)] == canonicals


def test_places_before_a_citys_government_are_cities(reader):
    names = reader.names("云涧、海宁、桐乡市人民政府")
    assert [name.resolution.canonical for name in names] == ["云涧", "海宁市人民政府", "桐乡市人民政府"]
    assert [reader.is_body(name.text) for name in names] == [False, True, True]


def test_names_know_where_they_stand(reader):
    text = "牵头单位：省经信厅、 省科技厅"
    for name in reader.names(text, 5):
        assert text[name.start : name.end] == name.text


@pytest.mark.parametrize(
    "name", ["省经信厅", "各市人民政府", "示例数据集团公司", "省数字驿站工作专班", "优化驿站环境领导小组办公室"]
)
def test_what_is_taken_for_a_body(reader, name):
    assert reader.is_body(name)


@pytest.mark.parametrize(
    "name", ["", "厅", "统筹推进", "2025年底前完成", "省" * 60, "形成部门", "建立工作专班", "加强单位", "依托高校"]
)
def test_what_is_not(reader, name):
    assert not reader.is_body(name)


def test_companies_and_sets_are_no_named_public_body(reader):
    assert reader.is_named_body("省经信厅")
    assert reader.is_named_body("省数字驿站工作专班")
    assert not reader.is_named_body("各市人民政府")
    assert not reader.is_named_body("龙头企业")
    assert not reader.is_named_body("省驿站建设公司")


def test_the_body_that_words_begin_with(reader):
    [name] = reader.names("各区政府加强协同")
    assert reader.body_prefix(name).text == "各区政府"


def test_the_body_that_words_end_with(reader):
    [name] = reader.names("建立省数据局")
    assert reader.named_suffix(name).text == "省数据局"


def test_what_another_owns_is_not_the_provinces(reader):
    [name] = reader.names("发挥市财政局")
    assert reader.named_suffix(name) is None


def test_a_list_may_hold_a_few_strangers(reader):
    text = "省水利厅、省财政厅、云涧码头"
    assert reader.lists_bodies(text, 0, len(text))
    assert not reader.lists_bodies("形成合力、统筹推进、省财政厅", 0, 14)
