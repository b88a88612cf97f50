"""What is typed, and what it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import DEEPEST, LONGEST, MOST_TERMS, Query, parse
from search.tree import All, Contains, Field, Node, Not, Some, positive, wanted

A, B, C = Contains("数据"), Contains("安全"), Contains("算力")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("数据安全", Contains("数据安全")),
        ("  数據  安全 ", All((A, B))),
        ("“数据 安全”", Contains("数据安全")),
        ('"数据 安全"算力', All((Contains("数据安全"), C))),
        ("数据 AND 安全", All((A, B))),
        ("数据 与 安全", All((A, B))),
        ("数据 OR 安全 算力", Some((A, All((B, C))))),
        ("数据 或 安全", Some((A, B))),
        ("数据 | 安全", Some((A, B))),
        ("（数据 OR 安全） 算力", All((Some((A, B)), C))),
        ("((数据 安全))", All((A, B))),
        ("数据 -安全", All((A, Not(B)))),
        ("数据 －“安 全”", All((A, Not(B)))),
        ("数据 NOT 安全 非 算力", All((A, Not(B), Not(C)))),
        ("数据 -(安全 OR 算力)", All((A, Not(Some((B, C)))))),
        ("数据 NOT NOT 安全", All((A, B))),
        ("数据 数据", A),
        ("或", Contains("或")),
        ("NOT", Contains("not")),
        ('"或" 数据', All((Contains("或"), A))),
        ("（一）数据", Contains("(一)数据")),
        ("规划（2033—2035年） 数据", All((Contains("规划(2033—2035年)"), A))),
        ("“一网通办”改革 数据", All((Contains("“一网通办”改革"), A))),
        ("年）", Contains("年)")),
        ("责任单位：省经信厅", Contains("责任单位:省经信厅")),
        ("5G 基站", All((Contains("5g"), Contains("基站")))),
        ("，", Contains(",")),
    ],
)
def test_means(text: str, tree: Node):
    query = parse(text)
    assert query.tree == tree
    assert query.messages == ()


@pytest.mark.parametrize(
    ("text", "name", "value", "span"),
    [
        ("地区:浙江", "region", "浙江", (0, 5)),
        ("部门：发展改革委", "agency", "发展改革委", (0, 8)),
        ("类型: 规划", "kind", "规划", (0, 6)),
        ('标题:"数字 政府"', "title", "数字 政府", (0, 10)),
        ("year:2033", "year", "2033", (0, 9)),
        ("文号:〔2033〕19号", "number", "〔2033〕19号", (0, 12)),
    ],
)
def test_fields(text: str, name: str, value: str, span: tuple[int, int]):
    assert parse(text).tree == Field(name, value, *span)
    assert parse(f"数据 -{text}").tree == All((A, Not(Field(name, value, span[0] + 4, span[1] + 4))))


@pytest.mark.parametrize(
    ("text", "tree", "where"),
    [
        ("数据 (安全", All((A, B)), (3, 4)),
        ("数据) 安全", All((A, B)), (2, 3)),
        ('数据 "安全', All((A, B)), (3, 4)),
        ("数据 “安全", All((A, B)), (3, 4)),
        ("数据 OR", A, (3, 5)),
        ("AND 数据", A, (0, 3)),
        ("数据 NOT", A, (3, 6)),
        ("数据 - 安全", All((A, B)), (3, 4)),
        ("数据 ( )", A, (3, 4)),
        ("数据 地区:", A, (3, 6)),
        ("数据 and", All((A, Contains("and"))), (3, 6)),
        ('数据 ""', A, (3, 5)),
        ("-数据", None, (0, 3)),
        ("数据 OR -安全", A, (0, 9)),
        ('""', None, (0, 2)),
    ],
)
def test_says_what_it_does_not_understand(text: str, tree: Node | None, where: tuple[int, int]):
    query = parse(text)
    assert query.tree == tree
    assert [(message.start, message.end) for message in query.messages] == [where]
    assert query.messages[0].text


def test_a_blank_query_is_no_mistake():
    assert parse(" 　\n") == Query(" 　\n", None, ())


@pytest.mark.parametrize(
    "text",
    [
        "数" * (LONGEST + 1),
        "(x " * (DEEPEST + 1) + ") " * (DEEPEST + 1),
        " ".join(f"字{n}" for n in range(MOST_TERMS + 1)),
    ],
)
def test_refuses_what_is_too_much(text: str):
    query = parse(text)
    assert query.tree is None
    assert [(message.start, message.end) for message in query.messages] == [(0, len(text))]


def test_a_long_phrase_is_no_mistake():
    assert parse("数" * LONGEST).tree == Contains("数" * LONGEST)


def test_hits_are_not_found_by_what_they_must_not_hold():
    tree = parse("数据 -安全 (算力 OR 数据)").tree
    assert wanted(tree) == ["数据", "算力"]


@given(st.text(alphabet='数据 a5()（）"“”-－:：|或与非 地区\x00\ud800\t。', max_size=60))
def test_never_raises_and_never_finds_everything(text: str):
    query = parse(text)
    assert query.tree is None or positive(query.tree)
    assert query.tree is not None or query.messages or not text.replace("\x00", "").replace("\ud800", "").strip()
    for message in query.messages:
        assert 0 <= message.start <= message.end <= len(text)
