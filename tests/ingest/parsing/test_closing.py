import pytest

from ingest.parsing.closing import attachment_label, closing_start, contents_lines
from ingest.parsing.joining import read_line
from ingest.parsing.labels import read_label


def closing(*texts, signatures=True):
    lines = [read_line(text, number) for number, text in enumerate(texts, 1)]
    start = closing_start(lines, [read_label(text) for text in texts], 0, len(texts) - 1, signatures)
    return list(texts[start:])


@pytest.mark.parametrize(
    "end",
    [
        ["省数据局", "省财政厅", "2031年1月6日"],
        ["省长 张某", "二〇三一年一月六日"],
        ["宜昌市人民政府办公室"],
        ["（此件公开发布）"],
        ["注：1.数字为快报数。", "2.口径与上年一致。"],
        ["本措施自印发之日起施行，有效期3年。", "省数据局", "2031年1月6日"],
    ],
)
def test_signature_date_and_notes(end):
    assert closing("一、甲", "做甲。", *end) == end


def test_what_goes_on_with_the_text_is_no_closing():
    assert closing("一、甲", "注：数字为快报数。", "全年增长7%。") == []
    assert closing("一、甲", "做甲。", "三、附则", "本措施自印发之日起施行。", "省数据局", "2031年1月6日") == [
        "省数据局",
        "2031年1月6日",
    ]
    assert closing("一、甲", "做甲。", "责任单位：市码头管理办公室") == []
    assert closing("第一条 甲。", "本规则由主席团负责解释。") == []
    assert closing("案例展示：", "甲号站点办公室", signatures=False) == []


def contents(*texts, ends_with_it=False):
    lines = [read_line(text, number) for number, text in enumerate(texts, 1)]
    found = contents_lines(lines, [read_label(text) for text in texts], ends_with_it)
    return [text for index, text in enumerate(texts) if index in found]


def test_contents_reach_to_where_their_first_entry_comes_again():
    assert contents("目 录", "一、甲 …… 1", "二、乙 …… 3", "一、甲", "做甲。") == [
        "目 录",
        "一、甲 …… 1",
        "二、乙 …… 3",
    ]


def test_a_reports_contents_may_be_its_end():
    assert contents("报告目录", "一、甲", "（一）乙", ends_with_it=True) == ["报告目录", "一、甲", "（一）乙"]


def test_chapters_in_a_row_are_contents_when_the_first_comes_again():
    assert contents("第一章 甲", "第二章 乙", "第一章 甲", "第一条 丙。") == ["第一章 甲", "第二章 乙"]
    assert contents("第一章 甲", "第一条 丙。", "第二章 乙") == []


@pytest.mark.parametrize(
    ("line", "label", "rest"), [("附件1", "附件1", ""), ("附件 2：清单", "附件2", "清单"), ("附：名单", "附", "名单")]
)
def test_an_attachments_label(line, label, rest):
    found, end = attachment_label(line)
    assert (found, line[end:]) == (label, rest)
