"""Agencies: from printed names to official ones."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from ingest.parsing.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.from_fixtures()


@pytest.fixture(scope="module")
def resolve(gazetteer):
    def resolve(name, region=None):
        return gazetteer.agencies.resolve(name, gazetteer.regions.named(region) if region else None)

    return resolve


def test_national_names_are_given_once_and_successors_exist(gazetteer):
    bodies = gazetteer.agencies.all()
    names = {body.name for body in bodies}
    assert len(names) == len(bodies)
    named = [(name, body) for body in bodies for name in (body.name, *body.aliases)]
    for name, count in Counter(name for name, _ in named).items():
        terms = sorted(
            (body.valid_from or date.min, body.valid_to or date.max) for other, body in named if other == name
        )
        assert count == len(set(terms)), name
        assert all(ended <= began for (_, ended), (began, _) in pairwise(terms)), name
    assert {body.successor for body in bodies if body.successor} <= names
    assert all(body.level == "national" and body.region_code is None for body in bodies)


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("工信部", "工业和信息化部"),
        ("中华人民共和国教育部", "教育部"),
        ("发展改革委", "国家发展和改革委员会"),
        ("中央网信办", "中央网络安全和信息化委员会办公室"),
        ("中宣部", "中共中央宣传部"),
        ("中国作协", "中国作家协会"),
        ("市场监管总局", "国家市场监督管理总局"),
        ("工业和信息化部信息通信管理局", "工业和信息化部信息通信管理局"),
        ("税务总局贵州省税务局", "国家税务总局贵州省税务局"),
        ("银保监会", "中国银行保险监督管理委员会"),
    ],
)
def test_bodies_of_the_centre(resolve, name, canonical):
    found = resolve(name)
    assert (found.canonical, found.known, found.group) == (canonical, True, False)


@pytest.mark.parametrize(
    ("region", "name", "canonical"),
    [
        ("浙江省", "省经信厅", "浙江省经济和信息化厅"),
        ("重庆市", "市经济信息委", "重庆市经济和信息化委员会"),
        ("无锡市", "市文化广电和旅游局", "无锡市文化广电和旅游局"),
        ("湖南省", "省农信联社", "湖南省农村信用社联合社"),
        ("吉林省", "长白山管委会", "长白山保护开发区管理委员会"),
        ("黑龙江省", "大兴安岭地区行署", "大兴安岭地区行政公署"),
        ("黑龙江省", "大兴安岭地区", "大兴安岭地区行政公署"),
        ("内蒙古自治区", "兴安盟行政公署", "兴安盟行政公署"),
        ("浙江省", "省建设厅", "浙江省住房和城乡建设厅"),
        ("浙江省", "省国资委", "浙江省人民政府国有资产监督管理委员会"),
        ("浙江省", "省委宣传部", "中共浙江省委宣传部"),
        ("浙江省", "省委人才办", "中共浙江省委人才工作领导小组办公室"),
        ("浙江省", "省委网信办", "中共浙江省委网络安全和信息化委员会办公室"),
        ("浙江省", "省通信管理局", "浙江省通信管理局"),
        ("浙江省", "国家金融监督管理总局浙江监管局", "国家金融监督管理总局浙江监管局"),
        ("浙江省", "浙江金融监管局", "国家金融监督管理总局浙江监管局"),
        ("浙江省", "省金融监管局", "浙江省地方金融监督管理局"),
        ("浙江省", "团省委", "共青团浙江省委"),
        ("浙江省", "经信厅", "浙江省经济和信息化厅"),
        ("浙江省", "浙江省经信厅", "浙江省经济和信息化厅"),
        ("浙江省", "杭州市经信局", "杭州市经济和信息化局"),
        ("浙江省", "省 科 技厅", "浙江省科学技术厅"),
        ("浙江省", "省广电局省", "浙江省广播电视局"),
        ("浙江省", "省委金融办（省地方金融管理局）", "中共浙江省委金融委员会办公室"),
        ("浙江省", "杭州市", "杭州市人民政府"),
        ("浙江省", "财政部", "财政部"),
        ("浙江省", "发展改革委", "浙江省发展和改革委员会"),
        ("上海市", "市经信委", "上海市经济和信息化委员会"),
        ("上海市", "市经济信息化委", "上海市经济和信息化委员会"),
        ("上海市", "市国资委", "上海市国有资产监督管理委员会"),
        ("上海市", "市场监管局", "上海市市场监督管理局"),
        ("上海市", "人民银行上海总部", "中国人民银行上海总部"),
        ("贵阳市", "市大数据局", "贵阳市大数据发展管理局"),
        ("贵阳市", "省大数据局", "贵州省大数据发展管理局"),
        ("遵义市", "市大数据局", "遵义市大数据发展管理局"),
        ("芜湖市", "市数据资源局", "芜湖市数据资源管理局"),
        ("贵阳市", "贵安新区经济发展局", "贵州贵安新区经济发展局"),
        ("山东省", "省大数据局", "山东省大数据局"),
        ("广东省", "省政务服务数据管理局", "广东省政务服务数据管理局"),
        ("广西壮族自治区", "自治区党委宣传部", "中共广西壮族自治区委员会宣传部"),
        ("广西壮族自治区", "区工业和信息化厅", "广西壮族自治区工业和信息化厅"),
        ("大理白族自治州", "州发展改革委", "大理白族自治州发展和改革委员会"),
        ("浦东新区", "区发改委", "上海市浦东新区发展和改革委员会"),
        ("北京市", "市科委、中关村管委会", "北京市科学技术委员会、中关村科技园区管理委员会"),
        ("内蒙古自治区", "自治区政数局", "内蒙古自治区政务服务与数据管理局"),
        ("郑州市", "市资源规划局", "郑州市自然资源和规划局"),
        ("四川省", "省数据局", "四川省数据局"),
        ("深圳市", "大鹏新区管委会", "深圳市大鹏新区管理委员会"),
        ("苏州市", "苏州工业园区管委会", "苏州工业园区管理委员会"),
        ("江苏省", "国网江苏省电力公司", "国网江苏省电力有限公司"),
        ("江苏省", "国网江苏电力", "国网江苏省电力有限公司"),
        ("天津市", "滨海新区人民政府", "天津市滨海新区人民政府"),
        ("河北省", "雄安新区管委会", "河北雄安新区管理委员会"),
        ("山西省", "综改示范区管委会", "山西转型综合改革示范区管理委员会"),
        ("河南省", "航空港区管委会", "郑州航空港经济综合实验区管理委员会"),
        ("河南省", "济源示范区管委会", "济源产城融合示范区管理委员会"),
        ("广州市", "广州开发区管委会", "广州经济技术开发区管理委员会"),
        ("北京市", "经开区", "北京经济技术开发区管理委员会"),
        ("江西省", "赣江新区", "江西赣江新区管理委员会"),
        ("上海市", "浦东新区", "上海市浦东新区人民政府"),
        ("新疆维吾尔自治区", "兵团", "新疆生产建设兵团"),
        ("深圳市", "市经贸信息委", "深圳市经济贸易和信息化委员会"),
        ("黑龙江省", "省旅游委", "黑龙江省旅游发展委员会"),
        ("江苏省", "省金融办", "江苏省人民政府金融工作办公室"),
        ("四川省", "省机关事务局", "四川省机关事务管理局"),
        ("云南省", "中国移动云南公司", "中国移动通信集团云南有限公司"),
        ("云南省", "云南电网公司", "云南电网有限责任公司"),
        ("上海市", "民航华东地区管理局", "中国民用航空华东地区管理局"),
    ],
)
def test_bodies_of_regions(resolve, region, name, canonical):
    found = resolve(name, region)
    assert (found.canonical, found.known, found.group) == (canonical, True, False)


@pytest.mark.parametrize(
    ("region", "name", "canonical"),
    [
        ("山东省", "各市人民政府", "山东省各市人民政府"),
        ("上海市", "各区政府", "上海市各区政府"),
        ("上海市", "市级相关部门", "上海市市级相关部门"),
        ("浙江省", "省有关部门", "浙江省有关部门"),
        ("浙江省", "省级有关部门（单位）", "浙江省省级有关部门（单位）"),
        ("杭州市", "街道办事处（镇政府）", "杭州市街道办事处（镇政府）"),
        ("浙江省", "各市、县（市、区）人民政府", "浙江省各市、县（市、区）人民政府"),
        ("浙江省", "11个设区市政府", "浙江省11个设区市政府"),
        ("海南省", "市县人民政府", "海南省市县人民政府"),
        ("新疆维吾尔自治区", "兵团有关部门", "新疆生产建设兵团有关部门"),
        ("深圳市", "新区管委会", "深圳市新区管委会"),
        ("上海市", "相关管委会", "上海市相关管委会"),
        ("广东省", "基础电信企业", "广东省基础电信企业"),
        (None, "国务院有关部门", "国务院有关部门"),
        (None, "各省、自治区、直辖市人民政府", "各省、自治区、直辖市人民政府"),
    ],
)
def test_unnamed_sets(resolve, region, name, canonical):
    found = resolve(name, region)
    assert (found.canonical, found.group) == (canonical, True)


@pytest.mark.parametrize(
    ("region", "name", "canonical", "code"),
    [
        ("昆山市", "市工信局", "昆山市工业和信息化局", "320583"),
        ("昆山市", "昆山市政府办公室", "昆山市人民政府办公室", "320583"),
        ("苏州市", "昆山市", "昆山市人民政府", "320583"),
        ("长沙县", "县发改局", "长沙县发展和改革局", "430121"),
        ("上海市", "徐汇区政府", "上海市徐汇区人民政府", "310104"),
        ("北京市", "海淀区", "北京市海淀区人民政府", "110108"),
        ("南京市", "鼓楼区数据局", "南京市鼓楼区数据局", "320106"),
        ("福州市", "鼓楼区政府", "福州市鼓楼区人民政府", "350102"),
        ("余杭区", "区发改局", "杭州市余杭区发展和改革局", "330110"),
        ("余杭区", "市财政局", "杭州市财政局", "330100"),
        ("杭州市", "杭州市场监管局", "杭州市市场监督管理局", "330100"),
    ],
)
def test_bodies_of_counties_and_districts(resolve, region, name, canonical, code):
    found = resolve(name, region)
    assert (found.canonical, found.known, found.region_code) == (canonical, True, code)


@pytest.mark.parametrize(
    ("region", "name", "canonical"),
    [
        ("浙江省", "省数字驿站建设领导小组", "浙江省数字驿站建设领导小组"),
        ("浙江省", "省委数字驿站专班", "中共浙江省委数字驿站专班"),
        ("浙江省", "示例数据集团", "示例数据集团"),
        ("成都市", "成都高新区管委会", "成都高新技术产业开发区管理委员会"),
        ("珠海市", "示例新区管委会", "珠海市示例新区管理委员会"),
        ("贵阳市", "云涧区政府", "贵阳市云涧区人民政府"),
        ("贵阳市", "云涧区", "贵阳市云涧区人民政府"),
        ("石家庄市", "高新区管委会", "石家庄高新技术产业开发区管理委员会"),
        ("石家庄市", "市经开区管委会", "石家庄经济技术开发区管理委员会"),
        ("陕西省", "航空港区管委会", "航空港区管理委员会"),
        (None, "省工信厅", "省工信厅"),
    ],
)
def test_unknown_names_stay_as_written_behind_their_region(resolve, region, name, canonical):
    found = resolve(name, region)
    assert (found.canonical, found.known) == (canonical, False)


def test_where_a_body_belongs(resolve):
    assert (resolve("市统计局", "贵阳市").region_code, resolve("市统计局", "贵阳市").level) == ("520100", "city")
    assert (resolve("省统计局", "贵阳市").region_code, resolve("省统计局", "贵阳市").level) == ("520000", "province")
    assert (resolve("审计署", "贵阳市").region_code, resolve("审计署", "贵阳市").level) == (None, "national")
    assert (resolve("示例公司", "贵阳市").region_code, resolve("示例公司", "贵阳市").level) == (None, "")


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("省质监局", "江苏省质量技术监督局"),
        ("省质量技监局", "江苏省质量技术监督局"),
        ("省食药监局", "江苏省食品药品监督管理局"),
        ("省工商局", "江苏省工商行政管理局"),
        ("省国土厅", "江苏省国土资源厅"),
        ("省环保厅", "江苏省环境保护厅"),
        ("省经信委", "江苏省经济和信息化委员会"),
        ("省文广新局", "江苏省文化广电新闻出版局"),
        ("省卫计委", "江苏省卫生和计划生育委员会"),
        ("省安监局", "江苏省安全生产监督管理局"),
        ("省物价局", "江苏省物价局"),
        ("省侨办", "江苏省人民政府侨务办公室"),
        ("省法制办", "江苏省人民政府法制办公室"),
        ("省人防办", "江苏省人民防空办公室"),
    ],
)
def test_departments_of_before_the_reform_of_2018(resolve, name, canonical):
    found = resolve(name, "江苏省")
    assert (found.canonical, found.known) == (canonical, True)


@pytest.mark.parametrize(
    ("region", "name", "canonical"),
    [
        ("江苏省", "省政府国资委", "江苏省人民政府国有资产监督管理委员会"),
        ("江苏省", "省政府扶贫办", "江苏省人民政府扶贫开发办公室"),
        ("江苏省", "省政府示例中心", "江苏省人民政府示例中心"),
        ("贵阳市", "高新区管委", "贵阳高新技术产业开发区管理委员会"),
        ("贵阳市", "开发区管委", "贵阳市开发区管委"),
        ("昆山市", "昆山高新区管委会", "昆山高新技术产业开发区管理委员会"),
        ("昆山市", "高新区管委会", "昆山高新技术产业开发区管理委员会"),
        ("广东省", "横琴执委会", "横琴粤澳深度合作区执行委员会"),
        ("广东省", "横琴粤澳深度合作区", "横琴粤澳深度合作区执行委员会"),
        (None, "中科院贵阳码头所", "中国科学院贵阳码头研究所"),
        (None, "中科院码头所", "中国科学院码头研究所"),
    ],
)
def test_parts_of_names_are_written_out(resolve, region, name, canonical):
    assert resolve(name, region).canonical == canonical


KINDS_OF_BODIES = (
    *("发展改革委", "网信办", "税务局", "政府外办", "残联", "政协", "纪委监委", "人民银行", "政务服务中心", "中院"),
    *("委宣传部", "委编办", "委示例办公室", "数据示范中心"),
)
SETS = (
    *("各市人民政府", "各区政府", "市级相关部门", "省级有关部门", "省直有关部门", "各市、县（市、区）人民政府"),
    *("有关单位", "相关企业", "各设区市人民政府", "市有关部门"),
)


@pytest.mark.parametrize(
    "region",
    [
        *("上海市", "山东省", "广西壮族自治区", "贵阳市", "大理白族自治州", "深圳市", "重庆市", "哈尔滨市"),
        *("昆山市", "长沙县", "余杭区"),
    ],
)
def test_an_official_name_means_itself_whoever_prints_it(gazetteer, region):
    here = gazetteer.regions.named(region)
    word = "自治区" if region.endswith("自治区") else region[-1]
    for name in (*SETS, *(word + kind for kind in KINDS_OF_BODIES)):
        found = gazetteer.agencies.resolve(name, here)
        assert gazetteer.agencies.resolve(found.canonical, None) == found, name


def test_a_set_keeps_its_region(resolve):
    for canonical, code in (("上海市市级相关部门", "310000"), ("山东省各市人民政府", "370000")):
        found = resolve(canonical)
        assert (found.canonical, found.group, found.region_code, found.level) == (canonical, True, code, "province")


def test_names_of_firms_are_given_once(gazetteer, resolve):
    for name in ("中国南方电网有限责任公司", "南方电网"):
        found = resolve(name, "广东省")
        assert (found.canonical, found.known, found.level) == ("中国南方电网有限责任公司", True, "national")


@pytest.mark.parametrize(
    ("region", "name", "day", "canonical"),
    [
        (None, "中央网信办", date(2017, 6, 1), "中央网络安全和信息化领导小组办公室"),
        (None, "中央网信办", date(2018, 6, 1), "中央网络安全和信息化委员会办公室"),
        (None, "广电总局", date(2010, 1, 1), "国家广播电影电视总局"),
        (None, "广电总局", date(2017, 1, 1), "国家新闻出版广电总局"),
        (None, "广电总局", date(2018, 3, 17), "国家广播电视总局"),
        (None, "广电总局", None, "国家广播电视总局"),
        (None, "银保监会", date(2024, 1, 1), "中国银行保险监督管理委员会"),
        ("浙江省", "省委网信办", date(2017, 6, 1), "中共浙江省委网络安全和信息化领导小组办公室"),
        ("浙江省", "省委网信办", date(2019, 6, 1), "中共浙江省委网络安全和信息化委员会办公室"),
        ("浙江省", "省委网络安全和信息化委员会办公室", date(2017, 6, 1), "中共浙江省委网络安全和信息化委员会办公室"),
        ("浙江省", "省编办", date(2017, 6, 1), "浙江省机构编制委员会办公室"),
        ("浙江省", "省编办", date(2020, 6, 1), "中共浙江省委机构编制委员会办公室"),
        ("浙江省", "省委编办", date(2017, 6, 1), "中共浙江省委机构编制委员会办公室"),
        ("上海市", "市农委", date(2017, 6, 1), "上海市农业委员会"),
        ("上海市", "市农委", date(2021, 6, 1), "上海市农业农村委员会"),
        ("上海市", "市农业农村委", date(2017, 6, 1), "上海市农业农村委员会"),
    ],
)
def test_a_short_form_means_the_body_of_the_documents_day(gazetteer, region, name, day, canonical):
    place = gazetteer.regions.named(region) if region else None
    assert gazetteer.agencies.resolve(name, place, day).canonical == canonical
    assert gazetteer.agencies.on(day).resolve(name, place).canonical == canonical


def test_successions_join_bodies_that_are_known(gazetteer):
    names = {body.name for body in gazetteer.agencies.all()}
    known = gazetteer.agencies.successions()
    assert {name for row in known for name in (row.predecessor, row.successor)} <= names
    assert len({(row.predecessor, row.successor) for row in known}) == len(known)
    ways = {(row.predecessor, row.successor): row.date for row in known}
    assert ways["中国银行业监督管理委员会", "中国银行保险监督管理委员会"] == date(2018, 3, 17)
    assert ways["中国银行保险监督管理委员会", "国家金融监督管理总局"] == date(2023, 5, 18)
    assert ways["国家发展和改革委员会", "国家数据局"] == date(2023, 10, 25)


def test_nobody_took_over_before_he_was_there_or_after_the_other_was_gone(gazetteer):
    bodies = {body.name: body for body in gazetteer.agencies.all()}
    for row in gazetteer.agencies.successions():
        before, after = bodies[row.predecessor], bodies[row.successor]
        assert row.date, row
        assert not before.valid_to or row.date <= before.valid_to, row
        assert not after.valid_to or row.date < after.valid_to, row


def test_a_regions_bodies_have_successors_under_its_name(gazetteer):
    rows = gazetteer.agencies.local_successions(gazetteer.regions.named("浙江省"))
    ways = {(row.predecessor, row.successor): row.date for row in rows}
    assert ("浙江省环境保护厅", "浙江省生态环境厅") in ways
    branch = ("中国银行保险监督管理委员会浙江监管局", "国家金融监督管理总局浙江监管局")
    assert ways[branch] == date(2023, 7, 20)
