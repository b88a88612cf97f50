"""Clauses of two editions, aligned."""

import pytest

from policies.alignment import align, clause, share_alike


def clauses(start, **words):
    return [clause(start + index, eid, text) for index, (eid, text) in enumerate(words.items())]


def pairs(earlier, later):
    return {(pair.earlier, pair.later): pair.similarity for pair in align(earlier, later)}


OPEN = "驿站应当向社会开放数据，并公布开放目录。"
SAFE = "驿站管理者应当建立安全管理制度，定期开展检查。"
FEES = "驿站不得向寄递企业收取进场费用。"


def test_equal_words_meet_wherever_they_stand():
    earlier = clauses(1, art_1=OPEN, art_2=SAFE)
    later = clauses(11, art_1=FEES, art_2=OPEN, art_3=SAFE)
    assert pairs(earlier, later) == {(1, 12): 1.0, (2, 13): 1.0}


def test_chapters_and_punctuation_make_no_difference():
    earlier = clauses(1, art_1=OPEN)
    later = clauses(11, chp_1__art_1=OPEN.replace("，", " ,"))
    assert pairs(earlier, later) == {(1, 11): 1.0}


def test_a_changed_clause_keeps_its_number():
    found = pairs(clauses(1, art_1=OPEN), clauses(11, art_1="驿站应当依法向社会开放数据，并及时公布开放目录。"))
    assert list(found) == [(1, 11)]
    assert 0.8 < found[1, 11] < 1


def test_a_changed_clause_that_moved_is_found_by_its_words():
    changed = "驿站的管理者应当建立健全安全管理制度，并定期开展检查。"
    found = pairs(clauses(1, art_1=OPEN, art_2=SAFE), clauses(11, art_1=OPEN, art_2=FEES, art_3=changed))
    assert set(found) == {(1, 11), (2, 13)}


def test_unlike_clauses_of_one_number_stay_apart():
    assert pairs(clauses(1, art_1=OPEN), clauses(11, art_1=FEES)) == {}


@pytest.mark.parametrize(
    ("moved", "alike"),
    [
        ("甲乙丙丁戊己天地人和", {(1, 12): 0.6}),  # as little as suffices
        ("甲乙丙丁戊月天地人和", {}),
        ("癸壬辛庚己戊丁丙乙甲", {}),  # the same characters the other way round
        ("甲甲甲甲甲甲乙丙丁戊", {}),  # a character counts as often as both have it
    ],
)
def test_moved_clauses_belong_together_from_60_per_cent(moved, alike):
    assert pairs(clauses(1, art_1="甲乙丙丁戊己庚辛壬癸"), clauses(11, art_2=FEES, art_3=moved)) == alike


def test_each_clause_is_in_one_pair_at_most():
    found = pairs(clauses(1, art_1=OPEN, art_2=OPEN), clauses(11, art_1=OPEN))
    assert found == {(1, 11): 1.0}


def test_the_share_counts_what_has_no_partner():
    earlier, later = clauses(1, art_1=OPEN, art_2=SAFE), clauses(11, art_1=OPEN)
    assert share_alike(align(earlier, later), 2, 1) == 0.5
    assert share_alike([], 0, 0) == 0
