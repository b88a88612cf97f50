"""Which deadline governs a target, and where a text tells of the past."""

import pytest

from ingest.parsing.present import Present
from tests.ingest.parsing.targets import found, found_in


def test_a_programme_of_one_year_promises_that_year_from_its_first_words():
    own = Present(2032, yearly=True)
    text = "2032年，推进茶园改造，茶叶产值增长18%以上。"
    assert found(text, "plan", "preamble", own) == ["茶叶产值增长: >= 18% @2032"]
    assert found(text, "plan", "preamble", Present(2032)) == []
    assert found(text, "news", "preamble", own) == []
    assert found("到年底，茶园面积超过12万亩。", present=own) == ["茶园面积: > 12万亩 @2032"]


def test_a_policy_of_one_year_dates_its_half_years_and_months():
    text = "全年新建驿站50个，6月底前新建凉亭8座。到2035年，全年客流达到9万人次。"
    assert found(text, present=Present(2031, yearly=True)) == [
        "全年新建驿站: 50个 @2031", "新建凉亭: 8座 @2031", "全年客流: 9万人次 @2035",
    ]  # fmt: skip
    assert found("全年新建驿站50个。", present=Present(2031)) == ["全年新建驿站: 50个"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年内新建充换电站50座。", ["新建充换电站: 50座 @2031"]),
        ("明年力争新增学位3000个。", ["新增学位: 3000个 @2032"]),
        ("用3年左右时间，培育链主茶企30家。", ["链主茶企: 30家 @2034"]),
        ("2032年6月开工，年内建成泊位20个。", ["泊位: 20个 @2032"]),
        ("2030年水质浓度为32微克/升，到2035年降至30微克/升。", ["水质浓度: 30微克/升 @2035"]),
        ("今年以来，全县新增合作社1.2万户。", []),
        ("连续三年内产值增速超过20%的茶企，奖励50万元。", []),
    ],
)  # fmt: skip
def test_the_policys_own_year_dates_what_it_promises(text, expected):
    assert found(text, present=Present(2031)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成园区5个。到2025年，产值达到10亿元。利润超过1亿元。",
         ["园区: 5个", "产值: 10亿元 @2025", "利润: > 1亿元 @2025"]),
        ("到2022年，建成基站2万个；到2025年，建成基站6万个。", ["基站: 2万个 @2022", "基站: 6万个 @2025"]),
        ("“十五五”期间，累计培训10万人次。", ["累计培训: 10万人次 @2026–2030"]),
        ("2023—2025年，每年新增企业100家。", ["每年新增企业: 100家 @2023–2025"]),
        ("新建公路1万公里，改造桥梁300座，2025年12月底前全部完成。",
         ["新建公路: 1万公里 @2025", "改造桥梁: 300座 @2025"]),
        ("到2025年和2030年，清洁能源比重分别达到20%和25%。", ["清洁能源比重: 20% @2025", "清洁能源比重: 25% @2030"]),
        ("2024年3月底前，完成立项；6月底前，新建应用10个。", ["新建应用: 10个 @2024"]),
        ("新建园区10个（2024年）、20个（2025年）。", ["新建园区: 10个 @2024", "新建园区: 20个 @2025"]),
        ("单位能耗较2020年下降13.5%。", ["单位能耗较2020年下降: 13.5%"]),
    ],
)  # fmt: skip
def test_the_deadline_governs_from_where_it_stands(text, expected):
    assert found(text) == expected


PLAN = """
为加快发展，根据《某实施意见》（某政发〔2018〕12号），制定本方案。
一、发展基础
2019年，全市规模以上企业达到3200家。
（一）网络基础不断夯实。光纤覆盖率达到98%。
二、总体要求
（一）奋斗目标
到2022年，主要实现以下目标：
——网络能力增强。建成基站8000个，改造率达到60%。
——平台能力提升。2021年，企业级平台达到20个。
展望2025年，产业规模突破2000亿元。
三、主要举措
（一）夯实网络基础
1.建设外网。到2021年，出口带宽扩容到20Tbps。
2.推进标识解析。建设2个以上二级节点。
四、进度安排
（一）启动阶段（2020年1—3月）。选定10个试点镇。
"""


def test_a_goal_hands_its_deadline_down_and_a_task_does_not():
    assert found_in(PLAN) == [
        ("二/（一）/——1", "基站: 8000个 @2022"),
        ("二/（一）/——1", "改造率: 60% @2022"),
        ("二/（一）/——2", "企业级平台: 20个 @2021"),
        ("二/（一）", "产业规模: > 2000亿元 @2025"),
        ("三/（一）/1", "出口带宽: 20Tbps @2021"),
        ("三/（一）/2", "二级节点: >= 2个"),
        ("四/（一）", "试点镇: 10个 @2020"),
    ]


@pytest.mark.parametrize(
    "lead", ["到2033年，体系基本形成，具体目标如下：", "主要目标：到2033年，体系基本形成。", "坚持创新。到2033年："]
)
def test_a_lead_hands_its_deadline_down_whatever_the_heading_says(lead):
    document = f"一、总体要求\n{lead}\n（一）茶园达到50个。\n（二）产值突破30亿元。\n二、任务\n（一）新建驿站5个。"
    assert found_in(document) == [
        ("一/（一）", "茶园: 50个 @2033"), ("一/（二）", "产值: > 30亿元 @2033"), ("二/（一）", "新建驿站: 5个"),
    ]  # fmt: skip


def test_a_lead_without_its_own_deadline_hands_none_down():
    document = "一、总体要求\n到2033年，体系基本形成。重点任务如下：\n（一）新建驿站5个。"
    assert found_in(document) == [("一/（一）", "新建驿站: 5个")]


def test_a_digest_tells_the_past_before_the_plan():
    news = "据统计，2023年数据产量达到30ZB，占比为10%。《规划》提出，到2026年，数据产量达到50ZB。"
    assert found(news, "news", "body") == ["数据产量: 50ZB @2026"]


def test_a_preamble_tells_what_exists():
    told = "本市2025年茶叶产值突破90亿元，拥有7万家茶企。为壮大产业，制定本计划。"
    assert found(told, "plan", "preamble") == []
    assert found("力争到2027年茶叶产值突破120亿元。", "plan", "preamble") == ["茶叶产值: > 120亿元 @2027"]


def test_a_day_on_which_it_ends_does_not_date_a_policy():
    measures = """
一、扶持茶企
到2027年，新增茶企50家。
二、附则
本措施有效期至2028年12月31日。
"""
    assert found_in(measures, "measures") == [("一", "新增茶企: 50家 @2027")]
