"""Rearranging an outline: splitting, merging and moving clauses."""

import pytest

from policies.actions.merge_provisions import merge
from policies.actions.move_provision import move
from policies.actions.split_provision import split
from policies.history import EditError
from policies.models import Obligation, Policy, Provision, Target
from search.entries import entries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]


@pytest.fixture
def find(library):
    """Finds a clause of the law, or else of the plan, by its address."""
    return lambda eid: Provision.objects.get(policy__in=[library.law, library.plan], eid=eid)


def outline(policy: Policy) -> list[tuple[int, str, str, int]]:
    rows = policy.provisions.standing().order_by("position")
    return [(row.position, row.eid, row.path, row.depth) for row in rows]


class TestSplit:
    def test_words_and_what_was_found_in_them_go_to_the_second_half(self, library, find):
        first = find("sec_1")
        second = split(first, first.text.index("算力规模"), user=None, label="二")
        first, second = find("sec_1"), find("sec_1bis")
        assert (first.text, second.text) == ("到2025年，建成智算中心12个，", "算力规模超过1000 PFLOPS。")
        assert (first.review, first.original) == ("corrected", {"text": first.text + second.text})
        assert (second.review, second.label, second.path) == ("added", "二", "二")
        assert (first.start_line, first.end_line, second.start_line, second.end_line) == (13, 14, 14, 18)
        found = dict(Target.objects.filter(policy=library.plan).values_list("indicator", "provision__eid"))
        assert found == {"智算中心": "sec_1", "算力规模": "sec_1bis", "被否决的目标": "sec_1"}
        assert second.tables.exists()
        assert "算力规模超过1000 pflops。" in [entry.text for entry in entries([library.plan.pk])]

    def test_what_is_below_stays_with_the_words_before_it(self, library, find):
        second = split(find("chp_2__art_3"), 2, user=None)
        assert outline(library.law)[4:] == [
            (5, "chp_2__art_3", "第二章/第三条", 1),
            (6, "chp_2__art_3bis", "第二章/第三条（续）", 1),
            (7, "chp_2__art_3__point_1", "第二章/第三条（续）/（一）", 2),
            (8, "chp_2__art_3__point_2", "第二章/第三条（续）/（二）", 2),
        ]
        point = find("chp_2__art_3__point_1")
        assert (point.parent, point.review, point.original) == (second, "corrected", {"parent": "chp_2__art_3"})
        assert (find("chp_2__art_3").tail, second.tail) == ("", "前款设施应当节能。")

    def test_a_label_that_the_words_begin_with_is_said_once(self, library, find):
        Provision.objects.filter(pk=find("sec_1").pk).update(text="建成智算中心12个。（二）算力规模超过1000 PFLOPS。")
        second = split(find("sec_1"), 10, user=None, label="（二）")
        assert (second.label, second.text) == ("（二）", "算力规模超过1000 PFLOPS。")

    def test_addresses_go_on(self, library, find):
        split(find("chp_1__art_2"), 10, user=None)
        split(find("chp_1__art_2bis"), 4, user=None)
        assert [row[1] for row in outline(library.law)][2:5] == ["chp_1__art_2", "chp_1__art_2bis", "chp_1__art_2ter"]

    def test_lines_part_where_a_line_begins_with_the_second_half(self, library, find):
        first = find("chp_1__art_2")
        split(first, first.text.index("省数据局"), user=None)
        first, second = find("chp_1__art_2"), find("chp_1__art_2bis")
        assert (first.end_line, second.start_line, second.end_line) == (4, 5, 5)
        assert Obligation.objects.get().provision == first

    @pytest.mark.parametrize("at", [0, -3, 500])
    def test_both_halves_have_words(self, find, at):
        with pytest.raises(EditError, match="两半"):
            split(find("sec_1"), at, user=None)


class TestMerge:
    def test_the_first_gets_the_words_and_what_was_found_in_the_second(self, library, find):
        merge(find("chp_1__art_1"), find("chp_1__art_2"), user=None, glue="")
        row = find("chp_1__art_1")
        assert row.text.startswith("为了促进数字经济发展，制定本条例。第二条县级以上人民政府应当加强领导。\n省数据局")
        assert (row.end_line, row.review) == (5, "corrected")
        assert row.original == {"text": "为了促进数字经济发展，制定本条例。"}
        assert find("chp_1__art_2").review == "rejected"
        assert Obligation.objects.get().provision == row
        assert [row[1] for row in outline(library.law)][:2] == ["chp_1", "chp_1__art_1"]

    def test_of_a_split_is_the_whole_again(self, find):
        whole = find("sec_1").text
        second = split(find("sec_1"), 16, user=None)
        merge(find("sec_1"), second, user=None, glue="")
        row = find("sec_1")
        assert (row.text, row.original, row.review, row.end_line) == (whole, None, "confirmed", 18)

    def test_one_that_others_stand_below_takes_the_words_behind_them(self, library, find):
        after = split(find("chp_2__art_3__point_2"), 2, user=None)
        move(after, find("chp_2"), find("chp_2__art_3"), user=None)
        merge(find("chp_2__art_3"), after, user=None)
        assert find("chp_2__art_3").tail == "前款设施应当节能。\n网络。"

    def test_only_neighbours_without_others_below(self, find):
        for first, second in [
            ("chp_1", "chp_2"),
            ("chp_1__art_2", "chp_1__art_1"),
            ("chp_1__art_1", "chp_2__art_3__point_1"),
            ("chp_1__art_1", "sec_1"),
            ("chp_1__art_1", "chp_1__art_1"),
        ]:
            with pytest.raises(EditError, match="只能并入"):
                merge(find(first), find(second), user=None)


class TestMove:
    def test_order_depth_and_paths_follow_and_addresses_stay(self, library, find):
        move(find("chp_2__art_3"), find("chp_1"), find("chp_1__art_1"), user=None)
        assert outline(library.law) == [
            (1, "chp_1", "第一章", 0),
            (2, "chp_1__art_1", "第一章/第一条", 1),
            (3, "chp_2__art_3", "第一章/第三条", 1),
            (4, "chp_2__art_3__point_1", "第一章/第三条/（一）", 2),
            (5, "chp_2__art_3__point_2", "第一章/第三条/（二）", 2),
            (6, "chp_1__art_2", "第一章/第二条", 1),
            (7, "chp_2", "第二章", 0),
        ]
        row = find("chp_2__art_3")
        assert (row.review, row.original) == ("corrected", {"parent": "chp_2", "position": 5})
        assert find("chp_2__art_3__point_1").review == "machine"
        assert (find("chp_1").end_line, find("chp_2").end_line) == (10, 6)

    def test_back_again_nothing_is_left_of_it(self, library, find):
        before = outline(library.law)
        move(find("chp_2__art_3"), None, None, user=None)
        assert find("chp_2__art_3").path == "第三条"
        move(find("chp_2__art_3"), find("chp_2"), None, user=None)
        assert outline(library.law) == before
        assert (find("chp_2__art_3").original, find("chp_2__art_3").review) == (None, "confirmed")
        assert move(find("chp_2__art_3"), find("chp_2"), None, user=None) is None

    def test_goes_nowhere_that_is_no_place(self, find):
        chapter, article, other = find("chp_2"), find("chp_2__art_3"), find("sec_1")
        for parent, after, said in [
            (article, None, "自己的下级"),
            (chapter, None, "自己的下级"),
            (other, None, "同一份政策"),
            (None, article, "后面"),
            (None, chapter, "后面"),
        ]:
            with pytest.raises(EditError, match=said):
                move(chapter, parent, after, user=None)
