"""References: titles with the place in them, and provisions of the document itself."""

import pytest

from ingest.parsing.nodes import Outline
from ingest.parsing.references import find_references
from tests.ingest.parsing.outlines import broken, node, outline


def found(*texts):
    return [(record.title, record.provision) for record in find_references(outline(*texts), "驿站示例意见")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "根据《中华人民共和国数据安全法》《网络安全法》，",
            [("中华人民共和国数据安全法", None), ("网络安全法", None)],
        ),
        ("依照《示例条例》第十七条第二款规定处罚。", [("示例条例", "第十七条第二款")]),
        ("依照《示例条例》（国令第1号）第三条、第五条处理。", [("示例条例", "第三条、第五条")]),
        ("《关于印发〈示例驿站方案〉的通知》", [("关于印发〈示例驿站方案〉的通知", None)]),
        ("《关于转发《示例驿站方案》的通知》", [("关于转发《示例驿站方案》的通知", None)]),
        ("违反本办法第三十一条第四款规定的，", [(None, "第三十一条第四款")]),
        ("有前款第一项情形的，", [(None, "前款第一项")]),
        ("按照前条规定执行。", [(None, "前条")]),
        ("第三条之一和第五条第（二）项", [(None, "第三条之一和第五条第（二）项")]),
        ("前款《示例条例》第三条", [(None, "前款"), ("示例条例", "第三条")]),
        ("依照《示例条例》的第三条处理。", [("示例条例", "第三条")]),
        ("违反本条例第十五条第二、三款、第八条第二至第四项的，", [(None, "第十五条第二、三款、第八条第二至第四项")]),
        (
            "有前款（一）至（六）项行为，或者违反第九条（二）、（三）项的，",
            [(None, "前款（一）至（六）项"), (None, "第九条（二）、（三）项")],
        ),
        ("按上款规定办理，以上款项不予退还。", [(None, "上款")]),
        ("依据《》和有关规定，", []),
    ],
)
def test_references_of_a_text(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text", ["第三届大会、第一条高速公路以外的先前条件", "《没有收尾的书名", "》倒过来《", "目前款项到位", "第十四届"]
)
def test_what_is_no_reference(text):
    assert [title for title, _ in found(text) if title] == []


def test_words_that_look_like_provisions():
    assert found("目前款项已经到位，先前条件不变。") == []


def test_a_short_title_means_the_full_one_from_its_definition_on():
    records = find_references(
        outline(
            "按照《通知》要求，",
            "落实《示例驿站建设通知》（以下简称《通知》）。",
            "《通知》提出，依照《通知》第二条",
        ),
        "驿站实施细则",
    )
    assert [(record.title, record.provision) for record in records] == [
        ("通知", None),
        ("示例驿站建设通知", None),
        ("示例驿站建设通知", None),
        ("示例驿站建设通知", "第二条"),
    ]


def test_a_law_named_before_is_meant_without_its_marks():
    records = find_references(
        outline(
            "根据《中华人民共和国驿站法》《驿道条例》（以下简称条例），制定本细则。",
            "应当符合驿站法第九条、条例第三条第一款和本实施条例第四条的条件。",
            "依照刑法第二百条、本办法第五条处理。",
        ),
        "驿站实施细则",
    )
    assert [(record.title, record.provision) for record in records[2:]] == [
        ("中华人民共和国驿站法", "第九条"),
        ("驿道条例", "第三条第一款"),
        (None, "第四条"),
        (None, "第五条"),
    ]
    assert [record.quote for record in records[2:4]] == ["驿站法第九条", "条例第三条第一款"]


def test_every_occurrence_is_a_record_at_its_line():
    records = find_references(outline("《甲法》", "《甲法》第一条"), "")
    assert [(record.line, record.path, record.quote) for record in records] == [
        (1, "1", "《甲法》"),
        (2, "2", "《甲法》第一条"),
    ]


def test_a_title_cut_by_a_page_is_whole_and_quoted_from_its_first_line():
    section = node("")
    section.text = broken("根据《中华人民共和国数据", "安全法》，")
    [record] = find_references(Outline([section]), "")
    assert (record.title, record.line, record.quote) == ("中华人民共和国数据安全法", 1, "《中华人民共和国数据")


def test_a_title_never_reaches_over_a_paragraph():
    assert found("《甲\n乙》") == []


@pytest.mark.parametrize(
    "text",
    [
        "持有《驿站经营许可证》的，",
        "填写《驿站申请表》和《承诺书》，",
        "在《示例日报》刊登，",
        "《驿站西游》等游戏",
        "为了落实《驿站示例意见》，",
        "现将《驿站示例意见》（以下简称《意见》）印发给你们。《意见》要求",
    ],
)
def test_permits_forms_papers_books_and_the_document_itself_are_no_references(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "《示例法典》",
        "《驿站导则（试行）》",
        "《驿站能力成熟度模型》",
        "《国务院关于驿站的若干问题》",
        "《驿站手册》（示发〔2031〕3号）",
        "《驿站手册》（以下简称《手册》）",
        "《驿站手册》第三章",
    ],
)
def test_whatever_is_called_a_document_or_treated_as_one_is_a_reference(text):
    assert [title for title, _ in found(text)] == [text[1 : text.index("》")]]


def test_a_notice_is_the_document_that_it_issues_and_a_digest_is_not():
    text = outline("《驿站规划》提出，")
    assert find_references(text, "示例部关于印发《驿站规划》的通知") == []
    assert [record.title for record in find_references(text, "示例部印发《驿站规划》")] == ["驿站规划"]


def test_the_earlier_text_of_the_same_name_is_cited_where_it_is_repealed():
    text = "《驿站管理办法》自公布之日起施行。2020年公布的《驿站管理办法》（驿令第3号）同时废止。"
    records = find_references(outline(text), "驿站管理办法")
    assert [(record.title, record.line) for record in records] == [("驿站管理办法", 1)]
