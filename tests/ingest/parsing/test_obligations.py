"""Obligations: one row for each subject and modal word of a law's articles."""

import pytest

from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.nodes import Outline
from ingest.parsing.obligations import find_obligations
from ingest.parsing.text import JoinedText
from tests.ingest.parsing.outlines import broken, node, outline


@pytest.fixture(scope="module")
def shanghai():
    return Gazetteer.from_fixtures().regions.named("上海市")


def rows(*articles, region=None):
    found = find_obligations(outline(*articles, kind="article"), region)
    return [(record.subject, record.modality) for record in found]


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("驿站运营者应当公示服务清单，并接受监督。", [("驿站运营者", "shall")]),
        ("驿站运营者可以收取费用，但不得超过标准。", [("驿站运营者", "may"), ("驿站运营者", "must_not")]),
        ("驿站运营者终止服务的，应当提前公告。", [("驿站运营者", "shall")]),
        ("驿站运营者终止服务前，应当提前公告。", [("驿站运营者", "shall")]),
        ("有下列情形之一的，主管部门应当撤销登记：", [("主管部门", "shall")]),
        ("驿站的名称应当易于识别。", [("驿站的名称", "shall")]),
        ("开展驿站服务活动，应当遵守法律。", [("开展驿站服务活动", "shall")]),
        ("主管部门应当登记。登记完成后方可营业。", [("主管部门", "shall"), ("主管部门", "may")]),
        (
            "两个以上的主管部门对管辖有争议的，应当协商，协商未果的，应当报请指定；也可以直接由上一级主管部门指定。",
            [("两个以上的主管部门", "shall"), ("两个以上的主管部门", "shall"), ("上一级主管部门", "may")],
        ),
        ("同一申请由两个部门收到的，应当由最先收到的主管部门办理。", [("最先收到的主管部门", "shall")]),
        (
            "任何单位和个人不得拆毁驿站，不得妨碍他人使用。",
            [("任何单位和个人", "must_not"), ("任何单位和个人", "must_not")],
        ),
        ("禁止任何单位和个人冒用驿站名称。", [("任何单位和个人", "must_not")]),
        ("禁止在驿站实施下列行为：", [("任何单位和个人", "must_not")]),
        (
            "经核定的航线不得擅自更改；确需更改的，应当重新核定。",
            [("经核定的航线", "must_not"), ("经核定的航线", "shall")],
        ),
        ("经主管部门同意后，驿站可以延期。", [("驿站", "may")]),
        ("可以利用的旧驿站应当登记造册。", [("可以利用的旧驿站", "shall")]),
        (
            "驿站运营者处理旅客信息，应当具有明确的目的，不得扩大。",
            [("驿站运营者", "shall"), ("驿站运营者", "must_not")],
        ),
        ("驿站经营单位设置招牌的，应当规范用字。", [("驿站经营单位", "shall")]),
        ("驿站运营者未经省人民政府批准，不得停业。", [("驿站运营者", "must_not")]),
        ("公共机构不得拒绝提供依法应当共享的数据。", [("公共机构", "must_not")]),
        ("主管部门编制目录不得遗漏应当登记的驿站。", [("主管部门", "must_not")]),
        ("主管部门应当登记驿站并应当公布登记的结果。", [("主管部门", "shall"), ("主管部门", "shall")]),
        (
            "驿站公司应当加强数据管理，所采集的旅客数据，应当存入系统，不得出售。",
            [("驿站公司", "shall"), ("所采集的旅客数据", "shall"), ("所采集的旅客数据", "must_not")],
        ),
        (
            "主管部门应当核查。凡列入不予开放类的，应当说明理由。",
            [("主管部门", "shall"), ("列入不予开放类的", "shall")],
        ),
        ("驿站运营者应当公示。基于旅客同意处理旅客信息的，应当另行告知。", [("驿站运营者", "shall")] * 2),
        (
            "驿站运营者应当公示。实现同等服务，存在其他方式的，不得只用一种。",
            [("驿站运营者", "shall"), ("驿站运营者", "must_not")],
        ),
        ("自由贸易港、驿站园区等管理机构应当公示。", [("自由贸易港、驿站园区等管理机构", "shall")]),
        ("省驿站局应会同省财政厅建立评价机制。", [("省驿站局", "shall")]),
        ("跨县的驿站应当按有关规定由上级主管部门办理登记。", [("上级主管部门", "shall")]),
        ("驿站的名称应当规范。招牌需要使用外文的，应当同时标注中文。", [("驿站的名称", "shall"), ("招牌", "shall")]),
        (
            "驿站主管部门，以及机场、车站等场所的经营单位，应当公示。",
            [("驿站主管部门，以及机场、车站等场所的经营单位", "shall")],
        ),
        ("驿站的名称应当规范。禁止在驿站内乱贴广告。", [("驿站的名称", "shall"), ("任何单位和个人", "must_not")]),
        ("实施应急征用的单位在使用完毕后，应当及时返还。", [("实施应急征用的单位", "shall")]),
        (
            "驿站大会代表在听取报告时，可以对驿站的工作提出意见，可以询问。",
            [("驿站大会代表", "may"), ("驿站大会代表", "may")],
        ),
        ("主管部门应当划定限制建设、禁止建设的区域。", [("主管部门", "shall")]),
        ("禁止无关人员进入机房，禁止任何组织干扰调度。", [("无关人员", "must_not"), ("任何组织", "must_not")]),
        ("主管部门应当巡查。严禁在驿站内吸烟。", [("主管部门", "shall"), ("任何单位和个人", "must_not")]),
        ("运营者应当明码标价，禁止价外收费。", [("运营者", "shall"), ("运营者", "must_not")]),
        ("禁止停车的驿站，运营者应当设置标志。", [("运营者", "shall")]),
        ("主管部门可以划定禁止停车的区域。", [("主管部门", "may")]),
        ("由主管部门设置禁止停车标志。", [("主管部门", "responsible")]),
        ("驿站站台内除前条的规定外，还应当禁止以下做法：", [("任何单位和个人", "must_not")]),
        (
            "由主管部门拆除，费用由运营者承担，可以责令停业。",
            [("主管部门", "responsible"), ("运营者", "responsible"), ("主管部门", "may")],
        ),
        ("运营者应保存记录，保证物品可以溯源。", [("运营者", "shall")]),
        ("运营者应持登记证办理手续。", [("运营者", "shall")]),
        ("主管部门应当巡查。驿站保护范围内不得采石。", [("主管部门", "shall"), ("任何单位和个人", "must_not")]),
        ("主管部门应当巡查。临时占用站台的，应当提交方案。", [("主管部门", "shall"), ("临时占用站台", "shall")]),
        ("运营者应书面告知旅客，应予以协助，应继续履行。", [("运营者", "shall")] * 3),
        ("运营者应对设备进行检修。", [("运营者", "shall")]),
        ("遗失物的运送业务必须由火葬场承办。", [("火葬场", "shall")]),
        ("有下列情形之一的驿站，不得出租。", [("有下列情形之一的驿站", "must_not")]),
        ("尊重旅客的习惯。驿站应当清洁。", [("驿站", "shall")]),
        ("使用单位可以申请。", [("使用单位", "may")]),
        ("可以通过网络办理的事项，不得要求到场。", [("可以通过网络办理的事项", "must_not")]),
        ("不符合标准的驿站，禁止营业。", [("不符合标准的驿站", "must_not")]),
        ("主管部门应当巡查。申请登记驿站的，应当提交材料。", [("主管部门", "shall"), ("申请登记驿站", "shall")]),
        ("驿站收容场所应当制定接收物品的办法。", [("驿站收容场所", "shall")]),
        ("运营者在白天可以停车，其他时间不得停车。", [("运营者", "may"), ("运营者", "must_not")]),
        ("驿站的消防通道禁止占用。", [("驿站的消防通道", "must_not")]),
        (
            "运营者应当申请，由主管部门会同公安机关审查批准后，方能施工。",
            [("运营者", "shall"), ("主管部门", "responsible"), ("运营者", "may")],
        ),
        ("运营者可以调解，但旅客拒绝调解的，不得调解。", [("运营者", "may"), ("运营者", "must_not")]),
        ("必要时调度中心可调动应急车辆。", [("调度中心", "may")]),
        ("有条件的，可由运营者代为申请。", [("运营者", "may")]),
        ("运营者不应当拒绝旅客。", [("运营者", "must_not")]),
        ("主管部门在十日内审核。不予登记的，应当说明理由。", [("主管部门", "shall")]),
        ("驿站屋顶不作停车使用。确需使用时，应当缴费。", [("驿站屋顶", "shall")]),
        ("县（市、区）驿站部门应当公示。", [("县（市、区）驿站部门", "shall")]),
        # competence without a modal word
        (
            "由主管部门组织修复，所需费用由运营者承担。",
            [("主管部门", "responsible"), ("运营者", "responsible")],
        ),
        ("运营者必须改建，费用由运营者承担。", [("运营者", "shall"), ("运营者", "responsible")]),
        (
            "违反规定的，由主管部门给予警告；情节严重的，处一千元罚款，并可以责令停业。",
            [("主管部门", "responsible"), ("主管部门", "may")],
        ),
        ("省驿站主管部门是全省驿站的主管部门，负责统筹协调。", [("省驿站主管部门", "responsible")]),
        ("省交通部门作为驿站主管部门，负责监督检查。", [("省交通部门", "responsible")]),
        (
            "违反本办法的，由主管部门责令改正；逾期不改正的，可以处罚款。",
            [("主管部门", "responsible"), ("主管部门", "may")],
        ),
        ("国家数据局负责全国驿站的统筹协调。", [("国家数据局", "responsible")]),
        ("驿站登记由所在地的主管部门管辖。", [("所在地的主管部门", "responsible")]),
        ("国家数据局依职权指导监督驿站登记工作。", [("国家数据局", "responsible")]),
        ("公安、财政等部门按照各自职责，做好驿站管理工作。", [("公安、财政等部门", "responsible")]),
        ("负有驿站管理职责的部门（以下统称管理机构）分别负责相关工作。", [("管理机构", "responsible")]),
        ("违反本办法规定的，由主管部门责令改正，可以处罚款。", [("主管部门", "responsible"), ("主管部门", "may")]),
    ],
)
def test_rows_of_an_article(article, expected):
    assert rows(article) == expected


@pytest.mark.parametrize(
    "article",
    [
        "本办法所称驿站，是指应当登记的服务场所。",
        "鼓励驿站运营者提供免费服务。",
        "法律另有规定的，从其规定。",
        "情节轻微的，可以从轻或者减轻处罚。",
        "将依法应当取得的证书公开。",
        "对直接负责的主管人员依法给予处分。",
        "驿站设立由各方专家组成的委员会。",
        "驿站负责人每年轮换。",
        "驿站工作实行首长负责制。",
        "在驿站从事经营活动，应当遵守本条例。",
        "在驿站从事经营活动，应当遵守《驿站法》及其实施条例和本办法。",
        "本办法所称驿站，是指某一地区的场所，其特色由该地区的人员决定。",
        "月台内为不许可停车区域。",
        "驿站应纳税所得额依法核定。",
        "驿站践行“有求必应、应当先办”的理念。",
        "驿站制定应急预案，做好应对工作，核定应缴费用和应到人数。",
        "预告的内容包括类别、级别、应当采取的措施。",
        "驿站安全实行管行业必须管安全。",
        "参照本办法执行的，可以参照第三条执行。",
    ],
)
def test_what_is_no_obligation(article):
    assert rows(article) == []


def test_an_elided_subject_comes_from_the_article_before():
    assert rows("主管部门应当登记。", "对同一行为，不得重复处罚。") == [("主管部门", "shall"), ("主管部门", "must_not")]


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("未经授权，不得披露旅客信息。", [("任何单位和个人", "must_not")]),
        ("违反规定的，责令限期改正；逾期不改正的，可以处罚款。", []),
        ("对不符合条件的，应当说明理由。", [("主管部门", "shall")]),
    ],
)
def test_who_is_not_the_one_of_the_article_before(article, expected):
    assert rows("主管部门应当登记。", article)[1:] == expected


def test_behind_a_thing_a_condition_names_its_own(shanghai):
    assert rows("驿站的名称应当规范。", "申请变更驿站名称的，应当提交材料。")[1:] == [("申请变更驿站名称", "shall")]


def test_a_city_department_gets_its_citys_name(shanghai):
    assert rows("市数据部门应当编制名录。", region=shanghai) == [("上海市数据部门", "shall")]
    for name in ("市场主体", "市场监督管理部门", "市政公用部门"):
        assert rows(f"{name}应当守法。", region=shanghai) == [(name, "shall")]
    assert rows("市市场监管部门应当公示。", region=shanghai) == [("上海市市场监管部门", "shall")]


def test_lists_below_an_article_give_no_rows():
    article = node("驿站应当具备下列条件：", kind="article")
    item = node("运营者应当登记；", kind="subitem")
    item.parent = article
    article.children.append(item)
    article.tail = JoinedText.of_line("主管部门不得收取费用。", 3)
    found = find_obligations(Outline([article]), None)
    assert [(record.modality, record.line) for record in found] == [("shall", 1), ("must_not", 3)]


def test_only_articles_are_read():
    assert find_obligations(outline("主管部门应当登记。"), None) == []


def test_rows_of_one_sentence_share_out_its_words():
    found = find_obligations(outline("运营者可以收费，终止服务的，应当公告，不得拖延。", kind="article"), None)
    assert [record.quote for record in found] == ["运营者可以收费", "终止服务的，应当公告", "不得拖延"]


def test_a_sentence_cut_by_a_page_is_quoted_where_its_modal_word_stands():
    article = node("", kind="article")
    article.text = broken("驿站运营者终止服务的，", "应当提前公告。")
    [record] = find_obligations(Outline([article]), None)
    assert (record.line, record.quote, record.subject) == (3, "应当提前公告", "驿站运营者")


def test_supplied_subjects_are_less_sure_than_printed_ones():
    printed, supplied = find_obligations(outline("运营者应当登记。合同生效后，可以营业。", kind="article"), None)
    assert supplied.confidence < printed.confidence


def test_the_row_of_a_thing_begins_with_it():
    text = "驿站公司应当加强管理，所采集的旅客数据，应当存入系统。"
    found = find_obligations(outline(text, kind="article"), None)
    assert [record.quote for record in found] == ["驿站公司应当加强管理", "所采集的旅客数据，应当存入系统"]
