"""Firms of the state: the full names of grids and carriers behind the short ones."""

import pytest

from ingest.parsing.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.from_fixtures()


@pytest.mark.parametrize(
    ("region", "name", "canonical", "code"),
    [
        ("河南省", "省电力公司", "国网河南省电力公司", "410000"),
        ("安徽省", "电力公司", "国网安徽省电力有限公司", "340000"),
        ("新疆维吾尔自治区", "新疆电力公司", "国网新疆电力有限公司", "650000"),
        ("江苏省", "国网江苏省电力有限公司", "国网江苏省电力有限公司", "320000"),
        ("上海市", "市电力公司", "国网上海市电力公司", "310000"),
        ("贵阳市", "省电网公司", "贵州电网有限责任公司", "520000"),
        ("安徽省", "省电信公司", "中国电信股份有限公司安徽分公司", "340000"),
        ("安徽省", "安徽移动", "中国移动通信集团安徽有限公司", "340000"),
        ("安徽省", "中国联通安徽省分公司", "中国联合网络通信有限公司安徽省分公司", "340000"),
        ("南京市", "国网南京供电公司", "国网江苏省电力有限公司南京供电公司", "320100"),
        ("威海市", "市供电公司", "国网山东省电力公司威海供电公司", "371000"),
        ("内蒙古自治区", "国网蒙东电力公司", "国网内蒙古东部电力有限公司", "150000"),
        ("安徽省", "省投资集团", "安徽省投资集团控股有限公司", "340000"),
        ("合肥市", "省投资集团", "安徽省投资集团控股有限公司", "340000"),
        ("浙江省", "国家电投", "国家电力投资集团有限公司", None),
        ("浙江省", "北大荒农垦集团", "北大荒农垦集团有限公司", "230000"),
        ("贵阳市", "中国移动贵阳分公司", "中国移动通信集团贵州有限公司贵阳分公司", "520100"),
    ],
)
def test_firms_are_named_in_full(gazetteer, region, name, canonical, code):
    found = gazetteer.agencies.resolve(name, gazetteer.regions.named(region))
    assert (found.canonical, found.known, found.region_code) == (canonical, True, code)


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("浙江省", "电力"),
        ("浙江省", "中国移动"),
        ("浙江省", "云海电力公司"),
        ("贵阳市", "市电力公司"),
        ("贵阳市", "云涧供电公司"),
        (None, "省电力公司"),
        ("浙江省", "省投资集团"),
    ],
)
def test_what_names_no_firm_of_a_province_stays(gazetteer, region, name):
    found = gazetteer.agencies.resolve(name, gazetteer.regions.named(region) if region else None)
    assert not found.known
    assert found.canonical.endswith(name)
