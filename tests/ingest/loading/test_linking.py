"""Loads and links: what is loaded when, and what is replaced in between, makes no difference in the end."""

from datetime import date

import pytest

from ingest.loading import load
from ingest.records import AgencyMention, ReferenceRecord
from policies.models import Change, ClauseEdition, Edition, Issue, Policy, Reference, Source, Succession
from tests.ingest.builders import GAZETTEER, READING, law, notice, parsed, responsibility, single

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazetteer_kept")]


def ingest(file, sha256="a" * 64, **options):
    return load(file, READING, filename="驿站.txt", sha256=sha256, gazetteer=GAZETTEER, **options)


def cited(place="第三条"):
    """A single document that cites the law of `law()`."""
    reference = ReferenceRecord(
        "第一章/第一条", 3, "《浙江省驿站数据管理办法》", "浙江省驿站数据管理办法", place, rule="marks"
    )
    return single(
        law(title="浙江省驿亭数据管理办法", doc_number="浙亭发〔2031〕9号", column=None, references=[reference])
    )


def test_references_are_resolved_as_documents_come_and_go():
    ingest(cited(), sha256="b" * 64)
    reference = Reference.objects.get()
    assert (reference.cited_policy, reference.cited_clause) == (None, None)
    ingest(parsed())
    policy = Policy.objects.get(title="浙江省驿站数据管理办法")
    reference = Reference.objects.get(title="浙江省驿站数据管理办法")
    assert (reference.cited_policy, reference.cited_anchor) == (policy, "chp_2__art_3")
    ingest(parsed(law(title="浙江省驿道数据管理办法"), notice()), replace=True)
    reference.refresh_from_db()
    assert (reference.cited_policy, reference.cited_clause) == (None, None)


def test_a_document_met_in_two_issues_is_linked():
    ingest(parsed(law(title="浙江省驿站数据管理办法（征求意见稿）", status="draft", doc_number=None, issued_on=None)))
    final = parsed(law(issued_on=date(2031, 3, 25)), number=13, published_on=date(2031, 3, 28))
    ingest(final, sha256="b" * 64)
    edition = Edition.objects.get()
    assert (edition.earlier.status, edition.later.status, edition.relation) == ("draft", "in_force", "draft_of")
    assert edition.clauses.count() == 3
    ingest(final, sha256="b" * 64, replace=True)
    assert Edition.objects.get().clauses.count() == 3


def test_local_agencies_are_joined_where_both_are_known():
    before = AgencyMention("省环保厅", "浙江省环境保护厅", "lead")
    after = AgencyMention("省生态环境厅", "浙江省生态环境厅", "lead")
    ingest(parsed(law(responsibilities=[responsibility(13, before)])))
    assert not Succession.objects.filter(predecessor__name="浙江省环境保护厅").exists()
    ingest(parsed(law(responsibilities=[responsibility(13, after)]), number=13), sha256="b" * 64)
    row = Succession.objects.get(predecessor__name="浙江省环境保护厅")
    assert row.successor.name == "浙江省生态环境厅"


def files():
    """Four files by their digest: a draft, its final text, an amended one, and a document that cites them."""
    draft = law(title="浙江省驿站数据管理办法（征求意见稿）", status="draft", doc_number=None, issued_on=None)
    amended = law(column=None, doc_number=None, issued_on=date(2035, 3, 1), references=[])
    return {
        "a" * 64: parsed(draft),
        "b" * 64: cited(),
        "c" * 64: parsed(law(issued_on=date(2031, 3, 25)), notice(), number=13, published_on=date(2031, 3, 28)),
        "d" * 64: single(amended),
    }


def links():
    """All links of the base, in words."""
    editions = Edition.objects.values_list("earlier__source__sha256", "later__source__sha256", "relation")
    clauses = ClauseEdition.objects.values_list("earlier__policy__source__sha256", "earlier__eid", "later__eid")
    references = Reference.objects.values_list(
        "policy__source__sha256", "title", "cited_policy__source__sha256", "cited_clause__eid", "cited_fragment"
    )
    return [sorted(map(str, rows)) for rows in (editions, clauses, references)]


def test_the_order_of_loading_makes_no_difference():
    found = []
    for order in ("abcd", "dcba", "cadb", "bdac"):
        for name in order:
            ingest(files()[name * 64], sha256=name * 64)
        found.append(links())
        for model in (Policy, Issue, Source):
            model.objects.all().delete()
    assert all(each == found[0] for each in found)
    editions, clauses, references = found[0]
    assert (len(editions), len(clauses), len(references)) == (2, 6, 3)
    assert any("'c" in row and "chp_2__art_3" in row for row in references)


def test_replacing_and_restoring_a_document_leaves_the_links_as_they_were():
    for sha256, file in files().items():
        ingest(file, sha256=sha256)
    before = links()
    other = parsed(law(title="浙江省驿道数据管理办法", provisions=[]), number=13, published_on=date(2031, 3, 28))
    ingest(other, sha256="e" * 64, replace=True)
    assert links() != before
    ingest(files()["c" * 64], sha256="c" * 64, replace=True)
    assert links() == before


def test_replacing_with_the_same_file_leaves_links_and_notes_nothing():
    for sha256, file in files().items():
        ingest(file, sha256=sha256)
    before, editions = links(), list(Edition.objects.values_list("pk", flat=True))
    Change.objects.all().delete()
    ingest(files()["c" * 64], sha256="c" * 64, replace=True)
    assert links() == before
    assert list(Edition.objects.values_list("pk", flat=True)) == editions
    assert not Change.objects.exists()
