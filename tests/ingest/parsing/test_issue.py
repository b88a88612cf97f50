"""A whole file, from its lines to its records."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parsing.errors import ParsingError
from ingest.parsing.gazetteer import FIXTURES, Gazetteer
from ingest.parsing.issue import parse_lines
from tests.ingest.parsing.issues import ARTICLES, MASTHEAD, SECTIONS, Written, codes, issue_text, parse

GAZETTEER = Gazetteer.from_fixtures()
PLAN = Written(
    "云南省码头行动计划（2031—2033年）",
    f"{SECTIONS}\n\n（二）建设码头。到2033年，建成示例码头50个以上。（责任单位：省交通运输厅）",
    note="近日，云南省数据局印发《云南省码头行动计划（2031—2033年）》。",
)
LAW = Written(
    "甘肃省码头条例",
    "第一条 根据《中华人民共和国港口法》，制定本条例。\n\n"
    "第二条 码头经营者应当公开价格。\n\n第三条 本条例自2031年5月1日起施行。",
)
STATISTICS = Written(
    "2031年1—2月份码头业运行情况", "一、总体\n\n1—2月份，码头业收入98亿元，同比增长12.9%。", column="产业镜像"
)


def test_an_issue_gives_every_kind_of_record():
    parsed = parse(issue_text(PLAN, LAW, STATISTICS))
    assert parsed.issue
    assert (parsed.issue.year, parsed.issue.number, parsed.issue.published_on) == (2031, 9, date(2031, 3, 7))
    plan, law, statistics = parsed.policies
    assert [(t.value, t.unit, t.year) for t in plan.targets] == [(50, "个", 2033)]
    assert [a.canonical for r in plan.responsibilities for a in r.agencies] == ["云南省交通运输厅"]
    assert [(o.subject, o.modality) for o in law.obligations] == [("码头经营者", "shall")]
    assert "中华人民共和国港口法" in [r.title for r in law.references]
    assert [(o.value, o.unit, o.yoy) for o in statistics.observations] == [(98, "亿元", 12.9)]
    assert plan.observations == []
    assert plan.obligations == []


def test_every_line_lies_in_one_segment_of_its_policy():
    text = issue_text(PLAN, LAW)
    parsed = parse(text)
    lines = text.splitlines()
    kinds = {
        (segment.kind, segment.order)
        for segment in parsed.coverage.segments
        if any(line.strip() for line in lines[segment.start_line - 1 : segment.end_line])
    }
    assert kinds == {
        ("masthead", None),
        ("contents", None),
        ("back_matter", None),
        ("editor_note", 1),
        *((kind, order) for kind in ("title", "provision", "source") for order in (1, 2)),
    }
    assert (parsed.coverage.kept, parsed.coverage.unassigned_lines) == (parsed.coverage.characters, [])


def test_furniture_within_a_document_belongs_to_no_provision():
    text = issue_text(PLAN, LAW).replace("二、重点任务", "- 7 -\n\n地方新政\n\n示例动态 第9期\n\n二、重点任务")
    parsed = parse(text)
    texts = "".join(provision.text for provision in parsed.policies[0].provisions)
    assert not any(word in texts for word in ("7", "地方新政", "示例动态"))
    pages = [segment for segment in parsed.coverage.segments if segment.kind == "page"]
    assert [(page.start_line, page.end_line) for page in pages] == [(n, n) for n in (41, 43, 45)]
    assert parsed.coverage.kept == parsed.coverage.characters


def test_a_masthead_that_lacks_something_is_a_warning():
    text = issue_text(PLAN, masthead=MASTHEAD.replace("总第509期", "").replace("主 编", "总 编"))
    parsed = parse(text)
    assert codes(parsed) == ["masthead-incomplete"]
    assert "总第N期、主编" in next(w.message for w in parsed.warnings if w.code == "masthead-incomplete")


def test_warnings_on_a_policy_carry_its_order():
    parsed = parse(issue_text(PLAN, Written(LAW.title, ARTICLES, source=None)))
    assert [(w.code, w.order) for w in parsed.warnings if w.code == "no-source-line"] == [("no-source-line", 2)]


@pytest.mark.parametrize("name", ["2031-01.txt", "2031-02.txt"])
def test_the_invented_samples_are_read_whole(name):
    parsed = parse((FIXTURES / "samples" / name).read_text(encoding="utf-8"))
    assert parsed.issue
    assert len(parsed.policies) == len(parsed.issue.contents)
    assert codes(parsed) == []
    assert parsed.coverage.kept == parsed.coverage.characters
    assert all(policy.source for policy in parsed.policies)


SAMPLE = (FIXTURES / "samples" / "2031-01.txt").read_text(encoding="utf-8").splitlines()
HOSTILE = ["（", "（（《", "第一条", "1.", "——", "，、；", "100亿元", "》）", "- 7 -", "\u3000", "**"]
lines_of_sample = st.integers(0, len(SAMPLE) - 1)
damage = st.one_of(
    st.tuples(st.just("swapped"), lines_of_sample, lines_of_sample),
    st.tuples(st.just("repeated"), lines_of_sample, lines_of_sample),
    st.tuples(st.just("lost"), lines_of_sample, st.integers(1, 20)),
    st.tuples(st.just("broken"), lines_of_sample, st.integers(1, 40)),
    st.tuples(st.just("flipped"), lines_of_sample, st.just(0)),
    st.tuples(st.sampled_from(HOSTILE), lines_of_sample, st.integers(1, 300)),
)


def damaged(lines, slips):
    """The lines with each slip in turn: its kind, the line that it is made on, and where or how much."""
    lines = list(lines)
    for kind, at, measure in slips:
        at, other = at % len(lines), measure % len(lines)
        if kind == "swapped":
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == "repeated":
            lines[at:at] = lines[other : other + 5]
        elif kind == "lost":
            lines[at : at + measure] = [""]
        elif kind == "broken":
            lines[at : at + 1] = [lines[at][:measure], "", "- 7 -", "", lines[at][measure:]]
        elif kind == "flipped":
            lines[at] = lines[at].translate(str.maketrans("（）《》", "）（》《"))
        else:
            lines[at] += kind * measure
    return lines


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(damage, min_size=1, max_size=8))
def test_whatever_befalls_an_issue_it_is_refused_or_kept_whole(slips):
    lines = damaged(SAMPLE, slips)
    try:
        parsed = parse_lines(lines, GAZETTEER)
    except ParsingError:
        return
    assert parsed.coverage.kept == parsed.coverage.characters
    for policy in parsed.policies:
        eids = [provision.eid for provision in policy.provisions]
        assert len(set(eids)) == len(eids)
        for rows in (policy.targets, policy.responsibilities, policy.obligations, policy.observations):
            assert all(bare(row.quote) in bare(lines[row.line - 1]) for row in rows)


def bare(text):
    return "".join(text.split()).replace("**", "")


PIECES = [
    "编者按",
    "（来源：甲）",
    PLAN.title,
    LAW.title,
    "地方新政",
    "- 3 -",
    "",
    "第一条 甲。",
    "一、甲",
    "甲乙丙。",
    "甲乙",
    "2031年3月7日",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_whatever_the_body_is_nothing_is_lost(pieces):
    head = issue_text(PLAN, LAW).partition("编者按")[0]
    lines = [*head.splitlines(), *pieces]
    try:
        parsed = parse_lines(lines, Gazetteer.from_fixtures())
    except ParsingError:
        return
    assert parsed.coverage.unassigned_lines == []
    assert parsed.coverage.kept == parsed.coverage.characters
    assert len({policy.order for policy in parsed.policies}) == len(parsed.policies)
    assert all(policy.title and policy.start_line <= policy.end_line for policy in parsed.policies)
