"""Citations find their policies and clauses, whichever of the two is loaded first."""

from itertools import permutations

import pytest

from policies.actions.resolve_references import resolve_references
from policies.models import Policy, Provision, Reference

pytestmark = pytest.mark.django_db


def resolved(reference):
    reference.refresh_from_db()
    return reference.cited_policy, reference.cited_anchor


def test_a_title_with_a_place_leads_to_the_clause(made, cite):
    law = made("中华人民共和国驿站安全法", "甲。", "乙。\n丙。")
    rules = made("驿站规则", "依据《驿站安全法》第二条第二款。")
    reference = cite(rules, "驿站安全法", "第二条第二款")
    assert resolve_references([law.pk, rules.pk]) == 1
    assert resolved(reference) == (law, "art_2__para_2")
    assert reference.cited_address == f"{law.get_absolute_url()}#art_2__para_2"


def test_a_later_document_resolves_what_cited_it_before(made, cite):
    rules = made("驿站规则", "依据《驿站安全法》。")
    reference = cite(rules, "驿站安全法")
    resolve_references([rules.pk])
    assert resolved(reference) == (None, "")
    law = made("驿站安全法", "甲。")
    resolve_references([law.pk])
    assert resolved(reference) == (law, "")


def test_it_asks_as_often_for_many_as_for_one(made, cite, django_assert_num_queries):
    law = made("驿站安全法", *["甲。"] * 9)
    rules = [made(f"第{number}驿站规则", "甲。", "乙。", year=2031) for number in range(12)]
    for policy in rules:
        for number in range(1, 9):
            cite(policy, "驿站安全法", f"第{number}条")
            cite(policy, place="第一条", article=2)
    with django_assert_num_queries(19):  # five of them tell the feed
        assert resolve_references([law.pk, *(policy.pk for policy in rules)]) == 12 * 16


def test_doing_it_again_changes_nothing(made, cite):
    law = made("驿站安全法", "甲。")
    cite(made("驿站规则", "甲。"), "驿站安全法", "第一条")
    ids = list(Policy.objects.values_list("pk", flat=True))
    assert resolve_references(ids) == 1
    assert resolve_references([law.pk]) == 0


def test_places_of_the_own_document_are_seen_from_where_they_stand(made, cite):
    rules = made("驿站规则", "甲。", "乙。\n前款的事项，依照前条办理。")
    back, before, own = (
        cite(rules, place="前款", article=2),
        cite(rules, place="前条", article=2),
        cite(rules, place="第二条"),
    )
    resolve_references([rules.pk])
    assert [resolved(reference) for reference in (back, before, own)] == [
        (None, "art_2__para_1"),
        (None, "art_1"),
        (None, "art_2"),
    ]
    assert own.cited_address == "#art_2"


def test_a_paragraph_is_of_the_article_that_its_sentence_named(made, cite):
    words = "违反第一条第一款规定，或者未按第二款规定办理的，责令改正。\n违反第二款规定的，责令改正。"
    rules = made("驿站规则", "甲。\n乙。", words)
    first = cite(rules, place="第一条第一款", article=2)
    second = cite(rules, place="第二款", article=2)
    other = cite(rules, place="第二款", article=2)
    resolve_references([rules.pk])
    assert [resolved(reference)[1] for reference in (first, second, other)] == [
        "art_1__para_1",
        "art_1__para_2",
        "art_2__para_2",
    ]


def test_a_bare_place_in_a_list_is_of_the_article_that_its_lead_names(made, cite):
    rules = made("驿站规则", "禁止下列行为：", "违反第一条规定的，按照下列规定处罚：")
    prohibited, penalties = rules.provisions.order_by("position")
    listed = {}
    for parent in (prohibited, penalties):
        for number in (1, 2):
            listed[parent.eid, number] = Provision.objects.create(
                policy=rules, parent=parent, position=rules.provisions.count() + 1, depth=1, type="subitem",
                label=f"（{number}）", path=f"{parent.path}/（{number}）", eid=f"{parent.eid}__point_{number}",
                text="违反第二项规定的，处罚款；违反本条第一项规定的，从重。", start_line=9, end_line=9,
            )  # fmt: skip
    cite(rules, place="第一条", article=2)
    bare, own, back = (
        cite(rules, place=place, article=article, quote=quote)
        for place, article, quote in (
            ("第二项", "2__point_1", ""),
            ("第一项", "2__point_1", "本条第一项"),
            ("第二项", "1__point_1", ""),
        )
    )
    resolve_references([rules.pk])
    assert [resolved(reference)[1] for reference in (bare, own, back)] == [
        "art_1__point_2",
        "art_2__point_1",
        "art_1__point_2",
    ]


def test_the_edition_that_the_title_names_is_meant(made, cite):
    first, second = made("驿站目录（2029年本）", "甲。", year=2029), made("驿站目录（2034年本）", "甲。", year=2034)
    rules = made("驿站规则", "甲。", year=2035)
    named, plain, none = (cite(rules, f"驿站目录{words}") for words in ("（2029年本）", "", "（2020年本）"))
    resolve_references([first.pk, second.pk, rules.pk])
    assert [resolved(reference)[0] for reference in (named, plain, none)] == [first, second, None]


def test_links_are_the_same_whatever_is_loaded_first(made, cite):
    titles = ["驿站法", "驿站法（2030年修订）", "驿站法（征求意见稿）", "驿站规则"]
    found = []
    for loaded in permutations(range(4)):
        for place in loaded:
            text = made(titles[place], "甲。", year=2031, order=place)
            for title in titles:
                cite(text, title, "第一条")
            resolve_references([text.pk])
        rows = Reference.objects.order_by("policy__order", "title")
        found.append(list(rows.values_list("policy__order", "title", "cited_policy__order", "cited_clause__label")))
        Policy.objects.all().delete()
    assert all(links == found[0] for links in found)
    assert (3, "驿站法", 0, "第1条") in found[0]


def test_a_policy_whose_citations_changed_counts_as_updated(made, cite):
    rules = made("驿站规则", "依据《驿站安全法》。")
    cite(rules, "驿站安全法")
    resolve_references([rules.pk])
    before = Policy.objects.get(pk=rules.pk).updated_at
    resolve_references([made("驿站法", "甲。").pk])
    assert Policy.objects.get(pk=rules.pk).updated_at == before
    resolve_references([made("驿站安全法", "甲。").pk])
    assert Policy.objects.get(pk=rules.pk).updated_at > before


def test_a_title_without_region_is_the_nations(made, cite):
    local = made("浙江省驿站绿化条例", "甲。", region_id="330000")
    reference = cite(local, "驿站绿化条例")
    named = cite(local, "浙江省驿站容貌条例")
    other = made("浙江省驿站容貌条例", "甲。", region_id="330000")
    resolve_references([local.pk, other.pk])
    assert resolved(reference) == (None, "")
    assert resolved(named) == (other, "")
    national = made("驿站绿化条例", "甲。")
    resolve_references([national.pk])
    assert resolved(reference) == (national, "")


def test_the_opinion_of_the_own_region_is_meant_before_the_nations(made, cite):
    title = "关于加快驿站建设的意见"
    national, local = (
        made(f"国务院{title}", kind="measures"),
        made(f"浙江省人民政府{title}", kind="measures", region_id="330000"),
    )
    city = made("杭州市驿站规则", "甲。", region_id="330100")
    elsewhere = made("驿站规则", "甲。")
    ours, theirs = cite(city, title), cite(elsewhere, title)
    resolve_references([national.pk, local.pk, city.pk, elsewhere.pk])
    assert resolved(ours)[0] == local
    assert resolved(theirs)[0] == national


def test_the_edition_of_the_citing_day_is_meant(made, cite):
    texts = [made("驿站安全法", "甲。", year=year) for year in (2025, 2030, 2035)]
    rules = made("驿站规则", "甲。", year=2031)
    early = made("早年驿站规则", "甲。", year=2020)
    reference, first = cite(rules, "驿站安全法"), cite(early, "驿站安全法")
    resolve_references([policy.pk for policy in [*texts, rules, early]])
    assert resolved(reference)[0] == texts[1]
    assert resolved(first)[0] == texts[0]


def test_a_draft_is_cited_only_by_a_title_that_says_so(made, cite):
    draft = made("驿站安全法（征求意见稿）", "甲。", status="draft")
    rules = made("驿站规则", "甲。")
    final, as_draft = cite(rules, "驿站安全法"), cite(rules, "驿站安全法（征求意见稿）")
    resolve_references([draft.pk, rules.pk])
    assert resolved(final)[0] is None
    assert resolved(as_draft)[0] == draft


def test_a_trial_text_may_be_cited_without_the_word_but_not_the_other_way_round(made, cite):
    trial, final = made("驿站办法（试行）", "甲。"), made("驿亭办法", "甲。")
    rules = made("驿站规则", "甲。")
    short, wrong = cite(rules, "驿站办法"), cite(rules, "驿亭办法（试行）")
    resolve_references([trial.pk, final.pk, rules.pk])
    assert resolved(short)[0] == trial
    assert resolved(wrong)[0] is None


def test_a_repealed_text_of_the_same_name_is_the_earlier_one(made, cite):
    words = "本办法自公布之日起施行，《浙江省驿站办法》同时废止。"
    old = made("浙江省驿站办法", "甲。", region_id="330000", year=2020)
    new = made("浙江省驿站办法", "《浙江省驿站办法》适用于驿站。", words, region_id="330000", year=2031)
    own, repealed = cite(new, "浙江省驿站办法"), cite(new, "浙江省驿站办法", article=2)
    resolve_references([old.pk, new.pk])
    assert resolved(own)[0] == new
    assert resolved(repealed)[0] == old
    assert own.cited_address == ""


def test_what_cited_a_title_that_is_no_more_is_looked_up_again(made, cite):
    law, other = made("驿站安全法", "甲。", year=2030), made("驿站安全法", "乙。", year=2025)
    reference = cite(made("驿站规则", "甲。", year=2031), "驿站安全法")
    resolve_references(Policy.objects.values_list("pk", flat=True))
    assert resolved(reference)[0] == law
    key = Policy.objects.get(pk=law.pk).title_key
    Policy.objects.filter(pk=law.pk).delete()
    resolve_references([], titles=[key])
    assert resolved(reference)[0] == other


def test_a_place_that_the_cited_text_lacks_leaves_the_policy(made, cite):
    law = made("驿站安全法", "甲。")
    reference = cite(made("驿站规则", "甲。"), "驿站安全法", "第九条")
    resolve_references(Policy.objects.values_list("pk", flat=True))
    assert resolved(reference) == (law, "")
