"""Loading: all of a file or nothing of it, once, and what is known keeps its address."""

from dataclasses import replace as changed
from datetime import date
from decimal import Decimal

import pytest

from ingest.loading import LoadingError, Outcome, load
from ingest.records import AgencyMention
from policies.models import (
    Agency,
    Change,
    ClauseEdition,
    Edition,
    Figure,
    Issue,
    Issuer,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Responsibility,
    ResponsibleAgency,
    Source,
    State,
    Succession,
    Table,
    Target,
)
from tests.ingest.builders import GAZETTEER, READING, law, notice, parsed, provision, responsibility, single, target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazetteer_kept")]


def ingest(file, sha256="a" * 64, **options):
    return load(file, READING, filename="驿站.txt", sha256=sha256, gazetteer=GAZETTEER, **options)


def everything():
    """Every row of the knowledge base that a load may write."""
    models = (
        Source, Issue, Policy, Provision, Target, Responsibility, ResponsibleAgency, Obligation, Reference,
        Observation, Table, Figure, Issuer, Agency, Edition, ClauseEdition, Succession,
    )  # fmt: skip
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_an_issue_becomes_rows():
    report = ingest(parsed())
    assert report.outcome is Outcome.LOADED
    assert report.counts == {
        "policies": 2, "provisions": 6, "targets": 1, "responsibilities": 1, "obligations": 1, "references": 1,
        "observations": 1, "agencies": 4, "warnings": 1, "kept": 0, "lost": 0,
    }  # fmt: skip
    issue = Issue.objects.get()
    assert (issue.year, issue.number, issue.total_number, issue.state) == (2031, 12, 512, "draft")
    assert issue.source.text == "首行\n\n次行"
    assert issue.source.lines() == READING.lines
    assert issue.source.segments == [{"kind": "masthead", "start_line": 1, "end_line": 3, "order": None}]
    assert list(issue.doubts.values_list("code", "line", "policy__order", "message")) == [("gap", 5, 1, "第五行可疑。")]
    first, second = issue.policies.order_by("order")
    assert (first.region_id, first.doc_number, first.period_start, first.page) == (
        "330000",
        "浙驿发〔2031〕8号",
        2031,
        7,
    )
    assert second.region is None
    assert [entry.policy for entry in issue.contents.all()] == [first, second]


def test_provisions_form_a_tree_and_extracted_rows_hang_on_their_clause():
    ingest(parsed())
    article = Provision.objects.get(eid="chp_2__art_3")
    assert (article.parent, article.depth) == (Provision.objects.get(eid="chp_2", depth=0), 1)
    row = Target.objects.get()
    assert (row.provision, row.value, row.unit, row.year) == (article, Decimal(120), "个", 2033)
    assert Table.objects.get().provision == article
    assert Figure.objects.get().provision == article
    assert Observation.objects.get().yoy == Decimal("3.5")
    roles = Responsibility.objects.get().agencies.values_list("agency__name", "name", "role")
    assert list(roles) == [
        ("浙江省科学技术厅", "省科技厅", "lead"),
        ("浙江省各市人民政府", "各市人民政府", "support"),
    ]


def test_a_clause_is_told_by_its_line_where_two_have_one_path():
    twice = [
        provision("一", "sec_1", 2, "甲", end_line=4),
        provision("一", "att_1__sec_1", 6, "乙", end_line=9),
    ]
    ingest(parsed(notice(1, provisions=twice, targets=[target(8, "一"), target(3, "没有这一处")])))
    assert dict(Target.objects.values_list("line", "provision__eid")) == {8: "att_1__sec_1", 3: "sec_1"}


def test_agencies_know_their_region_and_the_names_they_are_printed_under():
    ingest(parsed())
    agency = Agency.objects.get(name="浙江省科学技术厅")
    assert (agency.region_id, agency.level, agency.is_group) == ("330000", "province", False)
    assert [name.name for name in agency.names.all()] == ["省科技厅"]
    assert Agency.objects.get(name="浙江省各市人民政府").is_group
    assert Agency.objects.get(name="国务院").level == "national"


def test_topics_are_set_and_unknown_ones_reported():
    slug = GAZETTEER.topics[0].slug
    report = ingest(parsed(law(topics=[slug, "no-such-topic"])))
    assert [topic.slug for topic in report.policies[0].topics.all()] == [slug]
    assert [(d.code, d.line) for d in report.issue.doubts.all()] == [("topic-unknown", 1), ("gap", 5)]


def test_slugs_say_region_year_and_short_title():
    ingest(parsed())
    assert list(Policy.objects.order_by("order").values_list("slug", flat=True)) == [
        "浙江-2031-驿站数据管理办法",
        "国家-2031-驿站发展规划",
    ]


def test_the_same_bytes_change_nothing():
    first = ingest(parsed())
    before = everything()
    Change.objects.all().delete()
    again = ingest(parsed())
    assert again.outcome is Outcome.UNCHANGED
    assert again.issue == first.issue
    assert again.counts == first.counts
    assert everything() == before
    assert not Change.objects.exists()


def test_other_bytes_for_an_issue_are_refused():
    ingest(parsed())
    before = everything()
    with pytest.raises(LoadingError, match=r"2031年第12期已在库中（来自 驿站\.txt），与这个文件内容不同，没有改动。"):
        ingest(parsed(law(title="别的")), "b" * 64)
    assert everything() == before


def test_replacing_keeps_addresses_and_ids():
    ingest(parsed())
    slugs = set(Policy.objects.values_list("pk", "slug"))
    provisions = dict(Provision.objects.values_list("eid", "pk"))
    found_by_number = law(2, title="浙江省驿站数据管理办法（新）", provisions=law().provisions[:3])
    found_by_title = notice(1, doc_number="国发〔2031〕3号")
    report = ingest(parsed(found_by_title, found_by_number), "b" * 64, replace=True)
    assert report.outcome is Outcome.REPLACED
    assert set(Policy.objects.values_list("pk", "slug")) == slugs
    assert Policy.objects.get(order=2).title == "浙江省驿站数据管理办法（新）"
    for eid, pk in Provision.objects.values_list("eid", "pk"):
        assert provisions[eid] == pk
    assert set(provisions) - set(Provision.objects.values_list("eid", flat=True)) == {"chp_2", "chp_2__art_3"}
    assert Source.objects.get().sha256 == "b" * 64


def test_replacing_with_the_same_bytes_finds_a_policy_whose_title_is_read_anew():
    ingest(parsed())
    before = dict(Policy.objects.values_list("pk", "slug"))
    ingest(parsed(law(title="甲", doc_number=None), notice(title="乙")), replace=True)
    assert dict(Policy.objects.values_list("pk", "slug")) == before
    assert set(Policy.objects.values_list("title", flat=True)) == {"甲", "乙"}


def test_replacing_removes_what_the_file_no_longer_has():
    ingest(parsed(law(responsibilities=[responsibility(13, AgencyMention("驿站办", "驿站办", "lead", known=False))])))
    gone = Policy.objects.get(order=1).pk
    Change.objects.all().delete()
    ingest(parsed(notice(1)), "b" * 64, replace=True)
    left = Policy.objects.get()
    assert left.title == notice().title
    assert set(Change.objects.values_list("policy_id", flat=True)) == {gone, left.pk}
    assert not Target.objects.exists()
    assert not Agency.objects.filter(name="驿站办").exists(), "nobody confirmed it and nothing names it"
    assert Agency.objects.filter(name="国务院").exists()


def test_every_loaded_policy_is_noted_for_the_index():
    ingest(parsed())
    assert set(Change.objects.values_list("policy_id", flat=True)) == set(Policy.objects.values_list("pk", flat=True))


def test_new_policies_of_a_published_issue_are_published():
    issue = ingest(parsed(law())).issue
    Issue.objects.update(state=State.PUBLISHED)
    Policy.objects.update(state=State.PUBLISHED)
    ingest(parsed(law(), notice()), "b" * 64, replace=True)
    assert set(issue.policies.values_list("state", flat=True)) == {"published"}


def test_two_documents_of_one_name_have_two_addresses():
    ingest(parsed(law(1, doc_number=None), law(2, doc_number=None)))
    assert list(Policy.objects.order_by("order").values_list("slug", flat=True)) == [
        "浙江-2031-驿站数据管理办法",
        "浙江-2031-驿站数据管理办法-2",
    ]


def test_an_amended_text_of_another_day_is_a_policy_of_its_own():
    first, amended = (law(doc_number=None, issued_on=date(year, 6, 1)) for year in (2030, 2034))
    ingest(single(first))
    report = ingest(single(amended), "b" * 64)
    assert report.outcome is Outcome.LOADED
    assert Policy.objects.values("slug").distinct().count() == 2


def test_a_single_document_stands_alone_with_its_warnings():
    report = ingest(single())
    assert report.issue is None
    assert [(d.code, d.line, d.message) for d in report.subject.doubts.all()] == [("gap", 5, "第五行可疑。")]
    assert ingest(single()).outcome is Outcome.UNCHANGED
    with pytest.raises(LoadingError, match="《浙江省驿站数据管理办法》已在库中"):
        ingest(single(), "b" * 64)
    again = ingest(single(law(title="换了题目")), "b" * 64, replace=True)
    assert again.subject == report.subject
    assert again.subject.slug == report.subject.slug
    assert Source.objects.count() == 1


def test_a_document_alone_is_not_the_one_in_an_issue():
    ingest(parsed())
    ingest(single(), "b" * 64)
    assert Policy.objects.filter(doc_number=law().doc_number).count() == 2


@pytest.mark.parametrize(
    "bad",
    [
        {"unit": "个" * 41},
        {"indicator": ""},
        {"indicator": "驿" * 301},
        {"op": "range", "value_max": None},
        {"op": "maybe"},
        {"value": 10**30},
        {"value": float("inf")},
        {"value": float("nan")},
        {"year": 20333},
        {"line": 0},
        {"confidence": 2.0},
    ],
    ids=str,
)
def test_a_row_that_breaks_a_constraint_is_left_out_with_a_warning(bad):
    rows = [target(), changed(target(value=7), **bad), target(value=8)]
    report = ingest(parsed(law(targets=rows)))
    assert sorted(Target.objects.values_list("value", flat=True)) == [8, 120]
    refused = list(report.issue.doubts.filter(code="row-refused"))
    assert [(w.policy.order, "目标“到2033年建成驿站120个”" in w.message) for w in refused] == [(1, True)]
    assert report.counts["warnings"] == 2


def test_an_index_has_no_unit_and_is_stored():
    ingest(parsed(law(targets=[target(indicator="冷库能效值（PUE）", op="<=", value=1.25, unit="")])))
    row = Target.objects.get(indicator__contains="PUE")
    assert (row.value, row.unit) == (Decimal("1.25"), "")


def test_a_blank_agency_or_an_unknown_role_does_not_cost_the_issue():
    mentions = [
        AgencyMention("", "", "lead"),
        AgencyMention("省科技厅", "浙江省科学技术厅", "nobody"),
        AgencyMention("省财政厅", "浙江省财政厅", "lead"),
    ]
    report = ingest(parsed(law(responsibilities=[responsibility(13, *mentions)])))
    assert list(ResponsibleAgency.objects.values_list("agency__name", flat=True)) == ["浙江省财政厅"]
    assert sorted(d.code for d in report.issue.doubts.all()) == ["agency-name", "gap", "row-refused"]


def test_provisions_of_one_eid_are_both_kept():
    nodes = [provision("一", "sec_1", 2, "甲"), provision("一", "sec_1", 3, "乙")]
    report = ingest(parsed(law(provisions=nodes, targets=[])))
    assert list(Provision.objects.values_list("eid", "text")) == [("sec_1", "甲"), ("sec_1-2", "乙")]
    assert "eid-taken" in [d.code for d in report.issue.doubts.all()]


def test_facts_beyond_belief_become_null_with_a_warning():
    record = law(issued_on=date(23, 3, 1), period=(2033, 2031), title="长" * 400, page=123456, region_code="999999")
    report = ingest(parsed(record))
    policy = report.policies[0]
    assert (policy.issued_on, policy.period_start, len(policy.title), policy.page, policy.region) == (
        None, None, 300, None, None,
    )  # fmt: skip
    codes = {d.code for d in report.issue.doubts.all()}
    assert codes >= {"date-implausible", "period-implausible", "text-cut", "region-unknown"}


@pytest.mark.parametrize("issue", [{"year": None}, {"number": None}, {"year": 12}, {"number": 0}], ids=str)
def test_an_issue_without_believable_numbers_is_refused(issue):
    with pytest.raises(LoadingError):
        ingest(parsed(**issue))
    assert not Source.objects.exists()


def test_a_failure_leaves_the_database_as_it_was(monkeypatch):
    ingest(parsed())
    before = everything()

    def fail(*args):
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr("ingest.loading.loader.store_contents", fail)
    with pytest.raises(RuntimeError):
        ingest(parsed(law(title="别的")), "b" * 64, replace=True)
    assert everything() == before


def test_topics_of_clauses_are_kept():
    document = law()
    document.provisions[1].topics = ["computing-power"]
    ingest(parsed(document))
    assert Provision.objects.get(eid="chp_1__art_1").topics == ["computing-power"]
    document.provisions[1].topics = []
    ingest(parsed(document), replace=True)
    assert Provision.objects.get(eid="chp_1__art_1").topics == []
