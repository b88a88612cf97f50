"""Adding a record by its words."""

import pytest

from policies.models import Policy, Provision, Target
from tests.pages import text_of

pytestmark = pytest.mark.django_db
LINE = "到2030年，建成 智算中心12个，机架"


@pytest.fixture
def plan(make_policy) -> Policy:
    plan = make_policy("青川省算力行动方案", ["一、目标", LINE, "达到5万架。"])
    Provision.objects.create(
        policy=plan, position=1, depth=0, type="section", label="一", path="一", eid="sec_1", heading="目标",
        text=f"{LINE}达到5万架。", start_line=1, end_line=3,
    )  # fmt: skip
    return plan


TYPED = {"kind": "target", "indicator": "智算中心", "op": "=", "value": "12", "unit": "个", "year": "2030"}


def test_the_words_that_were_marked_become_a_target(desk, plan):
    answer = desk.post(f"/desk/add/{plan.slug}/", {**TYPED, "line": "2", "quote": "建成 智算中心12个"})
    row = Target.objects.get()
    assert (row.line, row.review, row.value, row.provision) == (2, "added", 12, plan.provisions.get())
    assert answer["Location"] == f"/desk/review/target/{row.pk}/"


def test_a_responsibility_is_added_with_its_agencies(desk, plan):
    typed = {"kind": "responsibility", "agencies": "牵头 | 省数据局", "line": "2", "quote": "建成 智算中心12个"}
    desk.post(f"/desk/add/{plan.slug}/", typed)
    assert [str(agency) for agency in plan.responsibility_set.get().agencies.all()] == ["省数据局（牵头）"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "许多"}, "输入一个数字"),
        ({"quote": "建成智算中心13个"}, "请照原文标出"),
        ({"line": "9"}, "不在这份政策里"),
    ],
)
def test_what_cannot_be_added_is_said_and_what_was_typed_stays(desk, plan, typed, said):
    answer = desk.post(f"/desk/add/{plan.slug}/", {**TYPED, "line": "2", "quote": "建成 智算中心12个", **typed})
    assert (answer.status_code, said in text_of(answer)) == (400, True)
    assert all(value in answer.content.decode() for value in typed.values())
    assert not Target.objects.exists()


def test_a_value_that_the_words_do_not_print_is_asked_about_once(desk, plan):
    typed = {**TYPED, "line": "2", "quote": "建成 智算中心12个", "value": "2", "op": "range", "value_max": "120"}
    asking = desk.post(f"/desk/add/{plan.slug}/", typed)
    asked = "原文“建成 智算中心12个”里没有读到 2、120，请核对；确实如此，请再点一次“补充”。"
    assert (asking.status_code, asked in text_of(asking)) == (400, True)
    assert f'name="asked" value="{asked}"' in asking.content.decode()
    assert not Target.objects.exists()
    desk.post(f"/desk/add/{plan.slug}/", {**typed, "asked": asked})
    assert (Target.objects.get().value, Target.objects.get().value_max) == (2, 120)


@pytest.mark.parametrize(
    ("asked", "marked"),
    [
        ({"line": "2", "quote": "智算中心12个"}, (2, "智算中心12个")),
        ({"clause": "sec_1", "quote": "建成智算中心12个"}, (2, "建成 智算中心12个")),  # as a page joins it
        ({"clause": "sec_1", "quote": "中心12个，机架达到5万架"}, (2, "中心12个，机架")),  # over the line's end
        ({"line": "3"}, (3, "达到5万架。")),
        ({}, (1, "一、目标")),
        ({"line": "900"}, (1, "一、目标")),
    ],
)
def test_words_from_a_page_are_found_in_their_line(desk, plan, asked, marked):
    context = desk.get(f"/desk/add/{plan.slug}/", asked).context
    assert (context["line"], context["quote"]) == marked


def test_staff_are_led_from_the_texts_to_the_desk_and_readers_are_not(desk, client, django_user_model, plan):
    desk.post(f"/desk/add/{plan.slug}/", {**TYPED, "line": "2", "quote": "建成 智算中心12个"})
    ways = [f"/desk/review/{row._meta.model_name}/{row.pk}/" for row in (plan, Target.objects.get())]
    ways += [f"/desk/review/provision/{plan.provisions.get().pk}/", 'data-adding="target"']
    page, source = plan.get_absolute_url(), f"/policies/{plan.slug}/source/"
    assert all(way in desk.get(page).content.decode() for way in ways)
    assert '<button class="link" name="line" value="2">' in desk.get(source).content.decode()
    Policy.objects.update(state="published")
    client.force_login(django_user_model.objects.create_user("reader"))
    assert not any(way in client.get(page).content.decode() for way in ["/desk/", "marking", "data-adding"])
    assert "/desk/" not in client.get(source).content.decode()
    assert client.get(f"/desk/add/{plan.slug}/").status_code == 403
