"""One change of many records, told before it is made."""

import pytest

from policies.actions.confirm import confirm
from policies.actions.reject import reject
from policies.history import deeds_of
from policies.models import Action, Agency, Responsibility, ResponsibleAgency, Target
from tests.pages import text_of

pytestmark = pytest.mark.django_db
ALL = {"which": "all", "asked": ""}


@pytest.fixture
def targets(make_policy) -> list[Target]:
    plan = make_policy("青川省算力行动方案", ["智算中心12个，机架5万架，站点7个。"])
    rows = [("智算中心", 12, "个"), ("机架", 5, "万架"), ("站点", 7, "座")]
    return [
        Target.objects.create(
            policy=plan, line=1, quote=name, rule="value", indicator=name, op="=", value=value, unit=unit
        )
        for name, value, unit in rows
    ]  # fmt: skip


@pytest.fixture
def duties(make_policy) -> list[Responsibility]:
    plan = make_policy("青川省算力行动方案", ["（省数据局负责）"])
    agency = Agency.objects.create(name="省大数据局")
    Agency.objects.create(name="青川省数据局")
    rows = [Responsibility.objects.create(policy=plan, line=1, quote="省数据局", rule="label") for _ in range(2)]
    for row in rows:
        ResponsibleAgency.objects.create(responsibility=row, agency=agency, position=1, name="省数据局", role="lead")
    return rows


def carried(page) -> dict[str, str]:
    """What the page of a change holds for the next step."""
    context = page.context
    return {name: context[name] for name in ("chosen", "do", "asked", "seen")} | {
        "given": "1", "said": context["doing"].said,
    }  # fmt: skip


def told(page) -> list[tuple[str, str]]:
    return [(change.before, change.after) for change in page.context["changes"]]


def test_records_are_filtered(desk, targets):
    page = text_of(desk.get("/desk/records/target/?unit=个&review=machine&policy=算力"))
    assert "智算中心 12 个" in page
    assert "站点" not in page
    assert "机架 5 万架" in text_of(desk.get("/desk/records/target/?words=机架"))


def test_a_filter_that_means_nothing_chooses_nothing(desk, targets):
    assert "没有符合条件的记录" in text_of(desk.get("/desk/records/target/?issue=许多"))
    desk.post("/desk/records/target/change/", {"which": "all", "asked": "issue=许多", "do": "confirm", "apply": "1"})
    assert not Action.objects.exists()


@pytest.mark.parametrize("kind", ["policy", "provision", "responsibility", "obligation", "observation", "reference"])
def test_every_kind_has_its_list(desk, targets, kind):
    asked = "?words=算力&agency=局&unit=个&policy=青川&review=machine"
    assert desk.get(f"/desk/records/{kind}/{asked}").status_code == 200


def test_a_field_of_many_is_told_then_changed_and_undone(desk, targets):
    address = "/desk/records/target/change/"
    rows = {"which": "ticked", "row": [targets[0].pk, targets[2].pk], "do": "set-unit", "asked": "words=心"}
    asking = desk.post(address, rows)
    assert told(asking) == []
    telling = desk.post(address, {**carried(asking), "unit": "座"})
    assert told(telling) == [("个", "座")]
    assert "其余 1 条本来如此" in text_of(telling)
    assert Target.objects.filter(unit="座").count() == 1
    done = desk.post(address, {**carried(telling), "unit": "座", "apply": "1", "note": "统一"}, follow=True)
    assert Target.objects.filter(unit="座").count() == 2
    action = Action.objects.get()
    assert (action.verb, action.note) == ("correct", "统一")
    assert f'<a href="{action.get_absolute_url()}">' in done.content.decode()
    desk.post(f"{action.get_absolute_url()}undo/")
    assert Target.objects.filter(unit="座").count() == 1


def test_what_was_not_told_is_not_done(desk, targets):
    address = "/desk/records/target/change/"
    telling = desk.post(address, {**carried(desk.post(address, {**ALL, "do": "set-unit"})), "unit": "座"})
    again = desk.post(address, {**carried(telling), "unit": "处", "apply": "1"})
    assert [after for _, after in told(again)] == ["处"] * 3
    Target.objects.filter(pk=targets[0].pk).update(value=13)
    assert desk.post(address, {**carried(telling), "unit": "座", "apply": "1"}).status_code == 409
    assert not Action.objects.exists()


def test_a_value_that_no_record_may_hold_is_refused(desk, targets):
    address = "/desk/records/target/change/"
    answer = desk.post(address, {**carried(desk.post(address, {**ALL, "do": "set-value"})), "value": "许多"})
    assert (answer.status_code, "输入一个数字" in text_of(answer)) == (400, True)


def test_one_agency_takes_the_place_of_another(desk, duties):
    address = "/desk/records/responsibility/change/"
    asking = desk.post(address, {**ALL, "do": "swap"})
    typed = {"old": Agency.objects.get(name="省大数据局").pk, "new": "青川省数据局"}
    telling = desk.post(address, {**carried(asking), **typed})
    assert told(telling) == [("牵头 | 省数据局 | 省大数据局", "牵头 | 省数据局 | 青川省数据局")] * 2
    desk.post(address, {**carried(telling), **typed, "apply": "1"})
    assert set(ResponsibleAgency.objects.values_list("agency__name", flat=True)) == {"青川省数据局"}
    action = Action.objects.get()
    assert action.summary.endswith("的责任部门：“省大数据局”换成“青川省数据局”")
    for address_of_history in (action.get_absolute_url(), f"/desk/history/responsibility/{duties[0].pk}/"):
        page = text_of(desk.get(address_of_history))
        assert "责任部门： 牵头 | 省数据局 | 省大数据局 → 牵头 | 省数据局 | 青川省数据局" in page
    assert "共 2 条" in text_of(desk.get(action.get_absolute_url()))
    unknown = desk.post(address, {**carried(asking), "old": typed["old"], "new": "没有的局"})
    assert "没有叫“没有的局”的部门" in text_of(unknown)


def test_what_is_so_already_is_neither_touched_nor_counted(desk, duties):
    address = "/desk/records/responsibility/change/"
    old, new = Agency.objects.order_by("pk")
    ResponsibleAgency.objects.filter(responsibility=duties[1]).update(agency=new)
    untouched = ResponsibleAgency.objects.create(
        responsibility=duties[0], agency=new, position=2, name="省数据局", role="support"
    )
    telling = desk.post(address, {**carried(desk.post(address, {**ALL, "do": "swap"})), "old": old.pk, "new": new.name})
    assert "将改动 1 条，其余 1 条本来如此" in text_of(telling)
    desk.post(address, {**carried(telling), "old": old.pk, "new": new.name, "apply": "1"})
    assert set(ResponsibleAgency.objects.values_list("agency", flat=True)) == {new.pk}
    action = Action.objects.get()
    assert action.summary == "责任“省数据局”（《青川省算力行动方案》）的责任部门：“省大数据局”换成“青川省数据局”"
    changed = [(deed.model, deed.pk) for deed in deeds_of(action)]
    assert (ResponsibleAgency, untouched.pk) not in changed
    assert len(changed) == 3, "the responsibility, and its agency that goes and comes"


@pytest.mark.parametrize("act", [confirm, reject])
def test_what_is_confirmed_or_rejected_already_is_not_counted(targets, act):
    rows = Target.objects.order_by("pk")
    act(rows[:1], user=None)
    assert act(rows, user=None).summary == "2 条目标（《青川省算力行动方案》）"


@pytest.mark.parametrize(("do", "review"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_all_of_a_page_are_confirmed_or_rejected(desk, targets, do, review):
    address = "/desk/records/target/change/"
    page = ",".join(str(row.pk) for row in targets[:2])
    telling = desk.post(address, {"which": "page", "chosen": page, "do": do})
    assert len(told(telling)) == 2
    assert not Target.objects.filter(review=review).exists()
    desk.post(address, {**carried(telling), "apply": "1"})
    assert Target.objects.filter(review=review).count() == 2


@pytest.mark.parametrize("posted", [{"which": "ticked", "do": "confirm"}, {**ALL, "do": "set-line"}])
def test_nothing_chosen_or_nothing_to_do_leads_back(desk, targets, posted):
    answer = desk.post("/desk/records/target/change/", {**posted, "asked": "words=x12"})
    assert answer["Location"] == "/desk/records/target/?words=x12"
    assert not Action.objects.exists()
