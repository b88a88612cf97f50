"""Which lines begin a provision, which go on, and what stands around the provisions."""

from tests.ingest.parsing.outlines import by_path, paths


def test_a_heading_broken_over_two_lines_is_one():
    found = by_path("一、打造支撑面向全国的驿站网络和\n寄递体系建设\n（一）甲\n做甲。")
    assert found["一"].heading == "打造支撑面向全国的驿站网络和寄递体系建设"


def test_a_chapters_heading_may_stand_below_it():
    assert by_path("第一章\n总则\n第一条 为了便民，制定本办法。", "law")["第一章"].heading == "总则"


def test_a_sentence_that_two_pages_broke_is_joined():
    first = "各站点实行统一标识，关键工序实现远程操作，山区站点配置储能电源，按赶集日期排定路"
    found = by_path(f"一、甲\n（一）乙。{first}\n线，边境站点\n另行安排。")
    assert found["一/（一）"].text == f"{first}线，边境站点另行安排。"


def test_a_reference_at_the_start_of_a_line_is_no_article():
    found = by_path(
        "第一条 为了规范驿站的设立、运行和监督管理，方便群众办事，根据有关法律，依照本办法\n"
        "第三条第二款的规定执行。\n第二条 驿站应当公示。\n第三条、第五条规定的除外。\n第三条 本办法施行。",
        "law",
    )
    assert [path for path in found if path.startswith("第")] == ["第一条", "第二条", "第三条"]
    assert found["第一条"].text.endswith("依照本办法第三条第二款的规定执行。")
    assert found["第二条"].text == "驿站应当公示。\n第三条、第五条规定的除外。"


def test_a_plans_contents_make_no_provisions():
    text = "目 录\n前言\n一、甲……1\n（一）乙……2\n二、丙……3\n前言\n为了便民。\n一、甲\n（一）乙\n做乙。\n二、丙\n做丙。"
    assert [path for _, path in paths(text)] == ["前言", "一", "一/（一）", "二"]


def test_a_reports_printed_contents_make_no_provisions():
    points = "报告分析了驿站的由来。\n报告核心观点\n1. 站点要有事做\n只做展示的不长久。\n"
    text = points + "报告目录\n一、由来\n- (一) 两种模式\n二、建议"
    found = by_path(text, "report")
    assert [(p.type, p.path) for p in found.values()] == [("body", "正文1"), ("item", "1"), ("body", "正文2")]
    assert found["正文2"].text == "报告目录\n一、由来\n(一) 两种模式\n二、建议"


def test_lists_in_one_line_are_parted():
    found = by_path("第一条 应当具备下列条件：（一）有场所；（二）有人员。\n第二条 施行。 第三条 解释。", "law")
    assert list(found) == ["第一条", "第一条/（一）", "第一条/（二）", "第二条", "第三条"]
    assert found["第一条/（一）"].text == "有场所；"


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
