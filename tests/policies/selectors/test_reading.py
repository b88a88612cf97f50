"""A policy as it is read: order, levels, lines, insets, records."""

import pytest
from django.contrib.auth.models import AnonymousUser

from policies.models import Figure, Policy, Reference, Source, Table
from policies.selectors.reading import Paragraph, read_policy

pytestmark = pytest.mark.usefixtures("kept_library")


def read(policy: Policy):
    return read_policy(Policy.objects.select_related("source").get(pk=policy.pk), AnonymousUser())


def shape(reading) -> list[tuple[str, list[str]]]:
    """Each clause's eid (marked where it is a tail) and the kinds of its parts."""
    return [
        (clause.provision.eid + ("…" if clause.is_tail else ""), [part.kind for part in clause.parts])
        for clause in reading.clauses
    ]


def test_clauses_come_in_order_with_tails_after_the_children(library):
    assert shape(read(library.law)) == [
        ("chp_1", []),
        ("chp_1__art_1", ["paragraph"]),
        ("chp_1__art_2", ["paragraph", "paragraph"]),
        ("chp_2", []),
        ("chp_2__art_3", ["paragraph"]),
        ("chp_2__art_3__point_1", ["paragraph"]),
        ("chp_2__art_3__point_2", ["paragraph"]),
        ("chp_2__art_3…", ["paragraph"]),
    ]


def test_levels_follow_the_headings_above(library):
    levels = {clause.provision.eid: clause.level for clause in read(library.law).clauses if not clause.is_tail}
    assert levels["chp_1"] == 2
    assert levels["chp_1__art_1"] == 3
    assert levels["chp_2__art_3__point_1"] is None


def test_paragraphs_know_their_lines(library):
    found = {clause.provision.eid: clause.parts for clause in read(library.law).clauses}
    assert [part.line for part in found["chp_1__art_2"]] == [4, 5]
    assert read(library.law).clauses[-1].parts[0].line == 10


def test_a_paragraph_that_was_repaired_has_no_line_and_stays(library):
    clause = library.law.provisions.get(eid="chp_1__art_2")
    clause.text = "修复过的文字不在原文之中。\n省数据局负责统筹协调。"
    clause.save()
    parts = read(library.law).clauses[2].parts
    assert parts == [Paragraph("修复过的文字不在原文之中。", None), Paragraph("省数据局负责统筹协调。", 5)]


def test_tables_and_captions_stand_between_the_paragraphs_around_them(library):
    lines = ["甲段在前。", "图9 夹在中间", "乙段在后。", "表9 最后", "年份\t数", "2030\t1,234.5"]
    library.plan.source = Source.objects.create(
        sha256="b" * 64, filename="x", format="txt", encoding="utf-8", text="\n".join(lines), characters=30
    )
    library.plan.save()
    library.plan.provisions.all().delete()
    Table.objects.filter(policy=library.plan).delete()
    Figure.objects.filter(policy=library.plan).delete()
    library.plan.provisions.create(
        position=1,
        depth=1,
        type="body",
        path="正文",
        eid="body_1",
        text="甲段在前。\n乙段在后。",
        start_line=1,
        end_line=6,
    )
    Figure.objects.create(policy=library.plan, line=2, title="夹在中间")
    Table.objects.create(
        policy=library.plan, line=5, end_line=6, header=["年份", "数", "注"], rows=[["2030", "1,234.5", "约"], ["2031"]]
    )
    (clause,) = read(library.plan).clauses
    assert [part.kind for part in clause.parts] == ["paragraph", "figure", "paragraph", "table"]
    table = clause.parts[-1]
    assert table.header == [("年份", True), ("数", True), ("注", False)]
    assert table.rows[0] == [("2030", True), ("1,234.5", True), ("约", False)]


def test_insets_before_any_clause_are_loose(library):
    Figure.objects.create(policy=library.plan, line=12, title="卷首")
    reading = read(library.plan)
    assert [inset.row.title for inset in reading.loose] == ["卷首"]


def test_records_stand_under_their_clause_without_the_rejected(library):
    clauses = {clause.provision.eid: clause for clause in read(library.plan).clauses}
    assert [target.indicator for target in clauses["sec_1"].targets] == ["智算中心", "算力规模"]
    ((lead, leaders), (support, supporters)) = clauses["sec_2__subsec_1"].duties[0].roles
    assert (lead, leaders[0].agency) == ("牵头", library.bureau)
    assert (support, supporters[0].agency) == ("配合", library.finance)


def test_a_target_of_the_tail_stands_under_the_tail(library):
    clause = library.law.provisions.get(eid="chp_2__art_3")
    library.law.target_set.create(
        provision=clause, line=10, quote="节能", indicator="能耗", op="<=", value=1, unit="%", rule="test"
    )
    tail = read(library.law).clauses[-1]
    assert tail.is_tail
    assert [target.indicator for target in tail.targets] == ["能耗"]


def test_the_outline_holds_headings_and_the_bare_articles_under_them(library):
    outline = read(library.law).outline
    assert [entry.provision.eid for entry in outline] == ["chp_1", "chp_2"]
    assert [article.label for article in outline[0].articles] == ["第一条", "第二条"]


@pytest.mark.parametrize(("state", "linked"), [("published", True), ("draft", False)])
def test_references_lead_to_what_readers_may_read(library, state, linked):
    Policy.objects.filter(pk=library.law.pk).update(state=state)
    Reference.objects.create(policy=library.plan, line=20, quote="x", title="没有收录的法", rule="test")
    cited = {reference.title: reference.cited_policy for reference in read(library.plan).references}
    assert (cited["青川省数字经济促进条例"] == library.law) is linked
    assert cited["没有收录的法"] is None
