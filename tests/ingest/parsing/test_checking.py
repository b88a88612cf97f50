"""Warnings about a parse: each code where it is due, and none where it is not."""

from datetime import date
from typing import Any

import pytest

from ingest.parsing.checking import check
from ingest.parsing.issue import parse_lines
from ingest.records import AgencyMention
from tests.ingest.builders import GAZETTEER, law, notice, parsed, provision, responsibility, single, target

LINES = ["", "到 2033 年，建成**驿站**120个。", "其他"]


def bare(**facts):
    """A document without extracted rows, so that only what a test gives it can be doubted."""
    return notice(**facts)


def told(file, lines=LINES):
    return [(warning.code, warning.line) for warning in check(file, lines)]


def test_nothing_is_said_of_a_sound_parse():
    lines = ["", *("驿站" for _ in range(60))]
    lines[2] = "《数据安全法》"
    lines[10] = "驿站应当开放数据"
    lines[11] = "到2033年建成驿站120个"
    lines[12] = "（省科技厅牵头）"
    lines[30] = "驿站80个"
    assert told(parsed(), lines) == []


def test_a_quote_that_is_not_on_its_line_is_reported():
    rows = [target(2, quote="2033年，建成驿站120个"), target(3, quote="驿站120个"), target(9, quote="驿站")]
    found = [(warning.code, warning.line, warning.order) for warning in check(parsed(bare(targets=rows)), LINES)]
    assert found == [("misquoted", 3, 2), ("misquoted", 9, 2)]


def test_lines_without_a_place_are_named():
    file = parsed(bare())
    file.coverage.unassigned_lines = list(range(5, 20))
    (warning,) = check(file, LINES)
    assert (warning.code, warning.line) == ("unassigned", 5)
    assert warning.message == "有 15 行没有归属：第 5、6、7、8、9、10、11、12、13、14 等行。"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"issued_on": date(2031, 3, 22)}, "发布日期 2031-03-22 晚于本期的出版日期 2031-03-21"),
        ({"adopted_on": date(2031, 3, 30)}, "通过日期 2031-03-30 晚于本期的出版日期 2031-03-21"),
        (
            {"adopted_on": date(2031, 2, 2), "issued_on": date(2031, 1, 2)},
            "通过日期 2031-02-02 晚于发布日期 2031-01-02",
        ),
        (
            {"adopted_on": date(2031, 2, 2), "effective_on": date(2030, 1, 1)},
            "施行日期 2030-01-01 早于通过日期 2031-02-02",
        ),
        (
            {"issued_on": date(2031, 2, 2), "effective_on": date(2039, 1, 1)},
            "施行日期 2039-01-01 比发布日期 2031-02-02 晚三年以上",
        ),
    ],
)
def test_days_out_of_their_order_are_doubted(facts, words):
    (warning,) = check(parsed(bare(**facts)), LINES)
    assert (warning.code, warning.line) == ("date-doubtful", 41)
    assert warning.message == f"{words}，可能读错，请核对原文。"


@pytest.mark.parametrize(
    "facts",
    [
        {"issued_on": date(2031, 3, 21), "effective_on": date(2032, 1, 1)},
        {"adopted_on": date(2031, 1, 2), "issued_on": date(2031, 1, 2), "effective_on": date(2031, 1, 2)},
        {"adopted_on": date(2011, 1, 2), "issued_on": date(2031, 1, 2), "effective_on": date(2011, 5, 1)},  # amended
        {"period": (2021, 2035)},
    ],
)
def test_days_in_order_are_not(facts):
    assert told(parsed(bare(**facts))) == []


def test_a_document_that_stands_alone_may_be_newer_than_any_issue():
    assert told(single(bare(issued_on=date(2039, 1, 1)))) == []


def test_a_period_too_long_is_doubted():
    assert told(parsed(bare(period=(2001, 2035)))) == [("period-doubtful", 41)]


def test_a_target_without_unit_is_reported():
    assert told(parsed(bare(targets=[target(2, quote="驿站120个", unit="")]))) == [("target-no-unit", 2)]
    assert told(parsed(bare(targets=[target(2, quote="驿站120个", indicator="驿站指数", unit="")]))) == []


@pytest.mark.parametrize(("year", "codes"), [(2029, ["target-year"]), (2030, []), (2060, []), (2203, ["target-year"])])
def test_a_target_of_another_time_than_its_document_is_doubted(year, codes):
    file = parsed(bare(issued_on=date(2031, 1, 1), targets=[target(2, quote="驿站120个", year=year)]))
    assert [code for code, _ in told(file)] == codes


@pytest.mark.parametrize(
    ("name", "facts", "codes"),
    [
        ("市数据局", {"known": False}, ["agency-unresolved"]),
        ("有关方面力量", {"known": False}, ["agency-unresolved"]),
        ("有关方面力量", {"known": False, "group": True}, []),
        ("杭州市驿站局", {"known": False}, []),
        ("浙江省驿站建设领导小组", {"known": False}, []),
        ("市场监管总局", {}, []),
    ],
)
def test_a_name_that_leads_to_no_agency_is_reported_once(name, facts, codes):
    row = responsibility(2, AgencyMention(name, name, "lead", **facts), AgencyMention(name, name, "support", **facts))
    row.quote = "驿站"
    assert [code for code, _ in told(parsed(bare(responsibilities=[row])))] == codes


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (["1.甲", "2、乙", "3.丙", "4、丁"], [("number-style", 2)]),
        (["1. 甲", "2．乙", "**3.** 丙", "4 丁"], []),
        (["一、甲", "二．乙"], [("number-style", 2)]),
        (["（1）甲", "2、乙", "3、丙"], []),
    ],
)
def test_numbers_of_one_list_written_in_two_ways(printed, expected):
    items = [
        provision(f"一/{number}", f"sec_1__item_{number}", number, type="item") for number in range(1, len(printed) + 1)
    ]
    assert told(parsed(bare(provisions=items)), printed) == expected


def test_lists_of_different_clauses_may_be_written_differently():
    items = [provision("一/1", "sec_1__item_1", 1, type="item"), provision("二/1", "sec_2__item_1", 2, type="item")]
    assert told(parsed(bare(provisions=items)), ["1.甲", "1、乙"]) == []


def test_a_parse_says_what_is_doubtful_in_it():
    lines = [
        "杭州市驿站行动方案",
        "一、驿站建设",
        "1.建设驿站。",
        "2.维护驿站。",
        "3、巡查驿站。",
        "二、驿站管理",
        "四、其他",
    ]
    found = [(w.code, w.line, w.order) for w in parse_lines(lines, GAZETTEER).warnings]
    assert sorted(found) == [("number-gap", 7, 1), ("number-style", 5, 1)]


def test_a_law_is_doubted_by_the_same_rules():
    days: dict[str, Any] = {"issued_on": date(2031, 3, 1), "adopted_on": date(2031, 3, 2)}
    assert ("date-doubtful", 1) in told(parsed(law(**days)))
