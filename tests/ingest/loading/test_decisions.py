"""Editors' decisions over new loads: kept, carried to the same words, told of where they no longer fit."""

from copy import deepcopy
from dataclasses import replace as changed
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Max

from ingest.loading import load
from ingest.loading.decisions import as_stored
from ingest.reading import Reading
from ingest.records import TargetRecord
from policies.actions.merge_provisions import merge
from policies.actions.move_provision import move
from policies.actions.split_provision import split
from policies.actions.undo import undo
from policies.models import (
    Action,
    Agency,
    Doubt,
    Issuer,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Responsibility,
    ResponsibleAgency,
    Source,
    Table,
    Target,
    Topic,
)
from policies.models.extracted import Review
from policies.models.history import FOLLOWING
from tests.ingest.builders import GAZETTEER, law, notice, parsed, provision, single, target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazetteer_kept")]
OTHER = "b" * 64
LISTS = ("targets", "responsibilities", "obligations", "references", "observations")
CORRECTIONS = {
    Target: ("value", Decimal(99)),
    Obligation: ("subject", "驿站主管部门"),
    Reference: ("title", "网络安全法"),
    Observation: ("value", Decimal(81)),
    Responsibility: ("agencies", None),
}
KINDS: tuple[Any, ...] = tuple(CORRECTIONS)
NOTHING: dict[str, Any] = {name: [] for name in LISTS}


def ingest(file, sha256="a" * 64, **options) -> Any:
    """Load a file whose lines hold what its records say of them."""
    lines = [""] * 70
    for policy in file.policies:
        for node in policy.provisions:
            lines[node.start_line - 1] += node.text
        for row in (row for name in LISTS for row in getattr(policy, name)):
            lines[row.line - 1] += row.quote
    reading = Reading(lines, "utf-8", "txt")
    return load(file, reading, filename="驿站.txt", sha256=sha256, gazetteer=GAZETTEER, **options)


def reingest(*policies, sha256=OTHER):
    return ingest(parsed(*policies), sha256, replace=True)


def everything() -> dict[str, list[Any]]:
    """Every row that a load may write, as far as undoing brings it back."""
    models: tuple[Any, ...] = (Source, Policy, Provision, *KINDS, ResponsibleAgency, Table, Issuer, Agency, Doubt)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def recorded(rows):
    """The columns that are recorded of them."""
    return {name: [{k: v for k, v in row.items() if k not in FOLLOWING} for row in of] for name, of in rows.items()}


def doubts_of(code) -> list[Any]:
    return list(Doubt.objects.filter(code=code).order_by("pk"))


def decide(row: Any, review) -> Any:
    """What an editor's confirming, correcting, rejecting, or adding beside it, makes of a row."""
    if review == Review.ADDED:
        parts = list(row.agencies.all()) if isinstance(row, Responsibility) else []
        row.pk, row.quote = None, row.quote[1:]
        row._state.adding = True
    row.review = review
    if review == Review.CORRECTED:
        name, value = CORRECTIONS[type(row)]
        if name == "agencies":
            row.original = {name: [[p.position, p.agency.name, p.name, p.role] for p in row.agencies.all()]}
            row.agencies.filter(position=2).delete()
        else:
            row.original = {name: as_stored(getattr(row, name))}
            setattr(row, name, value)
    row.save()
    if review == Review.ADDED:
        for part in parts[:1]:
            part.pk, part.responsibility = None, row
            part.save()
    return row


def decided():
    """The rows that an editor decided on, with their clauses, by model."""
    return {
        model: [
            (row, [*row.agencies.values_list("agency__name", "role")] if model is Responsibility else [])
            for row in model.objects.exclude(review=Review.MACHINE).select_related("provision")
        ]
        for model in KINDS
    }


def shifted(record, by=2):
    """The document some lines further down, with a clause more before those that something was extracted from."""
    record = deepcopy(record)
    rows = [row for name in (*LISTS, "tables", "figures") for row in getattr(record, name)]
    for row in (*rows, *record.provisions):
        for name in {"line", "start_line", "end_line"} & {*dir(row)}:
            setattr(row, name, getattr(row, name) + by)
    for row in (*rows, *record.provisions):
        if getattr(row, "path", None) == "第二章/第三条":
            row.path = "第二章/第四条"
    last = record.provisions[-1]
    last.eid, last.label = "chp_2__art_4", "第四条"
    record.provisions.insert(-1, provision("第二章/第三条", "chp_2__art_3", 11 + by - 1, "驿站应当登记。"))
    record.end_line += by
    return record


ALL = pytest.mark.parametrize("review", [r for r in Review if r != Review.MACHINE])


@ALL
def test_decisions_stay_when_the_same_bytes_are_loaded_again(review):
    ingest(parsed())
    for model in KINDS:
        decide(model.objects.get(), review)
    before = everything()
    Action.objects.all().delete()
    report = ingest(parsed(), replace=True)
    assert recorded(everything()) == recorded(before)
    assert (report.counts["kept"], report.counts["lost"]) == (5, 0)
    assert not Action.objects.exists(), "nothing changed, so nothing is recorded"


@ALL
def test_decisions_go_with_their_clause_to_other_lines_and_numbers(review):
    ingest(parsed())
    for model in KINDS:
        decide(model.objects.get(), review)
    before, counts = decided(), [model.objects.count() for model in KINDS]
    report = reingest(shifted(law()), notice())
    assert (report.counts["kept"], report.counts["lost"]) == (5, 0)
    assert [model.objects.count() for model in KINDS] == counts, "nothing is lost, nothing resurrected"
    after = decided()
    for model in KINDS:
        [(old, agencies)], [(new, same_agencies)] = before[model], after[model]
        assert (new.pk, new.review, new.quote, new.original) == (old.pk, review, old.quote, old.original)
        assert str(new) == str(old)
        assert same_agencies == agencies
        assert new.line == old.line + 2
        assert new.provision.eid == old.provision.eid.replace("art_3", "art_4")


@ALL
def test_a_decision_whose_words_are_gone_is_told_of(review):
    ingest(parsed())
    for model in KINDS:
        decide(model.objects.get(), review)
    without = law(**NOTHING, provisions=law().provisions[:-1])
    report = reingest(without, notice())
    assert not any(model.objects.exists() for model in KINDS)
    doubts = doubts_of("decision-lost")
    kinds = {"target", "responsibility", "obligation", "reference", "observation"}
    assert {d.lost["kind"] for d in doubts} == (set() if review == Review.REJECTED else kinds)
    assert (report.counts["kept"], report.counts["lost"]) == (0, len(doubts))
    for doubt in (d for d in doubts if d.lost["kind"] == "target"):
        assert doubt.words == doubt.lost["columns"]["quote"]
        assert (doubt.lost["review"], doubt.policy.order, doubt.line) == (review, 1, 1)
        assert review.label in doubt.message
    reingest(without, notice())
    assert len(doubts_of("decision-lost")) == report.counts["lost"], "it stays until it is settled"


@pytest.mark.parametrize("review", [Review.CONFIRMED, Review.CORRECTED, Review.REJECTED])
def test_a_decision_stands_where_the_machine_reads_the_words_otherwise(review):
    ingest(parsed())
    row = decide(Target.objects.get(), review)
    reingest(law(targets=[target(value=130)]), notice())
    assert Target.objects.get().pk == row.pk
    assert Target.objects.get().value == row.value
    assert Target.objects.get().original == ({"value": "130"} if review == Review.CORRECTED else None)
    reingest(law(targets=[target(value=130)]), notice())
    assert Target.objects.get().value == row.value


def test_a_machine_row_keeps_its_id_and_others_come_and_go():
    rows = [target(), target(13, indicator="仓库", quote="仓库7座", value=7, unit="座")]
    ingest(parsed(law(targets=rows)))
    first, second = Target.objects.order_by("line")
    better = changed(rows[0], rule="count-better")
    third = TargetRecord("第二章/第三条", 14, "道路8条", rule="count", indicator="道路", op="=", value=8, unit="条")
    reingest(law(targets=[better, third]))
    assert set(Target.objects.values_list("pk", "rule")) == {
        (first.pk, "count-better"),
        (Target.objects.aggregate(last=Max("pk"))["last"], "count"),
    }
    assert not Target.objects.filter(pk=second.pk).exists()


def test_one_of_two_equal_rows_that_was_rejected_stays_the_one():
    ingest(parsed(law(targets=[target(12), target(14)])))
    rejected = decide(Target.objects.get(line=14), Review.REJECTED)
    reingest(shifted(law(targets=[target(12), target(14)])))
    assert list(Target.objects.order_by("line").values_list("line", "review")) == [(14, "machine"), (16, "rejected")]
    assert Target.objects.get(line=16).pk == rejected.pk


class TestPolicies:
    def test_corrected_facts_stay_and_the_policy_is_still_found(self):
        ingest(parsed())
        policy = Policy.objects.get(order=1)
        policy.topics.set(Topic.objects.filter(slug="computing-power"))
        policy.issuers.all().delete()
        Issuer.objects.create(policy=policy, agency=Agency.objects.get(name="国务院"), position=1)
        policy.original = {
            "title": policy.title, "doc_number": policy.doc_number, "region": "330000", "period_start": 2031,
            "issuers": ["浙江省人民政府"], "topics": [],
        }  # fmt: skip
        policy.title, policy.doc_number, policy.region_id, policy.period_start = "正确的标题", "", None, 2032
        policy.review = Review.CORRECTED
        policy.save()
        report = reingest(law(issued_on=None, period=(2029, 2031), issuers=["浙江省财政厅"]), notice())
        policy = Policy.objects.get(pk=policy.pk)
        read = policy.original or {}
        assert (policy.title, policy.doc_number, policy.region, policy.period_start, policy.period_end) == (
            "正确的标题", "", None, 2032, 2033,
        )  # fmt: skip
        assert policy.issued_on is None, "what nobody corrected follows the text"
        assert [issuer.agency.name for issuer in policy.issuers.all()] == ["国务院"]
        assert [topic.slug for topic in policy.topics.all()] == ["computing-power"]
        assert read["issuers"] == ["浙江省财政厅"]
        assert read["period_start"] == 2029
        assert report.counts["kept"] == 1

    def test_a_corrected_document_that_stands_alone_is_known_again(self):
        ingest(single(law(doc_number=None)))
        Policy.objects.update(title="正确的标题", review="corrected", original={"title": law().title})
        reingested = ingest(single(law(doc_number=None)), OTHER, replace=True)
        assert Policy.objects.get() == reingested.subject

    def test_decisions_in_a_policy_that_goes_are_told_of_at_the_issue(self):
        issue = ingest(parsed()).issue
        decide(Target.objects.get(), Review.CONFIRMED)
        decide(Obligation.objects.get(), Review.REJECTED)
        Policy.objects.filter(order=1).update(review="confirmed")
        report = reingest(notice(1))
        doubts = doubts_of("decision-lost")
        assert all(d.issue == issue for d in doubts)
        assert [(d.lost["kind"], d.policy, d.line) for d in doubts] == [("policy", None, 0), ("target", None, 0)]
        assert report.counts["lost"] == 2


def outline():
    """The provisions of the law in their order: eid, parent's eid, depth, path."""
    rows = Provision.objects.filter(policy__order=1).order_by("position").select_related("parent")
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [(row.eid, row.parent.eid if row.parent else "", row.depth, row.path) for row in rows]


def at(eid) -> Any:
    return Provision.objects.get(eid=eid, policy__order=1)


def edit(eid, **columns):
    """Correct columns of a provision as an editor does."""
    row = at(eid)
    row.review = columns.pop("review", Review.CORRECTED)
    printed = {"parent": row.parent.eid if row.parent else ""} | {n: getattr(row, n) for n in columns if n != "parent"}
    row.original = {name: printed[name] for name in columns} or None
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
    return row


def split_article_2():
    ingest(parsed())
    split(at("chp_1__art_2"), len("本办法适用于"), user=None, label="第二条之一")
    return at("chp_1__art_2bis")


class TestOutline:
    def test_stays_when_the_same_bytes_are_loaded_again(self):
        split_article_2()
        move(at("chp_1__art_1"), at("chp_2"), None, user=None)
        merge(at("chp_1__art_2"), at("chp_1__art_2bis"), user=None)
        split(at("chp_2__art_3"), 4, user=None)
        before = everything()
        Action.objects.all().delete()
        report = ingest(parsed(), replace=True)
        assert recorded(everything()) == recorded(before)
        assert report.counts["kept"] == 5
        assert not Action.objects.exists()

    def test_of_a_split_clause_is_woven_into_the_new_one(self):
        added = split_article_2()
        reingest(shifted(law()), notice())
        assert [row[0] for row in outline()] == [
            "chp_1", "chp_1__art_1", "chp_1__art_2", "chp_1__art_2bis", "chp_2", "chp_2__art_3", "chp_2__art_4",
        ]  # fmt: skip
        again = at("chp_1__art_2bis")
        assert (again.pk, again.review, again.parent.eid) == (added.pk, "added", "chp_1")
        assert again.start_line == added.start_line + 2
        assert at("chp_1__art_2").text == "本办法适用于"

    def test_a_clause_that_an_editor_added_goes_with_its_words(self):
        split_article_2()
        nodes = [node for node in law().provisions if node.eid != "chp_1__art_2"]
        report = reingest(law(provisions=nodes), notice())
        assert not Provision.objects.filter(eid="chp_1__art_2bis").exists()
        lost = {d.lost["columns"]["eid"] for d in doubts_of("decision-lost")}
        assert lost == {"chp_1__art_2", "chp_1__art_2bis"}
        assert report.counts["lost"] == 2

    def test_a_clause_that_an_editor_added_is_confirmed_once_the_machine_reads_it(self):
        split_article_2()
        first = changed(law().provisions[2], text="本办法适用于")
        second = provision("第一章/第二条之一", "chp_1__art_2_1", 5, "驿站。")
        nodes = law().provisions
        reingest(law(provisions=[*nodes[:2], first, second, *nodes[3:]]), notice())
        assert [(row[0], at(row[0]).review) for row in outline()[2:4]] == [
            ("chp_1__art_2", "corrected"),
            ("chp_1__art_2_1", "confirmed"),
        ]

    def test_a_moved_clause_stays_where_it_was_put(self):
        ingest(parsed())
        move(at("chp_1__art_2"), at("chp_2"), at("chp_2__art_3"), user=None)
        before = outline()
        reingest(law(), notice())
        assert outline() == before
        reingest(shifted(law()), notice())
        assert outline()[-1] == ("chp_1__art_2", "chp_2", 1, "第二章/第二条")
        assert at("chp_1__art_2").original["parent"] == "chp_1"
        only_first = [node for node in law().provisions if not node.eid.startswith("chp_2")]
        reingest(law(provisions=only_first, **NOTHING), notice())
        assert outline()[-1] == ("chp_1__art_2", "chp_1", 1, "第一章/第二条"), "where it should go is gone"
        assert Doubt.objects.filter(code="correction-outdated", message__contains="位置").exists()
        assert (at("chp_1__art_2").review, at("chp_1__art_2").original) == ("confirmed", None)

    def test_a_clause_merged_into_another_stays_away_and_its_rows_with_the_words(self):
        chapters = [changed(node, eid=node.eid[7:], path=node.path[4:]) for node in law().provisions[-4:]]
        flat = law(provisions=[chapters[0], chapters[1], chapters[3]])
        for name in LISTS:
            for row in getattr(flat, name):
                row.path = row.path.rpartition("/")[2]
        ingest(parsed(flat))
        merge(at("art_2"), at("art_3"), user=None)
        reingest(flat, notice())
        assert (at("art_2").review, at("art_3").review) == ("corrected", "rejected")
        found: tuple[Any, ...] = (Target, Obligation, Table)
        assert {model.objects.latest("line").provision.eid for model in found} == {"art_2"}

    def test_a_corrected_clause_whose_printed_words_change_asks_to_be_looked_at(self):
        ingest(parsed())
        edit("chp_2", heading="建设与管理")
        nodes = deepcopy(law().provisions)
        nodes[3].heading = "建设和运营"
        for _ in range(2):
            reingest(law(provisions=nodes), notice())
            row = at("chp_2")
            assert (row.heading, row.review, row.original) == ("建设与管理", "corrected", {"heading": "建设和运营"})
            [doubt] = doubts_of("correction-outdated")
            assert (doubt.line, doubt.policy.order) == (10, 1)
            assert "标题" in doubt.message

    def test_a_confirmed_clause_with_other_words_is_confirmed_no_more(self):
        ingest(parsed())
        edit("chp_2__art_3", review=Review.CONFIRMED)
        edit("chp_1__art_1", review=Review.CONFIRMED)
        nodes = deepcopy(law().provisions)
        nodes[-1].text = "驿站可以开放数据。"
        report = reingest(law(provisions=nodes), notice())
        assert (at("chp_2__art_3").review, at("chp_1__art_1").review) == ("machine", "confirmed")
        assert (report.counts["kept"], report.counts["lost"]) == (1, 1)

    def test_a_decision_follows_the_words_to_another_number(self):
        ingest(parsed())
        edit("chp_2__art_3", text="驿站应当开放其数据。")
        reingest(shifted(law()), notice())
        assert (at("chp_2__art_4").text, at("chp_2__art_4").review) == ("驿站应当开放其数据。", "corrected")
        assert (at("chp_2__art_3").text, at("chp_2__art_3").review) == ("驿站应当登记。", "machine")


def test_undoing_a_load_brings_back_what_was_decided():
    split_article_2()
    for model, review in zip(KINDS, [*Review, Review.ADDED], strict=False):
        decide(model.objects.get(), review)
    before = everything()
    reingest(shifted(law(targets=[], references=[])))
    assert Policy.objects.count() == 1
    undo(Action.objects.latest("at"), user=None)
    assert recorded(everything()) == recorded(before)
