"""Responsibilities: notes in the styles of many provinces, and sentences that name who leads.

A row is written as its agencies: the printed name, and l(ead), s(upport) or r(esponsible).
"""

import pytest

from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.nodes import Outline
from ingest.parsing.responsibilities import find_responsibilities
from tests.ingest.parsing.outlines import broken, node, outline

ROLES = {"lead": "l", "support": "s", "responsible": "r"}


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.from_fixtures()


@pytest.fixture
def find(gazetteer):
    def find(made, region="浙江省", kind="plan"):
        made = outline(made) if isinstance(made, str) else made
        return find_responsibilities(made, gazetteer.regions.named(region or ""), gazetteer.agencies, kind)

    return find


def roles(record):
    return " ".join(f"{agency.name}:{ROLES[agency.role]}" for agency in record.agencies)


NOTES = [
    ("（省水利厅、省财政厅按职责分工负责，以下均需各市政府负责，不再逐条列出）", "省水利厅:r 省财政厅:r"),
    # labels
    ("（责任单位：省经信厅、省科技厅）", "省经信厅:r 省科技厅:r"),
    ("（责任单位：省经信厅；省科技厅）", "省经信厅:r 省科技厅:r"),
    ("(责任单位:省经信厅,各市人民政府)", "省经信厅:r 各市人民政府:r"),
    ("〔责任部门：省经信厅〕", "省经信厅:r"),
    ("【责任单位】省经信厅、省科技厅", "省经信厅:r 省科技厅:r"),
    ("［牵头单位：省经信厅；配合单位：省科技厅、省财政厅］", "省经信厅:l 省科技厅:s 省财政厅:s"),
    ("（牵头单位：省经信厅  配合单位：省科技厅）", "省经信厅:l 省科技厅:s"),
    ("（牵头单位：省经信厅，责任单位：省科技厅）", "省经信厅:l 省科技厅:r"),
    ("（牵头责任单位：省经信厅；配合责任单位：省科技厅）", "省经信厅:l 省科技厅:s"),
    ("（主办单位：省经信厅，协办单位：省科技厅）", "省经信厅:l 省科技厅:s"),
    ("（牵头：省经信厅；配合：省科技厅）", "省经信厅:l 省科技厅:s"),
    ("（责任单位：省经信厅牵头，省科技厅配合）", "省经信厅:l 省科技厅:s"),
    ("（责任单位：省经信厅（牵头）、省科技厅）", "省经信厅:l 省科技厅:r"),
    ("（牵头单位：省经信厅；责任领导：张三；完成时限：2031年底）", "省经信厅:l"),
    ("（责任单位：省 经信厅、省科 技厅等 部门按职责分工负责）", "省经信厅:r 省科技厅:r"),
    ("（责任单位：省经信厅、省科技厅", "省经信厅:r 省科技厅:r"),  # the bracket is lost
    ("（含示例场景（责任单位：省经信厅）", "省经信厅:r"),
    ("（责任单位∶省经信厅、省科技厅）", "省经信厅:r 省科技厅:r"),
    # verbs
    ("（省经信厅牵头，省科技厅、省财政厅配合）", "省经信厅:l 省科技厅:s 省财政厅:s"),
    ("（省经信厅牵头、省科技厅配合）", "省经信厅:l 省科技厅:s"),
    ("（省经信厅、省科技厅共同牵头，省财政厅参加）", "省经信厅:l 省科技厅:l 省财政厅:s"),
    ("（省经信厅牵头，省科技厅，各市人民政府参与）", "省经信厅:l 省科技厅:s 各市人民政府:s"),
    ("（省经信厅牵头，省科技厅等按职责分工负责）", "省经信厅:l 省科技厅:r"),
    ("（省经信厅、省科技厅按照各自职责分工负责）", "省经信厅:r 省科技厅:r"),
    ("（省经信厅、省科技厅按职责分工）", "省经信厅:r 省科技厅:r"),
    ("（由省经信厅负责）", "省经信厅:r"),
    ("（省经信厅负责，2031年6月底前完成）", "省经信厅:r"),
    ("（省经信厅会同省科技厅及各市政府负责）", "省经信厅:l 省科技厅:s 各市政府:s"),
    ("（省科技厅配合，各市人民政府组织实施）", "省科技厅:s 各市人民政府:r"),
    ("（省推进数字驿站建设领导小组办公室负责）", "省推进数字驿站建设领导小组办公室:r"),
    ("（由省经信厅牵头，会同省科技厅、省财政厅推进）", "省经信厅:l 省科技厅:s 省财政厅:s"),
    ("（省经信厅牵头，并会同省科技厅建立机制）", "省经信厅:l 省科技厅:s"),
    ("（省经信厅、省科技厅，会同省财政厅负责）", "省经信厅:l 省科技厅:l 省财政厅:s"),
    ("（此项任务由省经信厅牵头，省科技厅配合）", "省经信厅:l 省科技厅:s"),
    ("（省经信厅牵头，杭州市政府、宁波市政府等地落实）", "省经信厅:l 杭州市政府:r 宁波市政府:r"),
    ("（牵头单位：省经信厅，省科技厅、省财政厅按职责分工负责）", "省经信厅:l 省科技厅:r 省财政厅:r"),
    ("（责任单位：省经信厅，省科技厅参与）", "省经信厅:r 省科技厅:s"),
    ("（责任单位：省经信厅、省科技厅。各设区市参照执行）", "省经信厅:r 省科技厅:r"),
    ("（省经信厅负责，省财政厅给予支持）", "省经信厅:r 省财政厅:s"),
    ("（省经信厅牵头，各地级以上市人民政府结合实际落实）", "省经信厅:l 各地级以上市人民政府:r"),
    ("（各县（市、区）人民政府结合本地实际组织实施）", "各县（市、区）人民政府:r"),
    ("（省经信厅指导，各市人民政府认真组织实施）", "省经信厅:r 各市人民政府:r"),
    ("（省经信厅统筹协调，省科技厅、省财政厅分工落实）", "省经信厅:r 省科技厅:r 省财政厅:r"),
    ("（省经信厅牵头，各市人民政府因地制宜推进）", "省经信厅:l 各市人民政府:r"),
    ("（省经信厅、省科技厅按职责分工牵头，省财政厅配合）", "省经信厅:l 省科技厅:l 省财政厅:s"),
    ("（省经信厅牵头，省科技厅、云涧码头配合）", "省经信厅:l 省科技厅:s"),
    ("（牵头单位：省经信厅  责任单位：各市人民政府  时限：2031年12月）", "省经信厅:l 各市人民政府:r"),
    ("（省经信厅（牵头）、省科技厅、省财政厅）", "省经信厅:l 省科技厅:r 省财政厅:r"),
    ("（省经信厅〔牵头〕、省科技厅（配合））", "省经信厅:l 省科技厅:s"),
    ("（第一、二项由省经信厅牵头，第三项由省科技厅牵头）", "省经信厅:l 省科技厅:l"),
    ("（省经信厅、省科技厅，各市参与）", "省经信厅:r 省科技厅:r 各市:s"),
    ("（责任单位：省经信厅，有条件的市、县（市、区））", "省经信厅:r 有条件的市、县（市、区）:r"),
    # remarks on other tasks
    (
        "（责任单位：省经信厅、前湾新区管委会（以下均需各市人民政府、前湾新区管委会落实，不再列出））",
        "省经信厅:r 前湾新区管委会:r",
    ),
    ("（责任单位：省经信厅、各市人民政府（不再逐一列出））", "省经信厅:r 各市人民政府:r"),
    ("（责任单位：省经信厅、省科技厅（以上单位按职责分工负责，下同））", "省经信厅:r 省科技厅:r"),
    # names alone
    ("（省经信厅、示例云集团、示例数据有限公司）", "省经信厅:r 示例云集团:r 示例数据有限公司:r"),
    ("（省通信管理局、中国电信浙江公司、中国移动浙江公司）", "省通信管理局:r 中国电信浙江公司:r 中国移动浙江公司:r"),
    ("（省经信厅、省科技厅）", "省经信厅:r 省科技厅:r"),
    ("（省经信厅、云涧开发区）", "省经信厅:r 云涧开发区:r"),
    # lines of their own
    ("责任单位：省经信厅、省科技厅", "省经信厅:r 省科技厅:r"),
    ("责任单位为省经信厅、省科技厅。", "省经信厅:r 省科技厅:r"),
    ("责任单位：省经信厅、前湾新区管委会（以下均需各市人民政府落实，不再列出）", "省经信厅:r 前湾新区管委会:r"),
    ("牵头（责任）单位：省经信厅；配合单位：省科技厅", "省经信厅:l 省科技厅:s"),
    ("牵头单位：省经信厅。配合单位：省科技厅。", "省经信厅:l 省科技厅:s"),
    ("\n牵头单位：省经信厅\n配合单位：省科技厅\n", "省经信厅:l 省科技厅:s"),
    # rules on who leads
    ("（责任单位：*省经信厅、省科技厅，加*的为牵头单位）", "省经信厅:l 省科技厅:s"),
    ("（省科技厅、省经信厅▲、省财政厅，标注▲的为牵头单位）", "省科技厅:s 省经信厅:l 省财政厅:s"),
    ("（责任单位：省科技厅、★省经信厅（带“★”的单位牵头，下同））", "省科技厅:s 省经信厅:l"),
    ("（责任单位：省科技厅、省经信厅，标注▲的为牵头单位）", "省科技厅:r 省经信厅:r"),
    ("（责任单位：省经信厅、省科技厅，列第1位的为牵头单位，下同）", "省经信厅:l 省科技厅:s"),
    ("（责任单位：省经信厅、省科技厅。排在首位的为牵头单位）", "省经信厅:l 省科技厅:s"),
    ("（责任单位：省经信厅、省科技厅（排名第一的为牵头单位，下同））", "省经信厅:l 省科技厅:s"),
    ("（责任单位：省经信厅、省科技厅，牵头单位排在首位）", "省经信厅:l 省科技厅:s"),
    ("（省经信厅、省科技厅，排第一位的为牵头单位，下同）", "省经信厅:l 省科技厅:s"),
    ("（责任单位：省经信厅省数据局、省科技厅，列首位的为牵头单位）", "省经信厅:l 省数据局:l 省科技厅:s"),
    ("（责任单位：省经信厅、省科技厅，省财政厅，第一个逗号前为牵头单位）", "省经信厅:l 省科技厅:l 省财政厅:s"),
]


@pytest.mark.parametrize(("note", "expected"), NOTES)
def test_a_note_behind_a_task(find, note, expected):
    records = find(f"建设一批数字驿站。{note}")
    assert [roles(record) for record in records] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "建设驿站（含5G驿站100个）。",
        "发挥驿站（包括省经信厅、省科技厅办事窗口）作用。",
        "鼓励由龙头企业牵头，联合高校组建创新联合体。",
        "建立由市政府分管领导牵头的工作机制。",
        "各责任单位：要加强统筹。",
        "联系对口部门（省经信厅负责人）。",
        "明确驿站负责人（驿站负责人每年轮换）。",
        "（一）企业参与（企业、高校参与）。",
        "引进伙伴。（示例云集团、示例数据有限公司）",
        "（以下任务均需各区落实，不再列出）",
        "各市要会同有关部门抓好落实。",
        "省经信厅会同省科技厅、省财政厅联合设立的驿站理事会，负责审定年度安排。",
        "各有关部门要按照职责分工，认真抓好落实。",
        "企业、高校按照职责分工推进攻关。",
        "省公安厅联合开展执法。",
        "牵头单位为企业的，可以联合高校申报。",
        "责任单位为推进驿站建设的主体，要切实履职。",
    ],
)
def test_no_note(find, text):
    assert find(text) == []


def test_a_record_tells_place_words_and_full_names(find):
    [record] = find(outline("甲。", "建设数字驿站。（责任单位：省经信厅，各市人民政府）"))
    assert (record.path, record.line) == ("2", 2)
    assert record.quote == "（责任单位：省经信厅，各市人民政府）"
    assert [(a.canonical, a.group, a.known) for a in record.agencies] == [
        ("浙江省经济和信息化厅", False, True),
        ("浙江省各市人民政府", True, True),
    ]


def test_a_note_cut_by_a_page_is_one_row_quoted_from_its_first_line(find):
    section = node("")
    section.text = broken("建设数字驿站。（责任单位：省经信厅，各市人", "民政府）")
    [record] = find(Outline([section]))
    assert roles(record) == "省经信厅:r 各市人民政府:r"
    assert (record.line, record.quote) == (1, "（责任单位：省经信厅，各市人")


def test_a_rule_for_all_that_follows_holds_for_one_alone_too(find):
    records = find(
        outline(
            "甲。（责任单位：省科技厅、省财政厅）",
            "乙。（责任单位：省科技厅、省财政厅，列首位的为牵头单位，下同）",
            "丙。（责任单位：省财政厅、省商务厅）",
            "丁。（责任单位：省商务厅）",
            "戊。（省教育厅牵头，省商务厅负责）",
            "己。（配合单位：省商务厅）",
        )
    )
    assert [roles(record) for record in records] == [
        "省科技厅:r 省财政厅:r",
        "省科技厅:l 省财政厅:s",
        "省财政厅:l 省商务厅:s",
        "省商务厅:l",
        "省教育厅:l 省商务厅:r",
        "省商务厅:s",
    ]


def test_a_rule_without_hereafter_holds_for_its_note(find):
    records = find(
        outline("甲。（责任单位：省科技厅、省财政厅，列首位的为牵头单位）", "乙。（责任单位：省财政厅、省商务厅）")
    )
    assert [roles(record) for record in records] == ["省科技厅:l 省财政厅:s", "省财政厅:r 省商务厅:r"]


@pytest.mark.parametrize(
    "texts",
    [
        ("责任单位中排名第一的为牵头单位。", "甲。（责任单位：省科技厅、省财政厅）"),
        ("甲。（责任单位：省科技厅、省财政厅）", "（注：责任单位列第一位的为牵头单位）"),
    ],
)
def test_a_rule_in_the_text_before_or_behind_all_notes(find, texts):
    assert [roles(record) for record in find(outline(*texts))] == ["省科技厅:l 省财政厅:s"]


@pytest.mark.parametrize(
    ("sentence", "expected", "rule"),
    [
        ("由省经信厅牵头，省科技厅、省财政厅等部门协同配合，推进落实。", "省经信厅:l 省科技厅:s 省财政厅:s", "led-by"),
        (
            "由省水利厅牵头建立码头调度机制，省财政厅、省商务厅等部门参加。",
            "省水利厅:l 省财政厅:s 省商务厅:s",
            "led-by",
        ),
        ("建立由省经信厅牵头，省科技厅参与的工作机制。", "省经信厅:l 省科技厅:s", "led-by"),
        ("由省经信厅牵头，省科技厅配合，形成部门协同、上下联动的格局。", "省经信厅:l 省科技厅:s", "led-by"),
        ("由省经信厅牵头，省科技厅参与，建立部门协作、上下贯通的机制。", "省经信厅:l 省科技厅:s", "led-by"),
        ("省经信厅会同省级有关部门（单位）加强调度。", "省经信厅:l 省级有关部门（单位）:s", "joint"),
        ("省经信厅、省公安厅要各司其职，按照职责分工抓好落实。", "省经信厅:r 省公安厅:r", "shared"),
        ("省经信厅牵头抓总，省级有关部门配合，形成合力。", "省经信厅:l 省级有关部门:s", "led-by"),
        ("由省经信厅牵头，会同省科技厅等部门建立联席会议。", "省经信厅:l 省科技厅:s", "led-by"),
        ("省经信厅会同省级有关部门、各区政府加强协同，统筹推进。", "省经信厅:l 省级有关部门:s 各区政府:s", "joint"),
        ("省数字驿站建设领导小组办公室要会同省财政厅抓好落实。", "省数字驿站建设领导小组办公室:l 省财政厅:s", "joint"),
        ("省经信厅会同杭州市、宁波市人民政府开展试点。", "省经信厅:l 杭州市:s 宁波市人民政府:s", "joint"),
        ("省经信厅联合省财政厅建立激励机制。", "省经信厅:l 省财政厅:s", "joint"),
        ("省经信厅、省公安厅要按照职责分工抓好落实。", "省经信厅:r 省公安厅:r", "shared"),
        ("省经信厅、省公安厅等有关部门根据各自职责，切实做好驿站管理工作。", "省经信厅:r 省公安厅:r", "shared"),
    ],
)
def test_sentences_that_say_who_leads(find, sentence, expected, rule):
    [record] = find(f"加强统筹。{sentence}")
    assert roles(record) == expected
    assert record.rule == f"responsibility-{rule}"
    assert record.quote in sentence


def test_who_leads_and_who_does_his_part_in_one_sentence(find):
    sentence = "省水利厅牵头推进码头调度，省财政厅、省公安厅等部门按职责分工抓好落实。"
    records = find(Outline([node(sentence, heading="保障措施")]))
    assert [roles(record) for record in records] == ["省水利厅:l", "省财政厅:r 省公安厅:r"]
    assert records[1].quote == "省财政厅、省公安厅等部门按职责分工抓好落实"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("省经信厅要充分发挥牵头作用，加强统筹。", "省经信厅:l"),
        ("充分发挥省数字驿站建设领导小组牵头抓总作用，强化调度。", "省数字驿站建设领导小组:l"),
        ("由省经信厅牵头，会同省科技厅建立会商机制。", "省经信厅:l 省科技厅:s"),
        ("省经信厅作为牵头单位，要加强调度。", "省经信厅:l"),
    ],
)
def test_where_the_plan_says_how_it_is_carried_out(find, sentence, expected):
    [record] = find(Outline([node(sentence, heading="保障措施")]))
    assert roles(record) == expected


@pytest.mark.parametrize("sentence", ["各市政府要抓好落实。", "各部门要发挥牵头作用。", "由省政府分管负责同志牵头。"])
def test_unnamed_bodies_and_persons_lead_nothing(find, sentence):
    assert find(Outline([node(sentence, heading="保障措施")])) == []


def test_a_sign_that_a_policy_explains_once_holds_behind_it(find):
    records = find(
        outline("甲。（责任单位：省科技厅、▲省财政厅，▲为牵头单位，下同）", "乙。（责任单位：▲省商务厅、省科技厅）")
    )
    assert [roles(record) for record in records] == ["省科技厅:s 省财政厅:l", "省商务厅:l 省科技厅:s"]


def test_a_leader_alone_counts_where_the_plan_says_how_it_is_carried_out(find):
    sentence = "由省经信厅牵头推进。"
    assert find(sentence) == []
    [record] = find(Outline([node(sentence, heading="强化组织保障")]))
    assert roles(record) == "省经信厅:l"


def test_a_press_digest_tells_of_tasks_too(find):
    [record] = find("省经信厅会同省财政厅建立机制。", kind="news")
    assert roles(record) == "省经信厅:l 省财政厅:s"


def test_in_a_law_such_sentences_are_rules_of_competence(find):
    assert find("省经信厅会同省财政厅制定办法。", kind="law") == []


def test_unknown_bodies_lower_the_confidence(find):
    [known] = find("甲。（责任单位：省经信厅）")
    [unknown] = find("甲。（责任单位：省数字驿站工作专班）")
    assert unknown.confidence < known.confidence
    assert not unknown.agencies[0].known


def test_a_document_of_the_centre(find):
    [record] = find("建设。（发展改革委、工业和信息化部牵头，各有关部门按职责分工负责）", region=None)
    assert [agency.canonical for agency in record.agencies] == [
        "国家发展和改革委员会",
        "工业和信息化部",
        "各有关部门",
    ]
