"""What becomes of a document's lines: types, paths, headings, texts, tails, lines and segments."""

from ingest.parsing.outline import build_outline


def body(text, kind="plan"):
    lines = text.strip("\n").split("\n")
    return build_outline(lines, 1, len(lines), kind)


def paths(text, kind="plan"):
    return [(p.type, p.path) for p in body(text, kind).provisions]


def by_path(text, kind="plan"):
    return {p.path: p for p in body(text, kind).provisions}


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
    assert item.text.quote(item.text.text.index("管理工作"), len(item.text.text)) == (11, "管理工作由站点承担。")


def test_a_sentence_that_two_pages_broke_is_joined():
    first = "各站点实行统一标识，关键工序实现远程操作，山区站点配置储能电源，按赶集日期排定路"
    found = by_path(f"一、甲\n（一）乙。{first}\n线，边境站点\n另行安排。")
    assert found["一/（一）"].text == f"{first}线，边境站点另行安排。"


def test_quotes_are_found_at_their_columns():
    lines = PLAN.strip("\n").split("\n")
    for node in body(PLAN).outline.walk():
        for text in node.texts():
            for piece in text.pieces():
                if piece.text != "\n":
                    assert lines[piece.line - 1][piece.column :].startswith(piece.text)


def test_items_may_run_on_or_begin_anew():
    text = "一、甲\n（一）乙\n1.丙。做丙。\n2.丁。做丁。\n（二）戊\n{}.己。做己。"
    assert paths(text.format(3))[-1] == ("item", "一/（二）/3")
    assert paths(text.format(1))[-1] == ("item", "一/（二）/1")
    assert not body(text.format(3)).warnings
    assert not body(text.format(1)).warnings


def test_a_heading_broken_over_two_lines_is_one():
    found = by_path("一、打造支撑面向全国的驿站网络和\n寄递体系建设\n（一）甲\n做甲。")
    assert found["一"].heading == "打造支撑面向全国的驿站网络和寄递体系建设"


def test_a_heading_may_end_with_a_colon():
    found = by_path("一、甲\n（一）发展目标：\n——乙。做乙。\n（二）具体要求如下：\n1.丙。做丙。")
    assert (found["一/（一）"].heading, found["一/（一）"].text) == ("发展目标", "")
    assert (found["一/（二）"].heading, found["一/（二）"].text) == (None, "具体要求如下：")


def test_bold_words_that_go_on_as_a_sentence_are_no_heading():
    found = by_path("一、甲\n（一）**2033年**，建成驿站。\n（二）**强化落实** 各站配合。")
    assert (found["一/（一）"].heading, found["一/（一）"].text) == (None, "2033年，建成驿站。")
    assert (found["一/（二）"].heading, found["一/（二）"].text) == ("强化落实", "各站配合。")


def test_a_chapters_heading_may_stand_below_it():
    assert by_path("第一章\n总则\n第一条 为了便民，制定本办法。", "law")["第一章"].heading == "总则"


def test_a_reference_at_the_start_of_a_line_is_no_article():
    found = by_path(
        "第一条 为了规范驿站的设立、运行和监督管理，方便群众办事，根据有关法律，依照本办法\n"
        "第三条第二款的规定执行。\n第二条 驿站应当公示。\n第三条、第五条规定的除外。\n第三条 本办法施行。",
        "law",
    )
    assert [path for path in found if path.startswith("第")] == ["第一条", "第二条", "第三条"]
    assert found["第一条"].text.endswith("依照本办法第三条第二款的规定执行。")
    assert found["第二条"].text == "驿站应当公示。\n第三条、第五条规定的除外。"


def test_labels_that_lost_a_part_are_read_where_they_are_due():
    slipped = "二）丙。做丙。\n1.丁。做丁。\n2 人工智能培训。做戊。\n3己。做己。\n二 庚\n一一辛。做辛。"
    assert paths(f"一、甲\n（一）乙。做乙。\n{slipped}") == [
        ("section", "一"),
        ("subsection", "一/（一）"),
        ("subsection", "一/（二）"),
        ("item", "一/（二）/1"),
        ("item", "一/（二）/2"),
        ("item", "一/（二）/3"),
        ("section", "二"),
        ("goal", "二/——1"),
    ]


def test_numbers_at_the_start_of_a_line_that_are_not_due_are_text():
    text = "一、甲\n5 个左右的市先行先试，建设样板。\n三、四级站点各设一处。\n1.乙。做乙。\n12 月底前办结。"
    assert paths(text) == [("section", "一"), ("item", "一/1")]


def test_numbers_of_a_guide_may_touch_their_headings():
    text = "1范围\n\n给出了建站的做法。\n\n2术语\n\n驿站是歇脚处。\n\n3要求\n\n3.1选址\n\n临路。\n\n3.2用料\n\n耐用。"
    assert paths(text) == [("item", "1"), ("item", "2"), ("item", "3"), ("item", "3/3.1"), ("item", "3/3.2")]
    assert paths("1公里以外\n\n另设驿站。\n\n二、要求") == [("preamble", "前言"), ("section", "二")]


def test_a_label_after_a_line_that_was_cut_off_counts_though_one_before_it_is_lost():
    cut_off = "推动老旧站点的清退，设备更新、维护管理工作由站点承担，山区站点配置储能电源，按赶集日期排定路"
    text = f"一、甲\n1.乙。{cut_off}\n3.丁。做丁。"
    found = body(text)
    assert [p.path for p in found.provisions] == ["一", "一/1", "一/3"]
    assert [w.code for w in found.warnings] == ["number-gap"]


def test_a_goal_after_a_line_that_was_cut_off_counts():
    cut_off = "推动老旧站点的清退，设备更新、维护管理工作由站点承担，山区站点配置储能电源，按赶集日期排定路"
    assert paths(f"一、甲\n——乙。{cut_off}\n——丙。做丙。")[1:] == [("goal", "一/——1"), ("goal", "一/——2")]


def test_a_plans_contents_make_no_provisions():
    text = "目 录\n前言\n一、甲……1\n（一）乙……2\n二、丙……3\n前言\n为了便民。\n一、甲\n（一）乙\n做乙。\n二、丙\n做丙。"
    assert [path for _, path in paths(text)] == ["前言", "一", "一/（一）", "二"]


def test_two_lists_of_one_article_have_different_eids():
    text = "第一条 下列情形不予许可：\n（一）甲；\n（二）乙。\n下列情形予以撤销：\n（一）丙；\n（二）丁。"
    found = body(text, "law").provisions
    assert [p.eid for p in found[1:]] == ["art_1__point_1", "art_1__point_2", "art_1__point_1-2", "art_1__point_2-2"]
    assert found[0].tail == "下列情形予以撤销："


def test_lists_in_one_line_are_parted():
    found = by_path("第一条 应当具备下列条件：（一）有场所；（二）有人员。\n第二条 施行。 第三条 解释。", "law")
    assert list(found) == ["第一条", "第一条/（一）", "第一条/（二）", "第二条", "第三条"]
    assert found["第一条/（一）"].text == "有场所；"


def test_numbers_within_an_article():
    found = paths("第一条 程序如下：\n一、申请；\n二、受理。\n第二条 施行。", "law")
    assert found == [("article", "第一条"), ("section", "第一条/一"), ("section", "第一条/二"), ("article", "第二条")]


def test_measures_written_as_articles_have_headings():
    found = by_path("第一条 支持岗位练兵。开展比武的，给予补助。\n第二条 支持拜师。结对500对。", "measures")
    assert (found["第一条"].heading, found["第一条"].text) == ("支持岗位练兵", "开展比武的，给予补助。")


def test_the_first_sentence_of_a_laws_article_is_no_heading():
    assert by_path("第一条 鼓励共建共享。各站应当配合。", "law")["第一条"].heading is None


NEWS = """
近日，有关部门印发了《方案》。
《方案》提出，到2033年建成驿站。
《方案》指出，要打牢基础。**一是统一设备。**公布终端目录，各类终端互换互用，三年内淘汰旧终端，不能联
网的先行更换。二是统一清单。
《方案》强调，要抓好落实。
"""


def test_paragraphs_of_a_news_digest_that_hold_items_are_provisions():
    found = by_path(NEWS, "news")
    assert [(p.type, p.path, p.eid) for p in found.values()] == [
        ("body", "正文1", "body_1"),
        ("paragraph", "段3", "para_3"),
        ("item", "段3/一是", "para_3__item_1"),
        ("item", "段3/二是", "para_3__item_2"),
        ("body", "正文2", "body_2"),
    ]
    assert found["段3"].text == "《方案》指出，要打牢基础。"
    first = found["段3/一是"]
    assert (first.heading, first.start_line, first.end_line) == ("统一设备", 3, 4)
    assert first.text.endswith("不能联网的先行更换。")


def test_items_on_lines_of_their_own_belong_to_the_paragraph_before():
    assert paths("印发了方案。\n要做好两件事：\n一是建站。\n二是管站。", "news") == [
        ("body", "正文1"),
        ("paragraph", "段2"),
        ("item", "段2/一是"),
        ("item", "段2/二是"),
    ]


def test_a_reports_printed_contents_make_no_provisions():
    points = "报告分析了驿站的由来。\n报告核心观点\n1. 站点要有事做\n只做展示的不长久。\n"
    text = points + "报告目录\n一、由来\n- (一) 两种模式\n二、建议"
    found = by_path(text, "report")
    assert [(p.type, p.path) for p in found.values()] == [("body", "正文1"), ("item", "1"), ("body", "正文2")]
    assert found["正文2"].text == "报告目录\n一、由来\n(一) 两种模式\n二、建议"


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


def test_attachments_signature_and_date():
    notice = "各市政府：\n现通知如下。\n一、甲\n做甲。\n附件：1.清单\n2.流程\n省数据局\n2031年1月6日\n"
    text = notice + "附件1\n清单\n一、乙\n做乙。"
    found = by_path(text, "notice")
    assert [(p.type, p.path, p.eid) for p in found.values()] == [
        ("preamble", "前言", "preamble"),
        ("section", "一", "sec_1"),
        ("attachment", "附件", "att_1"),
        ("closing", "落款", "closing"),
        ("attachment", "附件1", "att_2"),
        ("section", "附件1/一", "att_2__sec_1"),
    ]
    assert found["附件"].text == "1.清单\n2.流程"
    assert found["落款"].text == "省数据局\n2031年1月6日"
    assert found["附件1"].text == "清单"


def test_a_document_without_labels_is_body():
    found = by_path("各市政府：\n请做好准备。\n按时报送。\n省数据局\n2031年1月6日", "notice")
    assert {path: p.text for path, p in found.items()} == {
        "前言": "各市政府：",
        "正文1": "请做好准备。\n按时报送。",
        "落款": "省数据局\n2031年1月6日",
    }


def test_no_text_no_outline():
    found = build_outline(["", "  "], 1, 2, "law")
    assert (found.provisions, found.segments, found.warnings) == ([], [], [])


def test_a_missing_article_is_told():
    (warning,) = body("第一条 甲。\n第三条 丙。", "law").warnings
    assert (warning.code, warning.line) == ("article-gap", 2)
    assert "第一条" in warning.message
    assert "第三条" in warning.message


def test_a_number_that_comes_twice_is_told():
    (warning,) = body("一、甲\n做甲。\n二、乙\n做乙。\n二、丙\n做丙。").warnings
    assert (warning.code, warning.line) == ("number-order", 5)


def test_articles_count_through_chapters_and_chapters_through_parts():
    text = "第一编 总\n第一章 甲\n第一条 甲。\n第二编 分\n第二章 乙\n第二条 乙。"
    assert not body(text, "law").warnings


POINTS = """
二、主要任务
1.修缮码头。分三步走：
（1）查清家底。
（2）分类修缮：
①老码头。更换缆桩；
②新码头。加装护舷。
{note}
2.疏浚航道。每年清淤。（省水利厅牵头，省财政厅配合）
"""


def test_a_line_on_who_is_responsible_belongs_to_what_the_points_before_it_belong_to():
    for note in ("（省交通运输厅牵头，省水利厅配合）", "责任单位：省交通运输厅"):
        found = by_path(POINTS.format(note=note))
        assert (found["二/1"].tail, found["二/1/（2）/②"].text) == (note, "加装护舷。")


def test_a_line_on_who_is_responsible_stays_where_each_point_has_one():
    found = by_path("一、修缮\n（1）东岸。\n（省水利厅负责）\n（2）西岸。\n（省财政厅负责）")
    assert [found[f"一/（{number}）"].text for number in (1, 2)] == ["（省水利厅负责）", "（省财政厅负责）"]


def test_numbers_with_dots_stand_under_the_number_that_they_begin_with():
    guide = """
1 范围

本指南适用于驿站。

2 要求

2.1 人员

2.1.1 配备

每站两人。

2.1.2 培训

每年一次。

2.2 设施

1.应当有灯；
2.应当有门。

3 附则

无。
"""
    assert paths(guide, "law") == [
        ("item", "1"),
        ("item", "2"),
        ("item", "2/2.1"),
        ("item", "2/2.1/2.1.1"),
        ("item", "2/2.1/2.1.2"),
        ("item", "2/2.2"),
        ("item", "2/2.2/1"),
        ("item", "2/2.2/2"),
        ("item", "3"),
    ]
    assert by_path(guide, "law")["2/2.1/2.1.2"].eid == "item_2__item_2_1__item_2_1_2"
    assert body(guide, "law").warnings == []


def test_numbers_with_dots_may_stand_under_a_section():
    text = "一、要求\n\n1.1 灯\n\n有灯。\n\n1.2 门\n\n有门。\n\n二、附则\n\n无。"
    assert paths(text) == [("section", "一"), ("item", "一/1.1"), ("item", "一/1.2"), ("section", "二")]


def test_an_amount_at_the_start_of_a_line_is_no_label():
    text = "一、目标\n\n规模达到\n\n4.1 万亿元，其中\n\n2.3版平台占一半。\n\n二、任务\n\n无。"
    assert paths(text) == [("section", "一"), ("section", "二")]


def test_roman_numbers_hold_sections():
    text = "Ⅰ. 总体要求\n\n1.灯。点灯。\n\n2.门。开门。\n\nⅡ. 任务\n\n点灯。"
    assert paths(text) == [("section", "Ⅰ"), ("item", "Ⅰ/1"), ("item", "Ⅰ/2"), ("section", "Ⅱ")]


def test_what_is_first_and_second_are_items():
    text = "一、要求\n\n第一，点灯。每日检查。\n\n第二，开门。每日登记。\n\n二、附则\n\n一要守时，二要守信。"
    found = by_path(text)
    assert [(path, found[path].heading) for path in ("一/第一", "一/第二")] == [
        ("一/第一", "点灯"),
        ("一/第二", "开门"),
    ]
    assert found["二/二要"].text == "守信。"
    assert body(text).warnings == []


def test_the_list_of_attachments_above_the_document_is_no_provision():
    text = """
现将方案印发给你们。

附件：1.驿站方案

2.驿站清单

示例省示例厅

2031年1月6日

一、要求

点灯。

二、任务

开门。

附件2 驿站清单

一、说明

无。
"""
    assert paths(text) == [
        ("preamble", "前言"),
        ("section", "一"),
        ("section", "二"),
        ("attachment", "附件2"),
        ("section", "附件2/一"),
    ]


def test_an_attachment_may_have_its_title_on_its_line_and_no_number():
    text = "一、任务\n\n点灯。\n\n附件 驿站任务分工表\n\n一、点灯\n\n由示例厅牵头。"
    assert paths(text) == [("section", "一"), ("attachment", "附件"), ("section", "附件/一")]


def test_an_attachment_named_on_its_line_holds_what_follows():
    text = """
第一条 点灯。

第二条 开门。

附件1：驿站表

附件2：驿站规则

一、原则

从严。

二、方法

（一）核对。逐项核对。
"""
    assert paths(text, "law")[2:] == [
        ("attachment", "附件1"),
        ("attachment", "附件2"),
        ("section", "附件2/一"),
        ("section", "附件2/二"),
        ("subsection", "附件2/二/（一）"),
    ]


def test_the_last_point_of_a_list_with_headings_is_one_too():
    text = "《方案》明确，要办站。一是统一设备。公布目录。二是设立专款。每年安排。三是强化考核。"
    assert by_path(text, "news")["段1/三是"].heading == "强化考核"
    assert by_path(text.replace("公布目录。", ""), "news")["段1/三是"].heading is None


def test_points_stand_under_a_number_with_dots():
    text = "1 要求\n\n1.1 人员\n\n（一）站长；\n\n（二）站员。\n\n1.2 设施\n\n（1）灯。\n\n（2）门。"
    assert [path for _, path in paths(text, "law")] == [
        "1",
        "1/1.1",
        "1/1.1/（一）",
        "1/1.1/（二）",
        "1/1.2",
        "1/1.2/（1）",
        "1/1.2/（2）",
    ]
