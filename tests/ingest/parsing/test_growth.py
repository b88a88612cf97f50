"""Where a label's provision belongs, and whose text a paragraph is."""

from tests.ingest.parsing.outlines import body, by_path, paths


def test_items_may_run_on_or_begin_anew():
    text = "一、甲\n（一）乙\n1.丙。做丙。\n2.丁。做丁。\n（二）戊\n{}.己。做己。"
    assert paths(text.format(3))[-1] == ("item", "一/（二）/3")
    assert paths(text.format(1))[-1] == ("item", "一/（二）/1")
    assert not body(text.format(3)).warnings
    assert not body(text.format(1)).warnings


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


def test_numbers_within_an_article():
    found = paths("第一条 程序如下：\n一、申请；\n二、受理。\n第二条 施行。", "law")
    assert found == [("article", "第一条"), ("section", "第一条/一"), ("section", "第一条/二"), ("article", "第二条")]


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
