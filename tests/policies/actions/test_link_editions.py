"""Editions of one document are linked with their neighbours in time."""

from datetime import date

import pytest

from policies.actions.link_editions import link_editions
from policies.actions.resolve_references import resolve_references
from policies.models import Agency, ClauseEdition, Edition, Issuer, Policy

pytestmark = pytest.mark.django_db

OPEN = "驿站应当向社会开放数据，并公布开放目录。"
SAFE = "驿站管理者应当建立安全管理制度，定期开展检查。"


def link(*policies):
    ids = [policy.pk for policy in policies]
    resolve_references(ids)
    return link_editions(ids)


def linked():
    return {(edition.earlier, edition.later): edition.relation for edition in Edition.objects.all()}


def test_a_draft_and_its_final_text_clause_by_clause(made):
    draft = made("浙江省驿站条例（征求意见稿）", OPEN, SAFE, status="draft", region_id="330000", year=2030)
    final = made("浙江省驿站条例", "为了管理驿站，制定本条例。", OPEN, SAFE, region_id="330000", year=2031)
    assert link(final, draft) == 1
    assert linked() == {(draft, final): "draft_of"}
    clauses = {(pair.earlier.eid, pair.later.eid): pair.similarity for pair in ClauseEdition.objects.all()}
    assert clauses == {("art_1", "art_2"): 1.0, ("art_2", "art_3"): 1.0}


def test_editions_make_a_chain_whatever_is_loaded_first(made):
    third, first = made("驿站法", OPEN, year=2035), made("驿站法", OPEN, year=2025)
    link(third)
    link(first)
    assert linked() == {(first, third): "revised"}
    second = made("驿站法（2030年修订）", OPEN, year=2030)
    link(second)
    assert linked() == {(first, second): "revised", (second, third): "revised"}
    key = Policy.objects.get(pk=second.pk).title_key
    Policy.objects.filter(pk=second.pk).delete()
    link_editions([], titles=[key])
    assert linked() == {(first, third): "revised"}


def test_neighbours_that_nothing_happened_to_keep_their_link(made):
    first, second = made("驿站法", OPEN, year=2025), made("驿站法", OPEN, year=2030)
    link(first, second)
    before = Edition.objects.get().pk
    third = made("驿站法", OPEN, year=2035)
    assert link(third) == 1
    assert Edition.objects.get(earlier=first).pk == before


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ({"year": 2031}, {"year": 2031}, "same"),
        ({"doc_number": "国发〔2031〕1号"}, {"doc_number": "国发〔2031〕1号"}, "same"),
        ({}, {}, "same"),
        ({"year": 2030}, {"year": 2031}, "revised"),
        ({"year": 2030, "effective_on": date(2032, 1, 1)}, {"year": 2031, "effective_on": date(2032, 1, 1)}, "same"),
        ({"year": 2030}, {"year": 2031, "status": "draft"}, "revised"),
    ],
)
def test_what_one_is_to_the_other(made, one, other, relation):
    link(made("驿站法", OPEN, SAFE, **one), made("驿站法", OPEN, SAFE, **other))
    assert list(linked().values()) == [relation]


def test_an_amended_text_keeps_the_days_of_the_first(made):
    first = {"adopted_on": date(2025, 3, 1), "effective_on": date(2025, 7, 1)}
    link(
        made("驿站法", OPEN, SAFE, year=2025, **first), made("驿站法", OPEN, f"{SAFE}。", "新增。", year=2031, **first)
    )
    assert list(linked().values()) == ["revised"]


def test_texts_of_one_day_are_linked_the_same_way_whichever_is_loaded_first(made):
    for orders in ((1, 2, 3), (3, 1, 2)):
        policies = [made("驿站法", OPEN, year=2031, order=order) for order in orders]
        for policy in policies:
            link(policy)
        assert [(one.order, other.order) for one, other in linked()] in ([(1, 2), (2, 3)], [(2, 3), (1, 2)])
        Policy.objects.all().delete()


def test_linking_again_changes_nothing(made):
    texts = [made("驿站法", OPEN, SAFE, year=year) for year in (2025, 2030)]
    link(*texts)
    before = [*Edition.objects.values(), *ClauseEdition.objects.values(), *Policy.objects.values("updated_at")]
    assert link(*texts) == 0
    assert [*Edition.objects.values(), *ClauseEdition.objects.values(), *Policy.objects.values("updated_at")] == before


def test_a_text_that_gets_an_edition_counts_as_updated(made):
    first = made("驿站法", OPEN, year=2025)
    link(first)
    before = Policy.objects.get(pk=first.pk).updated_at
    link(made("驿站法", OPEN, year=2030))
    assert Policy.objects.get(pk=first.pk).updated_at > before


def test_the_region_that_the_title_names_counts(made):
    made("浙江省驿站条例", OPEN, region_id="330000")
    made("杭州市驿站条例", OPEN, region_id="330000")
    made("驿站条例", OPEN, region_id="330000")
    assert link(*Policy.objects.all()) == 1


def test_without_day_and_number_the_words_tell(made):
    link(made("驿站法", OPEN, SAFE), made("驿站法", OPEN, "驿站不得收取进场费用。"))
    assert list(linked().values()) == ["revised"]


def test_texts_of_other_regions_years_or_issuers_are_other_documents(made):
    made("浙江省驿站条例", OPEN, region_id="330000")
    made("杭州市驿站条例", OPEN, region_id="330100")
    made("驿站规划（2031—2033年）", OPEN, kind="plan")
    made("驿站规划（2034—2036年）", OPEN, kind="plan")
    for name in ("驿站部", "驿道局"):
        notice = made(f"{name}关于加强安全管理的通知", OPEN, kind="notice")
        Issuer.objects.create(policy=notice, agency=Agency.objects.create(name=name), position=1)
    assert link(*Policy.objects.all()) == 0
