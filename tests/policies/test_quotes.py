"""Quotes found again, in their order."""

from policies.quotes import QuoteFinder


def test_equal_quotes_are_told_apart_by_their_order():
    finder = QuoteFinder(["前款甲，前款乙。", "前款丙。"])
    assert [finder.next("前款") for _ in range(4)] == [(0, 0), (0, 4), (1, 0), None]


def test_what_is_not_found_passes_over_nothing():
    finder = QuoteFinder(["甲前款。"])
    assert finder.next("前条") is None
    assert finder.next("前款") == (0, 1)
