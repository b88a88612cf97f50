"""Texts side by side: which clause answers which, and what becomes of those without one."""

from datetime import date

import pytest

from policies.models import Policy, Provision
from policies.selectors.comparing_texts import Versions, in_order, outlines, versions

Draft, Final = Policy.Status.DRAFT, Policy.Status.IN_FORCE


class Text:
    """Provisions without a database, each (eid, type, heading, text) under the one that its eid begins with."""

    def __init__(self, first: int, *nodes: tuple[str, str, str, str]):
        self.rows: list[Provision] = []
        by_eid: dict[str, Provision] = {}
        for number, (eid, kind, heading, text) in enumerate(nodes, first):
            parent = by_eid.get(eid.rpartition("__")[0])
            row = Provision(
                pk=number,
                eid=eid,
                type=kind,
                heading=heading,
                text=text,
                label=eid,
                parent_id=parent.pk if parent else None,
            )
            by_eid[eid] = row
            self.rows.append(row)


def article(number: int, text: str) -> tuple[str, str, str, str]:
    return (f"art_{number}", "article", "", text)


def policy(**facts) -> Policy:
    return Policy(**{"title_key": "渔港管理办法", "region_id": "510000", "status": Final} | facts)


def told(found: Versions) -> list[tuple[str, str, str]]:
    return [
        (change.kind, change.earlier.label if change.earlier else "", change.later.label if change.later else "")
        for _, run in found.runs
        for change in run
    ]


BEFORE = Text(
    1,
    article(1, "为了加强渔港管理，制定本办法。"),
    article(2, "渔港由所在地县级人民政府管理。"),
    article(3, "进入渔港的船舶应当在三日内报告。"),
    article(4, "本办法自发布之日起施行。"),
)
AFTER = Text(
    11,
    article(1, "为了加强渔港管理,制定本办法。"),
    article(2, "进入渔港的船舶应当在二十四小时内报告。"),
    article(3, "渔港经营者应当配备消防器材，每半年检查一次，并且留存记录。"),
    article(4, "本办法自发布之日起施行。"),
)


def test_versions_in_the_order_of_the_later_text():
    found = versions([(policy(status=Draft), BEFORE.rows), (policy(), AFTER.rows)])
    assert found is not None
    assert told(found) == [
        ("same", "art_1", "art_1"),
        ("removed", "art_2", ""),
        ("changed", "art_3", "art_2"),
        ("added", "", "art_3"),
        ("same", "art_4", "art_4"),
    ]
    assert found.counts == [("same", "相同", 2), ("changed", "修改", 1), ("added", "新增", 1), ("removed", "删去", 1)]


def test_a_changed_clause_shows_the_words():
    found = versions([(policy(), BEFORE.rows), (policy(), AFTER.rows)])
    assert found is not None
    (changed,) = (change for kind, run in found.runs if kind == "changed" for change in run)
    assert [piece.text for piece in changed.before if piece.differs] == ["三日"]
    assert [piece.text for piece in changed.after if piece.differs] == ["二十四小时"]
    assert changed.moved


def test_every_clause_of_both_versions_is_told_once():
    found = versions([(policy(), BEFORE.rows), (policy(), AFTER.rows)])
    assert found is not None
    assert sorted(row for _, row, _ in told(found) if row) == [row.label for row in BEFORE.rows]
    assert [row for _, _, row in told(found) if row] == [row.label for row in AFTER.rows]


def test_a_clause_that_is_gone_from_the_front_comes_first():
    first = Text(1, article(1, "这一条被整个删掉了，没有留下。"), article(2, "本办法自发布之日起施行。"))
    second = Text(11, article(1, "本办法自发布之日起施行。"))
    found = versions([(policy(), first.rows), (policy(), second.rows)])
    assert found is not None
    assert [kind for kind, _, _ in told(found)] == ["removed", "same"]


def test_texts_of_other_names_are_versions_only_if_most_is_alike():
    other = policy(title_key="牧场管理办法")
    assert versions([(policy(), BEFORE.rows), (other, BEFORE.rows)])
    different = Text(11, article(1, "牧场主每年春天清点羊群。"))
    assert versions([(policy(), BEFORE.rows), (other, different.rows)]) is None
    assert versions([(policy(), BEFORE.rows), (policy(region_id="520000"), different.rows)]) is None
    assert versions([(policy(), BEFORE.rows), (policy(), different.rows)])


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"issued_on": date(2020, 1, 1)}, {"issued_on": date(2021, 1, 1)}, True),
        ({"issued_on": date(2021, 1, 1)}, {"issued_on": date(2020, 1, 1)}, False),
        ({"status": Draft}, {"issued_on": date(2020, 1, 1)}, True),
        ({"issued_on": date(2020, 1, 1)}, {"status": Draft}, False),
        ({}, {"status": Draft}, False),
        ({"issued_on": date(2020, 1, 1)}, {"issued_on": date(2020, 1, 1), "status": Draft}, False),
    ],
)
def test_the_earlier_comes_first(first, second, expected):
    assert in_order([policy(**first), policy(**second)]) is expected


def plan(first: int, *headings: str) -> Text:
    return Text(
        first, *((f"sec_{n}", "section", heading, f"{heading}的内容。") for n, heading in enumerate(headings, 1))
    )


def names(units) -> list[str]:
    return [unit.provision.heading or unit.provision.label if unit else "" for unit in units]


def test_headings_answer_each_other_wherever_they_stand():
    found = outlines(
        [
            (policy(), plan(1, "总体要求", "建设港口码头", "保障措施").rows),
            (policy(), plan(11, "总体要求", "培育水产品牌", "保障措施").rows),
            (policy(), plan(21, "基本原则", "保障措施", "培育水产品牌").rows),
        ]
    )
    assert [names(row) for row in found.rows] == [
        ["总体要求", "总体要求", ""],
        ["保障措施", "保障措施", "保障措施"],
        ["", "培育水产品牌", "培育水产品牌"],
    ]
    assert [names(units) for units in found.alone] == [["建设港口码头"], [], ["基本原则"]]


def test_headings_that_share_only_words_of_the_titles_are_apart():
    title = policy(title="渔港基础设施建设方案")
    found = outlines(
        [
            (title, plan(1, "建设渔港消防基础设施", "建设渔港供电基础设施").rows),
            (title, plan(11, "建设现代供电基础设施", "建设渔港通信基础设施").rows),
        ]
    )
    assert [names(row) for row in found.rows] == [["建设渔港供电基础设施", "建设现代供电基础设施"]]


def test_what_has_no_counterpart_stands_inside_the_part_that_has_one():
    one = Text(
        1, ("chp_1", "chapter", "总则", ""), ("chp_1__art_1", "article", "", "为了加强渔港管理，制定本办法。"),
        ("chp_1__art_2", "article", "", "渔港由县级人民政府管理。"),
    )  # fmt: skip
    other = Text(
        11, ("chp_1", "chapter", "总则", ""), ("chp_1__art_1", "article", "", "为了加强牧场管理，制定本办法。"),
        ("chp_1__art_2", "article", "", "羊群每年春天清点一次。"),
    )  # fmt: skip
    found = outlines([(policy(), one.rows), (policy(), other.rows)])
    assert [names(row) for row in found.rows] == [["总则", "总则"], ["chp_1__art_1", "chp_1__art_1"]]
    assert [names(unit.inside) for unit in found.rows[0] if unit] == [["chp_1__art_2"], ["chp_1__art_2"]]
    assert found.alone == [[], []]


def test_an_excerpt_holds_the_items_and_is_cut():
    text = Text(1, ("sec_1", "section", "任务", "包括："), ("sec_1__point_1", "item", "", "养鱼；"))
    ((unit, _),) = outlines([(policy(), text.rows)] * 2).rows
    assert unit is not None
    assert unit.excerpt == "包括： sec_1__point_1养鱼；"
    long = Text(1, ("sec_1", "section", "任务", "鱼" * 500))
    ((unit, _),) = outlines([(policy(), long.rows)] * 2).rows
    assert unit is not None
    assert len(unit.excerpt) < 300
