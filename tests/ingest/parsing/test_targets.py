"""Targets: indicator, comparator, value, unit and years of what a policy promises."""

import importlib.util
from typing import Any

import pytest

from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import parse_lines
from ingest.parsing.nodes import Node, Outline
from ingest.parsing.outline import build_outline
from ingest.parsing.present import NOWHEN, Present
from ingest.parsing.targets import find_targets
from ingest.parsing.text import JoinedText, Piece
from ingest.records import as_json


def shown(target):
    """指标: >= 10家 @2021–2025"""
    value = f"{target.value:g}" if target.value_max is None else f"{target.value:g}–{target.value_max:g}"
    comparator = "" if target.op in ("=", "range") else f"{target.op} "
    years = f" @{target.year}" if target.year else ""
    if target.year_from:
        years = f" @{target.year_from}–{target.year}"
    return f"{target.indicator}: {comparator}{value}{target.unit}{years}"


def found(text, kind="plan", type_="item", present=NOWHEN):
    node = Node(type_, "1", "1", "item_1", 1, 1, text=JoinedText.of_line(text))
    return [shown(target) for target in find_targets(Outline([node]), kind, present)]


def found_in(document, kind="plan"):
    lines = document.strip("\n").split("\n")
    return [(t.path, shown(t)) for t in find_targets(build_outline(lines, 1, len(lines), kind).outline, kind)]


REACHED = [
    ("软件业务收入突破3000亿元，年均增长15%以上。", ["软件业务收入: > 3000亿元", "软件业务收入年均增长: >= 15%"]),
    ("入场数据商超过500家，数据产品不少于2000个，年交易额达到50亿元以上。",
     ["入场数据商: > 500家", "数据产品: >= 2000个", "年交易额: >= 50亿元"]),
    ("数据中心平均利用率由30%提高到60%，绿色电力使用占比从15%提升至50%以上。",
     ["数据中心平均利用率: 60%", "绿色电力使用占比: >= 50%"]),
    ("机构参保率保持在95%左右，失业率控制在5.5%以内，返工率低于3%。",
     ["机构参保率: ~ 95%", "失业率: <= 5.5%", "返工率: < 3%"]),
    ("新建数据中心电能利用效率（PUE）降至1.25以下。", ["新建数据中心电能利用效率（PUE）: <= 1.25"]),
    ("审批时限由5个工作日压缩至2个工作日，人均预期寿命提高到80岁。", ["审批时限: 2个工作日", "人均预期寿命: 80岁"]),
    ("客服窗口平均等候时间最长为40秒。", ["客服窗口平均等候时间: <= 40秒"]),
    ("服务器上电率达60%，服务业增加值占比超过50%。", ["服务器上电率: 60%", "服务业增加值占比: > 50%"]),
    ("预警信息发布时间缩短至5分钟以内。", ["预警信息发布时间: <= 5分钟"]),
    ("5G用户普及率、千兆宽带用户占比分别达到80%和40%。", ["5G用户普及率: 80%", "千兆宽带用户占比: 40%"]),
    ("至省内、省外时延分别低于3毫秒和9毫秒。", ["至省内、省外时延: < 3毫秒", "至省内、省外时延: < 9毫秒"]),
    ("月活用户突破2000万，能效值降至1.2。", ["月活用户: > 2000万", "能效值: 1.2"]),
    ("报修响应时间（市区 40分钟；山区 90分钟）。", ["报修响应时间（市区）: 40分钟", "报修响应时间（山区）: 90分钟"]),
]  # fmt: skip

COUNTED = [
    ("培育龙头茶企12家以上、“老字号”企业40家。", ["龙头茶企: >= 12家", "“老字号”企业: 40家"]),
    ("打造8个特色园区，建设5个左右的聚集区。", ["特色园区: 8个", "聚集区: ~ 5个"]),
    ("累计打造12个以上阅读驿站，新建凉亭60个。", ["累计打造阅读驿站: >= 12个", "新建凉亭: 60个"]),
    ("形成年产30枚火箭、400颗卫星的能力。", ["年产火箭: 30枚", "年产卫星的能力: 400颗"]),
    ("打造便民驿站70个（含夜间便民驿站25个）。", ["便民驿站: 70个", "夜间便民驿站: 25个"]),
    ("建设省级重点实验室5家，其中国家级2家。", ["省级重点实验室: 5家", "省级重点实验室（国家级）: 2家"]),
    ("建设甲市至乙市、丙市等2条直连光缆。", ["甲市至乙市、丙市等直连光缆: 2条"]),
    ("打造百个应用场景，建成三个先导区，培育1—2家龙头企业。", ["应用场景: 100个", "先导区: 3个", "龙头企业: 1–2家"]),
    ("每个县（市、区）至少建有1处智能步道。", ["每个县（市、区）智能步道: >= 1处"]),
    ("推动不少于80%的规上企业实施改造。", ["规上企业实施改造: >= 80%"]),
    ("编制物资清单、人员清单、路线清单等“三张清单”。", ["物资清单、人员清单、路线清单等清单: 3张清单"]),
    ("培育营业收入超100亿元的企业5家。", ["营业收入超100亿元的企业: 5家"]),
    ("建设200个以上示范工厂和500个数字化车间。", ["示范工厂: >= 200个", "数字化车间: 500个"]),
    ("主导或参与国家标准10项以上。", ["主导或参与国家标准: >= 10项"]),
]  # fmt: skip

BY_TENTHS = [
    ("茶产业产值较2023年翻一番，农村电商交易额翻两番以上。", ["茶产业产值: 1番", "农村电商交易额: >= 2番"]),
    ("良种覆盖率达到九成以上，秸秆利用率不低于八成，用水量下降两成。",
     ["良种覆盖率: >= 9成", "秸秆利用率: >= 8成", "用水量下降: 2成"]),
    ("集群营收突破百亿元，打造千亿级竹木集群。", ["集群营收: > 100亿元"]),
    ("举办产销对接会百场。", ["产销对接会: 100场"]),
    ("参保率由2022年的不足七成提高到2026年的98%。", ["参保率: 98% @2026"]),
    ("水库群综合灌溉成本控制在0.3元/立方米以内。", ["水库群综合灌溉成本: <= 0.3元/立方米"]),
    ("PUE、上架率分别为1.2、65%。", ["PUE: 1.2", "上架率: 65%"]),
    ("护林直升机飞行达到2万小时。", ["护林直升机飞行: 2万小时"]),
]  # fmt: skip

BY_YEAR_AND_PLACE = [
    ("组织开展防汛演练，每季度不少于2次。", ["每季度防汛演练: >= 2次"]),
    ("2025年新建渔光互补站30个、2026年底前累计达80个。",
     ["新建渔光互补站: 30个 @2025", "累计新建渔光互补站: 80个 @2026"]),
    ("每年对200家以上农场开展水质诊断。", ["每年对农场开展水质诊断: >= 200家"]),
    ("到2027年，网点达到300个。每年发放惠农券不少于2000万元。", ["网点: 300个 @2027", "每年发放惠农券: >= 2000万元"]),
    ("2026年、2027年分别为50户、80户农家提供改厕服务。",
     ["农家提供改厕服务: 50户 @2026", "农家提供改厕服务: 80户 @2027"]),
    ("在20个左右的镇布局惠民驿站，在河湾布设水位标尺90处。", ["镇布局惠民驿站: ~ 20个", "水位标尺: 90处"]),
    ("编发典型案例集1—2期，评选不少于2批。", ["典型案例集: 1–2期", "典型案例集: >= 2批"]),
    ("完成老城区60平方公里管网改造。", ["老城区管网改造: 60平方公里"]),
    ("建设容量达300万条的方言语料库。", ["方言语料库容量: 300万条"]),
    ("培育国家级示范社5家、省级50家。", ["国家级示范社: 5家", "省级示范社: 50家"]),
    ("到2027年，试点茶乡达到40个，其中，国家级8个、省级32个。",
     ["试点茶乡: 40个 @2027", "试点茶乡（国家级）: 8个 @2027", "试点茶乡（省级）: 32个 @2027"]),
    ("办好赛龙舟活动（首届已吸引80支队伍），每月发布不少于6个旅游产品。", ["每月发布旅游产品: >= 6个"]),
]  # fmt: skip


BY_SECTOR = [
    ("秸秆综合利用率≥90%，细颗粒物浓度≤35微克/立方米。", ["秸秆综合利用率: >= 90%", "细颗粒物浓度: <= 35微克/立方米"]),
    ("产妇死亡率控制在12/10万以下，婴儿死亡率控制在5‰以内。", ["产妇死亡率: <= 12/10万", "婴儿死亡率: <= 5‰"]),
    ("每千人口拥有全科医师0.5人、药师1.2人。", ["每千人口拥有全科医师: 0.5人", "每千人口拥有药师: 1.2人"]),
    ("平均住院日降至7天以下，挂号等候时间控制在30分钟以内。", ["平均住院日: <= 7天", "挂号等候时间: <= 30分钟"]),
    ("签约率以每年1—3个百分点的速度提升，到2035年达到75%以上。", ["签约率: >= 75% @2035"]),
    ("供电煤耗降至300克标准煤/千瓦时以下，公共算力达到500PFLOPS（FP16）以上。",
     ["供电煤耗: <= 300克标准煤/千瓦时", "公共算力: >= 500PFLOPS"]),
    ("竹木业总产值突破万亿元大关。", ["竹木业总产值: > 10000亿元"]),
    ("新增公路里程800公里，总里程达到9000公里。", ["新增公路里程: 800公里", "公路总里程: 9000公里"]),
    ("研发投入强度提高到3.2%，再生水利用率不低于25%，要素保障率达到90%。",
     ["研发投入强度: 3.2%", "再生水利用率: >= 25%", "要素保障率: 90%"]),
    ("组织化率提高到60%，及时办结率达到98%，基本养老保险参保率达到95%。",
     ["组织化率: 60%", "及时办结率: 98%", "基本养老保险参保率: 95%"]),
    ("蔬菜抽检合格率98%以上，村庄渔业光伏新增10万户。", ["蔬菜抽检合格率: >= 98%", "村庄渔业光伏新增: 10万户"]),
    ("货运量分别比2030年增长10%和12%。", ["货运量比2030年增长: 10%", "货运量比2030年增长: 12%"]),
    ("建成百个驿站、十个书屋，遴选1000节公开课。", ["驿站: 100个", "书屋: 10个", "公开课: 1000节"]),
    ("创建10个以上国家级、50个以上省级茶业园。", ["国家级茶业园: >= 10个", "省级茶业园: >= 50个"]),
    ("到2031年建成10个、到2035年建成30个零碳码头。", ["零碳码头: 10个 @2031", "零碳码头: 30个 @2035"]),
    ("组织申报省级书香企业，力争新增30家。", ["新增省级书香企业: 30家"]),
    ("打造3个万亿级港口群、10个千亿级港口群和一批百亿级码头。", ["万亿级港口群: 3个", "千亿级港口群: 10个"]),
    ("调节能力达到最大负荷的5%以上，年培养船员3万人次。", ["调节能力: >= 5%", "年培养船员: 3万人次"]),
    ("每个行业打造1—2个标杆，每个县建设1个以上驿站。", ["每个行业标杆: 1–2个", "每个县驿站: >= 1个"]),
    ("各市州至少培育2个竹木集群，各县区至少培育1个。", ["竹木集群: >= 2个", "竹木集群: >= 1个"]),
    ("分别培育省级、市级绿色茶厂5家、50家。", ["省级绿色茶厂: 5家", "市级绿色茶厂: 50家"]),
    ("遴选案例50个，其中智能制造类20个、绿色低碳类15个、文化创意类15个。",
     ["案例: 50个", "案例（智能制造类）: 20个", "案例（绿色低碳类）: 15个", "案例（文化创意类）: 15个"]),
    ("成立10亿元规模的竹木基金，改造梯田300万亩，其中新建100万亩。",
     ["竹木基金: 10亿元", "改造梯田: 300万亩", "新建改造梯田: 100万亩"]),
    ("每年新增茶企不少于200家，到2035年总数达到2000家。", ["每年新增茶企: >= 200家", "茶企总数: 2000家 @2035"]),
    ("力争三年翻一番，驿站达到1000户。", ["驿站: 1000户"]),
    ("2030年水质浓度为32微克/升，到2035年降至30微克/升。", ["水质浓度: 32微克/升 @2030", "水质浓度: 30微克/升 @2035"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BY_SECTOR)
def test_the_ways_of_many_sectors(text, expected):
    assert found(text) == expected


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


@pytest.mark.parametrize(("text", "expected"), BY_TENTHS)
def test_tenths_doublings_and_round_numbers(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), BY_YEAR_AND_PLACE)
def test_what_is_done_again_every_year_or_somewhere(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), REACHED)
def test_a_value_to_reach(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_things_to_be_made(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每年发放算力券不超过5000万元，支持企业用算力。", ["每年发放算力券: <= 5000万元"]),
        ("设立总规模不低于100亿元的产业基金。", ["产业基金: >= 100亿元"]),
        ("每年评选10家示范企业，给予20万元奖励。", ["每年评选示范企业: 10家"]),
        ("对年营业收入首次突破1亿元的企业，给予最高100万元奖励。", []),
        ("按投资额的20%给予补助，单个项目不超过500万元。", []),
        ("鼓励注册资本不低于5000万元、从业人员100人以上的企业报名。", []),
        ("年度研发投入占比超过8%的，优先支持。", []),
        ("各县推荐不超过5个案例。", []),
        ("各市推荐茶园不超过6个，省属农场不超过3个，材料一式5份，公示时间不少于7天。", []),
        ("合作社每年带动农户不少于50户的，奖励两成。", []),
        ("教师每年接受培训不少于72学时。", []),
        ("评选名额不超过60个，每市限报3个。", []),
        ("参评农场亩均产值不低于2万元，入驻农户不少于30家。", []),
        ("申报企业上年度营业收入不低于5000万元，研发费用占比不低于5%。", []),
        ("合作社参保人数应在10人以上。", []),
        ("项目总投资须达到5亿元以上，建设周期不超过2年。", []),
        ("委员5人以上，可以联名提出议案；从投资中提取1%。", []),
        ("鼓励企业年研发投入增长20%以上。", []),
        ("入驻茶企免租金，面积不超过300平方米。", []),
        ("首套茶舍首付比例不低于20%。", []),
        ("据统计，60岁以上茶农占20%；全市有2000多所茶校参与。", []),
    ],
)
def test_a_programme_has_a_volume_but_a_beneficiary_no_target(text, expected):
    assert found(text, "measures") == expected


@pytest.mark.parametrize(
    "text",
    [
        "聚焦算力、数据、安全三个重点，打造四大平台，构建“1+3+N”体系，实施八大行动。",
        "近年来，成效显著，已建成基站10万个，规模突破3万亿元，位居全国第5位。",
        "截至2022年底，累计建成数字化车间300个，上云企业达到1万家。",
        "到2025年，全省300余处渡口全部实现视频巡查。",
        "支持建设200G/400G骨干网络，推进IPv6、5G技术研发，研制3.8米直径火箭。",
        "用3年时间打造一批标杆，形成一张网，完善一套标准。",
        "保障12345热线24小时在线，面向60周岁以上老年人开展培训。",
        "优化形成两大核心、三条轴线、五个片区的布局。",
        "推动世界500强企业、软件百强企业设立总部，实施千家企业上云行动。",
        "依托12个国家级开发区开展试点，发挥3家实验室作用，带动周边5个县（区）协同发展。",
        "整合全县120平方公里测绘成果，全市渔业水面12万亩、机械化率已达80%。",
        "本次征集共收到茶艺作品320件。经评审，确定40个优秀作品，现予公布。",
        "分三批推进，分两期建设，一成不变的做法要改。",
        "下设3个专项工作组，每季度召开1次调度会，15日内处理完成投诉，每届至少开展一次水务专题询问。",
        "实现站点、设备、人员、服务四类信息一屏可查，推动部署千万级节点。",
    ],
)
def test_names_ranks_the_past_and_what_exists_are_none(text):
    assert found(text) == []


def test_laws_and_statistics_promise_nothing_without_a_deadline():
    fine = "逾期不改正的，处1万元以上5万元以下罚款；占比不低于百分之三十。"
    assert found(fine, "law", "article") == []
    assert found("到2030年，研究经费占比达到百分之三。", "law", "article") == ["研究经费占比: 3% @2030"]
    assert found("到2030年，研究经费占比达到3%。", "statistics") == []
    assert found("到2030年，研究经费占比达到3%。", "report") == []


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


def test_conditions_under_a_heading_are_none():
    notice = """
一、申报条件
1.带动茶农不少于50户、合作社不少于5家。
二、目标任务
1.培育茶企不少于30家。
"""
    assert found_in(notice, "notice") == [("二/1", "茶企: >= 30家")]


def test_conditions_for_applicants_are_none():
    measures = """
一、申报条件
申报企业应当符合以下条件：
（一）从业人员50人以上，其中研发人员占比不低于40%；
（二）营业收入达到1000万元。
"""
    assert found_in(measures, "measures") == []


def test_a_target_quotes_the_line_that_holds_its_number():
    text = JoinedText([Piece(796, 0, "打造便民驿站 70 个（含 24 小时夜间驿"), Piece(798, 0, "站 25 个）。")])
    outline = Outline([Node("goal", None, "——1", "goal_1", 796, 798, text=text)])
    first, second = find_targets(outline, "plan")
    assert (first.line, first.quote) == (796, "便民驿站 70 个")
    assert (second.line, second.quote, second.indicator) == (798, "站 25 个", "24小时夜间驿站")


def test_doubtful_rows_say_so():
    dated = find_targets(build_outline(["一、目标", "到2025年，规模超过10亿元。"], 1, 2, "plan").outline, "plan")
    undated = find_targets(build_outline(["一、任务", "建设两个核心区。"], 1, 2, "plan").outline, "plan")
    assert dated[0].rule == "reach"
    assert 0 < undated[0].confidence < dated[0].confidence <= 1


def test_long_lines_without_a_stop_are_read_to_their_end():
    assert len(found("新建5个站、" * 5_000)) == 5_000
    assert len(found("占比达到5%，" * 5_000)) == 5_000
    assert len(found("每个县建成1个、" * 5_000 + "驿站。", present=Present(2031))) <= 5_000
    assert found("年内三年内今年" * 20_000, present=Present(2031)) == []
    assert found("（" * 20_000 + "“" * 20_000 + "达到" * 20_000) == []


@pytest.mark.shared
def test_the_truth_is_found(shared):
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tallies = {"targets": module.Tally("targets"), "observations": module.Tally("observations")}
    for issue in ("2023-09", "2023-48"):
        lines = (shared / "issues" / f"{issue}.txt").read_text(encoding="utf-8-sig").splitlines()
        for tally in module.score(shared / "truth" / issue, as_json(parse_lines(lines, Gazetteer.from_fixtures()))):
            if tally.kind in tallies:
                tallies[tally.kind].add(tally)
    assert tallies["targets"].row()["f1"] >= 0.95, (tallies["targets"].missed, tallies["targets"].extra)
    assert tallies["observations"].row()["recall"] >= 0.95, tallies["observations"].missed
