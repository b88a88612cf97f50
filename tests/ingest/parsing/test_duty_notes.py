"""The words of a note: rules on who leads, and what makes a note one."""

import pytest

from ingest.parsing.agency_lists import NameReader
from ingest.parsing.duty_notes import LeadRule, find_rule, read_note
from ingest.parsing.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def reader():
    gazetteer = Gazetteer.from_fixtures()
    return NameReader(gazetteer.agencies, gazetteer.regions.named("浙江省"))


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("省经信厅，列第1位的为牵头单位，下同", LeadRule("", True), "列第1位的为牵头单位，下同"),
        ("排在首位的责任单位牵头", LeadRule("", False), "排在首位的责任单位牵头"),
        ("注：第一个为牵头部门，以下同", LeadRule("", True), "第一个为牵头部门，以下同"),
        ("第一个逗号前为牵头单位，下同。", LeadRule("，", True), "第一个逗号前为牵头单位，下同"),
        ("牵头单位列首位，下同", LeadRule("", True), "牵头单位列首位，下同"),
        ("分号之前的为牵头单位", LeadRule("；", False), "分号之前的为牵头单位"),
        ("省经信厅，标注▲的为牵头单位，下同", LeadRule("", True, "▲"), "标注▲的为牵头单位，下同"),
        ("名称前加*的单位牵头", LeadRule("", False, "*"), "名称前加*的单位牵头"),
    ],
)
def test_rules_on_who_leads(text, rule, words):
    found = find_rule(text)
    assert found
    assert (found[0], text[found[1] : found[2]]) == (rule, words)


@pytest.mark.parametrize("text", ["省经信厅牵头", "第一项由省经信厅牵头", "第一，省经信厅牵头", "下同", ""])
def test_no_rule(text):
    assert find_rule(text) is None


def test_a_note_counts_its_verbs_and_its_strange_words(reader):
    note = read_note("省经信厅牵头，形成合力", reader)
    assert (note.verbs, note.strange) == (1, 1)
    note = read_note("责任单位：省经信厅", reader)
    assert (note.verbs, note.strange) == (0, 0)


def test_deadlines_are_not_strange(reader):
    assert read_note("省经信厅负责，2031年底前完成", reader).strange == 0
