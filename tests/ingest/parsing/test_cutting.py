"""The cutting into documents, seen from whole issues."""

import pytest

from tests.ingest.parsing.issues import ARTICLES, MASTHEAD, SECTIONS, Written, codes, issue_text, parse

PLAN = Written("云溪省数字码头建设行动计划（2031—2033年）", note="近日，云溪省数据局印发《行动计划》。")
LAW = Written("青原市数据条例", ARTICLES, note="《青原市数据条例》近日公布。\n\n条例共三条。", source="青原人大网")
NEWS = Written("国务院印发《码头规划》", "近日，国务院印发《码头规划》。", column="国策要论", source="示例社")
REPORT = Written("全球码头观察报告（2031年）", "报告认为，码头在变。\n\n扫描二维码\n阅读全文", column="前沿观察")
ALL = (NEWS, PLAN, LAW, REPORT)
TITLES = [document.title for document in ALL]


def cut(text):
    parsed = parse(text)
    lines = text.splitlines()
    assert parsed.coverage.unassigned_lines == []
    assert parsed.coverage.kept == parsed.coverage.characters
    return parsed, [
        (policy.order, policy.title, lines[policy.start_line - 1], lines[policy.end_line - 1])
        for policy in parsed.policies
    ]


def test_documents_begin_at_their_note_or_title_and_end_at_their_source():
    parsed, found = cut(issue_text(*ALL))
    assert found == [
        (1, NEWS.title, NEWS.title, "（来源：示例社）"),
        (2, PLAN.title, "编者按", "（来源：示例日报）"),
        (3, LAW.title, "编者按", "（来源：青原人大网）"),
        (4, REPORT.title, REPORT.title, "（来源：示例日报）"),
    ]
    assert [policy.column for policy in parsed.policies] == ["国策要论", "地方新政", "地方新政", "前沿观察"]
    assert [policy.page for policy in parsed.policies] == [1, 2, 3, 4]
    assert parsed.policies[2].editor_note == "《青原市数据条例》近日公布。\n条例共三条。"
    assert codes(parsed) == []


def test_a_note_that_a_page_breaks_is_one_paragraph():
    first, second = "近日，云溪省数据局印发《行动计划》，提出到2033年建成一批示例码头，打造五", "位一体的码头体系。"
    policy = parse(issue_text(Written(PLAN.title, note=f"{first}\n\n{second}\n\n其二。"))).policies[0]
    assert policy.editor_note == f"{first}{second}\n其二。"


def test_what_follows_the_last_document_is_back_matter():
    parsed, _ = cut(issue_text(*ALL))
    after = [segment for segment in parsed.coverage.segments if segment.kind == "back_matter"]
    assert [segment.start_line > parsed.policies[-1].end_line for segment in after] == [True]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(
            PLAN.title + "\n\n" + SECTIONS, "云溪省数字码头建设\n\n行动计划\n(2031-2033年)\n\n" + SECTIONS
        ),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("\n\n", "\n\n\n"),
        lambda text: text.replace("编者按", "**编 者 按**"),
        lambda text: text.replace("编者按\n\n", "编者按："),
        lambda text: text.replace("（来源：", "**（来源：").replace("日报）\n", "日报）**\n"),
        lambda text: text.replace("（来源：示例日报）", "来源：示例日报"),
        lambda text: text.replace("编者按\n\n", "地方新政\n\n编者按\n\n"),
        lambda text: text.replace("一、总体要求", "- 5 -\n\n示例动态 2031年第9期\n\n地方新政\n\n一、总体要求"),
        lambda text: text.replace("\n\n编者按\n\n《青原", "\n\n《青原"),
    ],
)
def test_slips_of_the_print_change_no_document(change):
    text = issue_text(*ALL)
    changed = change(text)
    assert changed != text
    parsed, found = cut(changed)
    plain = [title.replace("(", "（").replace(")", "）").replace("2031-", "2031—") for _, title, _, _ in found]
    assert plain == TITLES
    assert codes(parsed) == []


def test_the_body_may_print_a_longer_title_than_the_list():
    longer = Written("云溪省关于促进码头发展五条措施\n的通知", listed="云溪省关于促进码头发展五条措施")
    parsed, found = cut(issue_text(longer))
    assert found[0][1] == "云溪省关于促进码头发展五条措施的通知"
    assert codes(parsed) == []


def test_documents_out_of_order_keep_the_order_of_the_list():
    text = issue_text(*ALL)
    swapped = text.replace(PLAN.text(), "\0").replace(LAW.text(), PLAN.text()).replace("\0", LAW.text())
    assert [title for _, title, _, _ in cut(swapped)[1]] == TITLES


def test_an_entry_without_body_is_a_warning():
    text = issue_text(*ALL)
    parsed, found = cut(text.replace(LAW.text() + "\n\n", ""))
    assert [order for order, _, _, _ in found] == [1, 2, 4]
    assert codes(parsed) == ["contents-without-body"]
    warning = next(w for w in parsed.warnings if w.code == "contents-without-body")
    assert LAW.title in warning.message
    assert text.splitlines()[warning.line - 1].endswith(LAW.title)


def test_a_document_that_the_list_lacks_follows_the_last():
    parsed, found = cut(issue_text(NEWS, Written(LAW.title, ARTICLES, listed=None), REPORT))
    assert [(order, title) for order, title, _, _ in found] == [(1, NEWS.title), (2, REPORT.title), (3, LAW.title)]
    assert codes(parsed) == ["document-not-listed"]


@pytest.mark.parametrize("document", [PLAN, LAW, REPORT])
def test_a_lost_source_line_is_a_warning_and_costs_no_document(document):
    text = issue_text(*ALL).replace(document.text(), document.text().rpartition("\n\n（来源")[0])
    parsed, found = cut(text)
    assert [title for _, title, _, _ in found] == TITLES
    assert codes(parsed) == ["no-source-line"]
    assert parsed.policies[TITLES.index(document.title)].source is None


def test_a_source_line_within_a_document_does_not_end_it():
    text = issue_text(*ALL).replace("报告认为，码头在变。", "报告认为，码头在变。\n\n（来源：某图）\n\n码头会变。")
    parsed, found = cut(text)
    assert [title for _, title, _, _ in found] == TITLES
    assert parsed.policies[3].source == "示例日报"


def test_a_lost_title_is_taken_from_the_list():
    text = issue_text(*ALL).replace("条例共三条。\n\n" + LAW.title, "条例共三条。")
    parsed, found = cut(text)
    assert [title for _, title, _, _ in found] == TITLES
    assert codes(parsed) == ["title-missing"]


def test_a_cut_off_issue_keeps_what_is_there():
    lines = issue_text(*ALL).splitlines()
    end = lines.index(LAW.title) + 3
    parsed, found = cut("\n".join(lines[:end]))
    assert [title for _, title, _, _ in found] == TITLES[:3]
    assert codes(parsed) == ["no-source-line", "contents-without-body"]


def test_an_order_above_the_title_belongs_to_the_text():
    order = "示例部令\n\n第5号\n\n《码头标识管理办法》已经示例部审议通过，现予公布。\n\n2031年2月1日\n\n"
    law = Written("码头标识管理办法", ARTICLES, note="近日，示例部公布《码头标识管理办法》。")
    text = issue_text(law).replace(law.title + "\n\n第一条", order + law.title + "\n\n第一条")
    parsed, _ = cut(text)
    policy = parsed.policies[0]
    assert policy.editor_note == law.note
    assert policy.title == law.title
    assert "现予公布" in policy.provisions[0].text
    assert (policy.doc_number, str(policy.issued_on)) == ("示例部令第5号", "2031-02-01")


def test_without_blank_lines_or_masthead_names_nothing_is_lost():
    text = issue_text(*ALL, masthead=MASTHEAD.replace("\n\n", "\n"), portrait="封底\n\n封底的话。")
    assert [title for _, title, _, _ in cut(text)[1]] == TITLES
