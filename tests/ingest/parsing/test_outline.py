"""What becomes of a document's lines: types, paths, headings, texts, tails, lines and segments."""

from ingest.parsing.outline import build_outline
from tests.ingest.parsing.outlines import body, by_path, paths

LAW = """
（2030年11月28日省人民代表大会常务委员会通过）

目　录

第一章 总则

第二章 移交

第一节 期限

第一章 总则

第一条 为了规范驿站管理，制定本办法。

第二条（适用范围）

本省行政区域内的驿站，适用本办法。
驿站以外的站点参照执行。

第二章 移交

第一节 期限

第三条移交前应当完成下列工作：

- （一）检测；
- (二)核对：
1.核对数量；
2.核对质量。
（三）交接。

不符合前款规定的，可以退回。

第三条之一 移交后应当登记。

（此件公开发布）
"""


def test_a_laws_types_and_paths():
    assert paths(LAW, "law") == [
        ("preamble", "前言"),
        ("chapter", "第一章"),
        ("article", "第一章/第一条"),
        ("article", "第一章/第二条"),
        ("chapter", "第二章"),
        ("section", "第二章/第一节"),
        ("article", "第二章/第一节/第三条"),
        ("subitem", "第二章/第一节/第三条/（一）"),
        ("subitem", "第二章/第一节/第三条/（二）"),
        ("item", "第二章/第一节/第三条/（二）/1"),
        ("item", "第二章/第一节/第三条/（二）/2"),
        ("subitem", "第二章/第一节/第三条/（三）"),
        ("article", "第二章/第一节/第三条之一"),
        ("closing", "落款"),
    ]


def test_eids_follow_the_naming_convention():
    eids = [p.eid for p in body(LAW, "law").provisions]
    assert "chp_2__sec_1__art_3__point_2__item_1" in eids
    assert "chp_2__sec_1__art_3_1" in eids
    assert len(set(eids)) == len(eids)


def test_headings_texts_and_tails_of_a_law():
    found = by_path(LAW, "law")
    assert (found["第一章"].heading, found["第一章"].text) == ("总则", "")
    second = found["第一章/第二条"]
    assert (second.heading, second.text) == ("适用范围", "本省行政区域内的驿站，适用本办法。\n驿站以外的站点参照执行。")
    third = found["第二章/第一节/第三条"]
    assert (third.text, third.tail) == ("移交前应当完成下列工作：", "不符合前款规定的，可以退回。")
    assert found["前言"].text.endswith("目　录\n第一章 总则\n第二章 移交\n第一节 期限")


def test_lines_of_a_subtree():
    found = by_path(LAW, "law")
    third = found["第二章/第一节/第三条"]
    assert LAW.strip("\n").split("\n")[third.start_line - 1].startswith("第三条移交前")
    assert found["第二章/第一节/第三条/（二）"].end_line == third.start_line + 5
    assert third.end_line == third.start_line + 8


PLAN = """
为办好驿站，制定本方案。
**一、总体要求**
（一）**指导思想**。以便民为先。
（二）发展目标　到2033年，建成驿站3000个。
——布局更均衡。每县1个。
——2032年，新建800个。
到2035年，全面建成。
二 重点任务
（一）完善站点
1、更新设备。分批更换，关键工序实现远程操作，年底前完成全部老旧站点的清退，设备更新、维护
管理工作由站点承担。
2 推广岸电。应接尽接。
（1）先行先试；
（2）全面铺开。
（责任单位：省数据局）
（二）强化服务
3.方便办事。各站做到：一是开门；二是有人。其余从简。
"""


def test_a_plans_types_and_paths():
    assert paths(PLAN) == [
        ("preamble", "前言"),
        ("section", "一"),
        ("subsection", "一/（一）"),
        ("subsection", "一/（二）"),
        ("goal", "一/（二）/——1"),
        ("goal", "一/（二）/——2"),
        ("section", "二"),
        ("subsection", "二/（一）"),
        ("item", "二/（一）/1"),
        ("item", "二/（一）/2"),
        ("subitem", "二/（一）/2/（1）"),
        ("subitem", "二/（一）/2/（2）"),
        ("subsection", "二/（二）"),
        ("item", "二/（二）/3"),
        ("item", "二/（二）/3/一是"),
        ("item", "二/（二）/3/二是"),
    ]


def test_headings_texts_and_tails_of_a_plan():
    found = by_path(PLAN)
    assert (found["一/（一）"].heading, found["一/（一）"].text) == ("指导思想", "以便民为先。")
    goals = found["一/（二）"]
    assert (goals.heading, goals.text, goals.tail) == ("发展目标", "到2033年，建成驿站3000个。", "到2035年，全面建成。")
    assert (found["一/（二）/——2"].heading, found["一/（二）/——2"].text) == (None, "2032年，新建800个。")
    assert found["二/（一）/2"].tail == "（责任单位：省数据局）"
    item = found["二/（二）/3"]
    assert (item.heading, item.text, item.tail) == ("方便办事", "各站做到：", "其余从简。")
    assert found["二/（二）/3/一是"].text == "开门；"


def test_a_sentence_that_a_page_broke_is_joined_and_keeps_its_lines():
    item = next(node for node in body(PLAN).outline.walk() if node.path == "二/（一）/1")
    assert item.text.text.endswith("设备更新、维护管理工作由站点承担。")
    at = item.text.text.index("管理工作")
    assert item.text.quote(at, len(item.text.text), at) == (11, "管理工作由站点承担。")


def test_quotes_are_found_at_their_columns():
    lines = PLAN.strip("\n").split("\n")
    for node in body(PLAN).outline.walk():
        for text in node.texts():
            for piece in text.pieces():
                if piece.text != "\n":
                    assert lines[piece.line - 1][piece.column :].startswith(piece.text)


STATISTICS = """
国家数据局
2031年1月6日
2030年，各项指标平稳增长。
一、综合
全年消费86420亿元，其中服务类消费31985亿元，实物类消费54435亿元，比上年增

图1 消费及其增长速度

长7.4%。
表1 驿站数
单位：个
指标	数量
驿站	61250
注：驿站数为年末数。
二、分地区
（一）东部较快。东部增长8.1%。
注释：
[1]消费是指网络消费。
"""


def test_statistics_with_tables_and_figures():
    found = body(STATISTICS, "statistics")
    texts = {p.path: p.text for p in found.provisions}
    assert texts["前言"] == "国家数据局\n2031年1月6日"
    assert texts["正文1"] == "2030年，各项指标平稳增长。"
    assert texts["一"].endswith("比上年增长7.4%。\n注：驿站数为年末数。")
    assert texts["落款"] == "注释：\n[1]消费是指网络消费。"
    assert [(t.line, t.number, t.unit) for t in found.tables] == [(10, "表1", "个")]
    assert [(f.line, f.number) for f in found.figures] == [(7, "图1")]


def test_every_line_that_is_not_blank_lies_in_one_segment():
    found = body(STATISTICS, "statistics")
    lines = STATISTICS.strip("\n").split("\n")
    for number, line in enumerate(lines, 1):
        holding = [s for s in found.segments if s.start_line <= number <= s.end_line]
        assert len(holding) == 1 or not line.strip()
    assert [s.kind for s in found.segments] == ["provision", "figure", "provision", "table", "provision"]


def test_adverts_are_segments_of_their_own():
    found = body("报告分析了驿站。\n\n扫描二维码\n阅读报告全文\n\n报告提出建议。", "report")
    assert [s.kind for s in found.segments] == ["provision", "advert", "provision"]
    assert [p.text for p in found.provisions] == ["报告分析了驿站。\n报告提出建议。"]


def test_no_text_no_outline():
    found = build_outline(["", "  "], 1, 2, "law")
    assert (found.provisions, found.segments, found.warnings) == ([], [], [])
