"""Correcting records: what is checked, what follows, and what is kept of the machine's."""

from decimal import Decimal

import pytest

from policies.actions.correct import correct, correct_many, preview
from policies.editable import KINDS, InvalidError, told
from policies.history import EditError
from policies.models import Action, Agency, AgencyName, Policy, Provision, Reference, Responsibility, Target
from policies.replacement import Replacement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_library")]


@pytest.fixture
def target(library) -> Target:
    return library.plan.target_set.get(indicator="智算中心")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_every_kind_tells_its_editable_fields(library):
    rows = [library.plan, *(getattr(library.plan, f"{slug}_set").first() for slug in KINDS if slug not in OWN)]
    assert {field for row in rows for field in told(row)} >= {"issuers", "agencies", "topics", "value", "when"}
    assert told(library.plan)["issued_on"] == "2023-12-08"


OWN = ("policy", "provision", "obligation")


class TestTarget:
    def test_keeps_the_machines_value_until_it_is_put_back(self, target):
        correct(target, {"value": "15", "unit": "座"}, user=None)
        row = fresh(target)
        assert (row.value, row.review, row.original) == (15, "corrected", {"value": "12", "unit": "个"})
        correct(row, {"value": "16"}, user=None)
        assert fresh(target).original == {"value": "12", "unit": "个"}
        correct(row, {"value": Decimal("12.000000")}, user=None)
        assert fresh(target).original == {"unit": "个"}
        correct(row, {"unit": "个"}, user=None)
        row = fresh(target)
        assert (row.original, row.review) == (None, "confirmed")

    def test_derived_columns_follow(self, target):
        correct(target, {"indicator": "新建５G基站数", "value": "2", "unit": "万个"}, user=None)
        row = fresh(target)
        assert (row.indicator_folded, row.base_value) == ("新建5g基站数", 20000)

    @pytest.mark.parametrize(
        ("changes", "field", "said"),
        [
            ({"value": "十二"}, "value", "数字"),
            ({"value": ""}, "value", "必填"),
            ({"op": "range"}, "", "区间要有下限和更大的上限"),
            ({"value_max": "20"}, "", "区间要有下限和更大的上限"),
            ({"year_from": "2030"}, "", "起始年份不能晚于截止年份"),
            ({"year": "1900", "year_from": ""}, "", "1949"),
            ({"indicator": " "}, "indicator", "必填"),
        ],
    )
    def test_says_in_chinese_what_no_target_may_hold(self, target, changes, field, said):
        with pytest.raises(InvalidError, match=said) as caught:
            correct(target, changes, user=None)
        assert list(caught.value.errors) == [field]
        assert fresh(target).review == "machine"

    def test_refuses_what_is_not_editable(self, target):
        with pytest.raises(EditError, match="quote"):
            correct(target, {"quote": "别的话"}, user=None)
        with pytest.raises(EditError, match="没有要更正"):
            correct(target, {}, user=None)

    def test_without_a_difference_is_no_action(self, target):
        assert correct(target, {"value": "12.0", "year": 2025}, user=None) is None


class TestPolicy:
    def test_takes_region_dates_topics_and_issuers(self, library):
        changes = {"region": "云岭市", "issued_on": "2023-12-09", "topics": [], "issuers": "省数据局\n省大数据中心"}
        correct(library.plan, changes, user=None)
        row = fresh(library.plan)
        assert (row.region, str(row.issued_on), list(row.topics.all())) == (library.city, "2023-12-09", [])
        assert [issuer.agency for issuer in row.issuers.all()] == [library.bureau, Agency.objects.get(known=False)]
        assert row.original == {"region": "510000", "issued_on": "2023-12-08", "topics": ["computing"], "issuers": []}
        correct(row, row.original, user=None)
        assert fresh(row).original is None

    def test_says_what_is_wrong_by_field(self, library):
        with pytest.raises(InvalidError) as caught:
            correct(library.plan, {"region": "无此地", "issued_on": "昨天", "period_end": ""}, user=None)
        assert set(caught.value.errors) == {"region", "issued_on"}
        with pytest.raises(InvalidError, match="规划期"):
            correct(library.plan, {"period_end": ""}, user=None)

    def test_with_another_title_is_no_longer_cited_by_the_old_one(self, library):
        correct(library.law, {"title": "青川省数据条例"}, user=None)
        assert Reference.objects.get().cited_policy is None
        assert Policy.objects.get(pk=library.law.pk).slug == library.law.slug


class TestResponsibility:
    def test_takes_lines_of_role_printed_and_full_name(self, library):
        row = library.plan.responsibility_set.get()
        correct(
            row, {"agencies": "牵头 | 省数据局\r\n配合 | 省林业厅 | 青川省林业厅\n\n负责 | 云岭算力集团"}, user=None
        )
        told_now = [
            [1, "青川省数据局", "省数据局", "lead"],
            [2, "青川省林业厅", "省林业厅", "support"],
            [3, "云岭算力集团", "云岭算力集团", "responsible"],
        ]
        assert told(fresh(row)) == {"agencies": told_now}
        assert not Agency.objects.get(name="云岭算力集团").known
        assert fresh(row).original == {
            "agencies": [[1, "青川省数据局", "省数据局", "lead"], [2, "青川省财政厅", "省财政厅", "support"]]
        }
        correct(row, fresh(row).original, user=None)
        assert fresh(row).original is None

    @pytest.mark.parametrize(
        ("lines", "said"), [("主管 | 省数据局", "牵头"), ("牵头", "原文名称"), ("", "必填"), ([["x"]], "四项")]
    )
    def test_says_how_a_line_is_written(self, library, lines, said):
        with pytest.raises(InvalidError, match=said):
            correct(library.plan.responsibility_set.get(), {"agencies": lines}, user=None)

    def test_a_short_name_is_of_the_agency_near_by(self, library):
        far = Agency.objects.create(name="远川省数据局")
        AgencyName.objects.create(agency=far, name="省数据局")
        row = library.plan.responsibility_set.get()
        correct(row, {"agencies": "负责 | 省数据局"}, user=None)
        assert row.agencies.get().agency == library.bureau
        far.region = library.province
        far.save()
        with pytest.raises(InvalidError, match="2 个部门"):
            correct(row, {"agencies": "牵头 | 省数据局"}, user=None)


class TestProvision:
    def test_words_are_corrected_and_the_printed_ones_kept(self, library):
        clause = library.law.provisions.get(eid="chp_1__art_1")
        correct(clause, {"text": "为了发展数字经济，\r\n制定本条例。", "type": "section"}, user=None)
        row = fresh(clause)
        assert (row.text, row.type, row.eid) == ("为了发展数字经济，\n制定本条例。", "section", clause.eid)
        assert row.original == {"text": clause.text, "type": "article"}

    def test_a_label_changes_the_paths_below_it(self, library):
        correct(library.law.provisions.get(eid="chp_2"), {"label": "第三章"}, user=None)
        paths = Provision.objects.filter(policy=library.law, eid__startswith="chp_2").values_list("path", flat=True)
        assert list(paths) == ["第三章", "第三章/第三条", "第三章/第三条/（一）", "第三章/第三条/（二）"]


def test_a_reference_is_resolved_anew(library):
    row = Reference.objects.get()
    correct(row, {"title": "不存在的条例"}, user=None)
    assert fresh(row).cited_policy is None
    correct(row, {"title": library.law.title, "cited_provision": "第二条"}, user=None)
    assert fresh(row).cited_address.endswith("#chp_1__art_2")
    with pytest.raises(InvalidError, match="至少填一项"):
        correct(row, {"title": "", "cited_provision": ""}, user=None)


class TestMany:
    def test_one_change_is_told_first_and_then_made_in_one_action(self, library):
        rows = list(library.plan.target_set.order_by("pk"))
        found = preview(rows, {"year": "2025", "unit": "个"}, user=None)
        assert [(row.indicator, before, after) for row, before, after in found] == [
            ("算力规模", {"unit": "PFLOPS"}, {"unit": "个"}),
            ("被否决的目标", {"year": None}, {"year": 2025}),
        ]
        assert not Target.objects.filter(review="corrected").exists()
        action = correct_many(rows, {"year": "2025", "unit": "个"}, user=None)
        assert action == Action.objects.get()
        assert action.summary == "2 条目标（《青川省算力行动方案》）的单位、截止年份"
        assert not library.plan.target_set.exclude(year=2025, unit="个").exists()
        assert fresh(rows[1]).base_unit == "个"

    def test_names_the_first_that_cannot_hold_it_and_changes_none(self, library):
        rows = list(library.plan.target_set.order_by("pk"))
        for wanted in (preview, correct_many):
            with pytest.raises(InvalidError, match=r"^智算中心 12 个：起始年份"):
                wanted(rows, {"year_from": "2026"}, user=None)
        assert not Target.objects.exclude(original=None).exists()

    def test_puts_one_agency_for_another_with_its_role(self, library):
        duty = library.plan.responsibility_set.get()
        other = Responsibility.objects.get(pk=duty.pk)
        other.pk = None
        other.save()
        correct(other, {"agencies": "牵头 | 省财政厅 | 青川省财政厅\n牵头 | 省数据局"}, user=None)
        replacement = Replacement(library.bureau, library.finance)
        correct_many([duty, other], {"agencies": replacement}, user=None)
        assert told(duty)["agencies"] == [
            [1, "青川省财政厅", "省数据局", "lead"],
            [2, "青川省财政厅", "省财政厅", "support"],
        ]
        assert told(other)["agencies"] == [[1, "青川省财政厅", "省财政厅", "lead"]]
        correct_many([library.law], {"issuers": replacement}, user=None)
        assert told(library.law)["issuers"] == ["青川省财政厅"]

    def test_is_of_one_kind(self, library):
        with pytest.raises(EditError, match="同一种"):
            correct_many([library.plan, library.plan.target_set.first()], {"unit": "个"}, user=None)
