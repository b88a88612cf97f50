"""Statistical facts: indicator, time, level and change."""

from pathlib import Path

import pytest

from ingest.parsing.nodes import Node, Outline
from ingest.parsing.observations import find_observations
from ingest.parsing.text import JoinedText

BULLETINS = Path(__file__).parent / "bulletins"
YEARLY = "某省2030年茶业统计公报"
MONTHLY = "2030年1—8月份数据服务业运行情况"


def observations(text, title):
    node = Node("section", "一、", "一", "sec_1", 1, 1, text=JoinedText.of_line(text))
    return find_observations(Outline([node]), title)


def facts(text, title=YEARLY):
    rows = []
    for o in observations(text, title):
        level = "" if o.value is None else f" {o.value:g}{o.unit or ''}"
        change = "" if o.yoy is None else f" ({o.yoy:+g}{o.yoy_unit})"
        rows.append(f"{o.indicator}:{level}{change} {o.when}")
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年粮食产量600万吨，比上年增长1.5%；棉花产量20万吨，减产0.4%。",
         ["粮食产量: 600万吨 (+1.5%) 2030", "棉花产量: 20万吨 (-0.4%) 2030"]),
        ("全年采摘面积30万亩，比上年扩大2万亩。", ["采摘面积: 30万亩 (+2万亩) 2030"]),
        ("乡村旅游接待人次增长8.2%。", ["乡村旅游接待人次: (+8.2%) 2030"]),
        ("年末全省驿站覆盖率为70.2%，比上年末提升1.5个百分点。",
         ["全省驿站覆盖率: 70.2% (+1.5个百分点) 2030年末"]),
        ("库存净变化率为-0.90‰。", ["库存净变化率: -0.9‰ 2030"]),
        ("生产总值[2]8000亿元，增长5%。", ["生产总值: 8000亿元 (+5%) 2030"]),
        ("投资（不含农户）700亿元，增长2%。", ["投资（不含农户）: 700亿元 (+2%) 2030"]),
        ("全年茶具销售额90亿元，按可比价格计算，同比增长6%，占礼品销售额的比重为27%。",
         ["茶具销售额: 90亿元 (+6%) 2030", "茶具销售额占礼品销售额的比重: 27% 2030"]),
        ("移动电话基站108万个，其中4G基站60万个，5G基站23万个。",
         ["移动电话基站: 108万个 2030", "4G基站: 60万个 2030", "5G基站: 23万个 2030"]),
        ("全省网箱用户净增47万户，总数达到1.8亿户。其中，近海网箱用户总数1.6亿户，全年净增48万户，普及率为116.3口/百人，提高3.4口/百人。",
         ["全省网箱用户: (+47万户) 2030", "全省网箱用户总数: 1.8亿户 2030", "近海网箱用户总数: 1.6亿户 (+48万户) 2030",
          "近海网箱用户普及率: 116.3口/百人 (+3.4口/百人) 2030"]),
        ("截至12月末，茶社用户总数达5.3亿户，全年净增520万户。其中，山区茶社用户为3400万户，比上年末净增280万户。",
         ["茶社用户总数: 5.3亿户 (+520万户) 2030-12", "山区茶社用户: 3400万户 (+280万户) 2030-12"]),
        ("上半年茶园面积增长3%，全年增长5%。", ["茶园面积: (+3%) 2030-01/2030-06", "茶园面积: (+5%) 2030"]),
        ("人均GDP81234元，比上年增加2100元。", ["人均GDP: 81234元 (+2100元) 2030"]),
        ("年末有效商标30万件。当年授权专利7.6万件，其中发明专利1.5万件，增长4.9%。",
         ["有效商标: 30万件 2030年末", "授权专利: 7.6万件 2030", "授权发明专利: 1.5万件 (+4.9%) 2030"]),
        ("年末茶社总数3000家，全年新开200家。全年茶社收入9亿元，总量占全国的3%。",
         ["茶社总数: 3000家 2030年末", "茶社新开: 200家 2030", "茶社收入: 9亿元 2030", "茶社收入占全国: 3% 2030"]),
        ("全年完成补栽面积38万亩。", ["补栽面积: 38万亩 2030"]),
        ("全年成功举办6次展会。", ["成功举办展会: 6次 2030"]),
    ],
)  # fmt: skip
def test_levels_and_changes(text, expected):
    assert facts(text) == expected


def test_members_are_completed_from_what_they_divide():
    assert facts("全年茶企利润840亿元，下降4%。分门类看，种植业利润150亿元，增长8%；加工业640亿元，下降3%。") == [
        "茶企利润: 840亿元 (-4%) 2030",
        "种植业利润: 150亿元 (+8%) 2030",
        "加工业茶企利润: 640亿元 (-3%) 2030",
    ]
    assert facts("全年商品零售额中，饮料类增长5%，家具类下降7%。") == [
        "饮料类商品零售额: (+5%) 2030",
        "家具类商品零售额: (-7%) 2030",
    ]


def test_the_time_holds_until_another_is_named():
    assert facts("年末渔船保有量3万艘，其中远洋渔船保有量2千艘。全年新船交付量90艘。\n铁路里程500公里。") == [
        "渔船保有量: 3万艘 2030年末",
        "远洋渔船保有量: 2千艘 2030年末",
        "新船交付量: 90艘 2030",
        "铁路里程: 500公里 2030",
    ]
    assert facts("12月份，客流增多的渡口个数为23个。") == ["客流增多的渡口个数: 23个 2030-12"]


def test_monthly_reports():
    text = "1—8月份，数据服务业收入800亿元，同比增加9%，增速较一季度提高1.6个百分点。8月份，收入增长3%。"
    assert facts(text, MONTHLY) == [
        "数据服务业收入: 800亿元 (+9%) 2030-01/2030-08",
        "收入: (+3%) 2030-08",
    ]


def test_values_dealt_out_in_order():
    text = "云南省、海南省和四川省数据收入分别为20亿元、10亿元和30亿元，分别增长4%、5%和6%。"
    assert facts(text) == [
        "云南省数据收入: 20亿元 (+4%) 2030",
        "海南省数据收入: 10亿元 (+5%) 2030",
        "四川省数据收入: 30亿元 (+6%) 2030",
    ]


def test_the_growth_of_a_growth_and_dates_are_no_facts():
    assert facts("2030年8月1日起，收入增速比同期工业高2个百分点。") == []


def test_without_a_year_there_are_no_facts():
    assert facts("产量60万吨。", "运行情况") == []


def test_a_bracket_may_hold_facts_of_its_own():
    assert facts("年末渔船保有量90万艘（包括木船8万艘），增加2万艘。") == [
        "渔船保有量: 90万艘 (+2万艘) 2030年末",
        "木船: 8万艘 2030年末",
    ]
    assert facts("客流居前2名的东港（增长3%）和西港（下降2%）合计接待游客80万人次。")[1:] == [
        "东港客流: (+3%) 2030",
        "西港客流: (-2%) 2030",
    ]
    assert facts("茶具销量（M1）5万套。民宿（客栈、农家乐等）收入6亿元。") == [
        "茶具销量（M1）: 5万套 2030",
        "民宿收入: 6亿元 2030",
    ]


def test_what_names_no_owner_belongs_to_the_subject_before_it():
    text = "发行绿色债券12只，筹资30亿元，其中茶业债券3只，筹资4亿元。合作社签约茶园8个，总面积9万亩。"
    assert facts(text) == [
        "发行绿色债券: 12只 2030",
        "发行绿色债券筹资: 30亿元 2030",
        "茶业债券: 3只 2030",
        "茶业债券筹资: 4亿元 2030",
        "合作社签约茶园: 8个 2030",
        "合作社签约茶园总面积: 9万亩 2030",
    ]
    assert facts("新建驿站9个，累计建成70个。旧渡口改造开工6处，基本完工5处。") == [
        "新建驿站: 9个 2030",
        "累计建成驿站: 70个 2030",
        "旧渡口改造开工: 6处 2030",
        "旧渡口改造基本完工: 5处 2030",
    ]


def test_places_of_an_institution_are_named_by_it():
    assert facts("年末剧院座位90万张，其中大剧院60万张。") == [
        "剧院座位: 90万张 2030年末",
        "大剧院座位: 60万张 2030年末",
    ]


def test_what_was_won_is_named_by_the_games():
    text = "在东湖第3届龙舟节上，我省选手共获得7枚金牌，奖牌总数12枚。全年选手获得3个冠军，创2项纪录。"
    assert facts(text) == [
        "东湖第3届龙舟节选手获得金牌: 7枚 2030",
        "东湖第3届龙舟节奖牌总数: 12枚 2030",
        "选手获得冠军: 3个 2030",
        "选手创纪录: 2项 2030",
    ]


def test_several_values_of_one_subject():
    assert facts("全年制作动画90部2100集。全年引资8亿元，增长2%，折合人民币1亿元，增长3%。") == [
        "制作动画: 90部 2030",
        "制作动画: 2100集 2030",
        "引资: 8亿元 (+2%) 2030",
        "引资: 1亿元 (+3%) 2030",
    ]
    assert facts("一季度，门票收入增长3%，二季度下降4%。") == [
        "门票收入: (+3%) 2030-01/2030-03",
        "门票收入: (-4%) 2030-04/2030-06",
    ]


def test_shares_and_what_is_alike():
    assert facts("水质好的河段占40%，较好的占35%，差的占5%。茶园占耕地的9%，比上年提高1个百分点。") == [
        "水质好的河段占: 40% 2030",
        "水质较好的河段占: 35% 2030",
        "水质差的河段占: 5% 2030",
        "茶园占耕地: 9% (+1个百分点) 2030",
    ]
    assert facts("全年研发支出30亿元，与生产总值之比为2%。")[1] == "研发支出与生产总值之比: 2% 2030"
    text = "东部地区茶业收入7亿元，西部地区茶业收入3亿元。两个地区茶业收入占比分别为70%和30%。"
    assert facts(text)[2:] == ["东部地区茶业收入占比: 70% 2030", "西部地区茶业收入占比: 30% 2030"]


@pytest.mark.parametrize(
    "growth",
    ["环比增长3%", "比上月增长3%", "较一季度增长3%", "两年平均增长3%", "年均增长3%", "较2027年增长3%", "与上年持平"],
)
def test_only_a_growth_over_one_year_counts(growth):
    assert facts(f"客运量500万人次，{growth}。") == ["客运量: 500万人次 2030"]


def test_values_dealt_out_with_their_own_directions():
    assert facts("年末保费60亿元，赔付50亿元，分别增长6%和下降1%。") == [
        "保费: 60亿元 (+6%) 2030年末",
        "赔付: 50亿元 (-1%) 2030年末",
    ]
    assert facts("前两大客源地依次为东港和西港，分别接待300人和200人。") == [
        "东港接待: 300人 2030",
        "西港接待: 200人 2030",
    ]


def test_what_a_subject_adds_to_the_whole():
    assert facts("茶业产值9亿元，增长4%，拉动经济增长0.2个百分点，对经济增长的贡献率为5%。") == [
        "茶业产值: 9亿元 (+4%) 2030",
        "茶业产值拉动经济: (+0.2个百分点) 2030",
        "茶业产值对经济增长的贡献率: 5% 2030",
    ]


def test_a_value_with_what_it_was_before():
    assert facts("城乡收入比由上年的2.31缩小到2.26。茶园比重由30%提高到32%。") == [
        "城乡收入比: 2.26 2030",
        "茶园比重: 32% 2030",
    ]


def test_an_index_has_no_unit_and_a_structure_is_no_index():
    assert facts("消费信心指数102.5，物价比值为2.4，比上年缩小0.1。") == [
        "消费信心指数: 102.5 2030",
        "物价比值: 2.4 (-0.1None) 2030",
    ]
    assert facts("三次产业结构为8.1∶39.1∶52.8。") == []


@pytest.mark.parametrize("bulletin", sorted(BULLETINS.glob("*.txt")), ids=lambda path: path.stem)
def test_an_invented_bulletin_is_read_whole(bulletin):
    """Paragraphs, each with its facts below: `> indicator | level | change | when`."""
    title, *paragraphs = bulletin.read_text(encoding="utf-8").strip().split("\n\n")
    for paragraph in paragraphs:
        text, *expected = paragraph.split("\n")
        found = [
            (o.indicator, _amount(o.value, o.unit), _amount(o.yoy, o.yoy_unit), o.when)
            for o in observations(text, title)
        ]
        assert sorted(found) == sorted(_fact(line) for line in expected)


def _fact(line):
    indicator, level, change, when = (part.strip() for part in line.removeprefix(">").split("|"))
    return indicator, level, change, when


def _amount(value, unit):
    return "" if value is None else f"{value}{unit or ''}"
