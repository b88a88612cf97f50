"""The review queue at the desk."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from policies.models import (
    Action,
    Agency,
    Doubt,
    Issue,
    Issuer,
    Policy,
    Problem,
    Provision,
    Responsibility,
    ResponsibleAgency,
    Source,
    Target,
    Topic,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db
TEXT = "青川省算力行动方案\n一、目标\n到2030年，建成智算中心12个。\n到2031年，机架达到5万架。\n（来源：青川省）"


@pytest.fixture
def policy() -> Policy:
    source = Source.objects.create(
        sha256="a" * 64, filename="甲.txt", format="txt", encoding="utf-8", characters=50, text=TEXT
    )
    issue = Issue.objects.create(year=2031, number=1, source=source)
    policy = Policy.objects.create(
        issue=issue, source=source, slug="青川", order=1, title="青川省算力行动方案", kind="plan", level="province",
        start_line=1, end_line=5,
    )  # fmt: skip
    Provision.objects.create(
        policy=policy, position=1, depth=0, type="item", label="一、", path="一", eid="item_1", heading="目标",
        text="\n".join(TEXT.split("\n")[2:4]), start_line=2, end_line=4,
    )  # fmt: skip
    return policy


def target(policy: Policy, line: int, quote: str, confidence: float) -> Target:
    return Target.objects.create(
        policy=policy, provision=policy.provisions.get(), line=line, quote=quote, rule="value", confidence=confidence,
        indicator="智算中心", op="=", value=12, unit="个", year=2030,
    )  # fmt: skip


@pytest.fixture
def doubtful(policy) -> Target:
    return target(policy, 3, "建成智算中心12个", 0.5)


@pytest.fixture
def lesser(policy) -> Target:
    return target(policy, 4, "机架达到5万架", 0.7)


@pytest.fixture
def desk(client: Client, django_user_model) -> Client:
    user: User = django_user_model.objects.create_user("mei", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=["edit_records", "settle_problem"]))
    client.force_login(user)
    return client


def address(row) -> str:
    return f"/desk/review/{row._meta.model_name}/{row.pk}/"


def form_of(page) -> dict[str, str]:
    """What the page's form would send if nothing were typed."""
    form = page.context["form"]
    names = {name: form[name].value() for name in form.fields}
    return {
        "seen": page.context["page"].seen,
        **{name: "" if value is None else value for name, value in names.items()},
    }


def test_what_matters_most_comes_first(desk, policy, doubtful, lesser):
    target(policy, 4, "到2031年", 0.9)
    Problem.objects.create(policy=policy, text="读者说错了", sender="x")
    Doubt.objects.create(issue=policy.issue, policy=policy, code="number-style", line=2, message="编号不一")
    Doubt.objects.create(issue=policy.issue, policy=policy, code="article-gap", line=2, message="缺第二条")
    page = text_of(desk.get("/desk/review/"))
    order = [page.index(word) for word in ("缺第二条", "读者说错了", "编号不一", "建成智算中心12个", "机架达到5万架")]
    assert order == sorted(order)
    assert "到2031年" not in page
    narrowed = text_of(desk.get("/desk/review/?issue=2031-1&kind=target"))
    assert "机架达到5万架" in narrowed
    assert "缺第二条" not in narrowed


def test_a_record_stands_beside_its_line_with_its_quote_marked(desk, doubtful):
    page = desk.get(address(doubtful)).content.decode()
    assert "到2030年，</span>" not in page
    assert "到2030年，<mark>建成智算中心12个</mark>。" in page


def test_confirming_leads_to_the_next_and_on_the_last_to_the_queue(desk, doubtful, lesser):
    first = desk.post(address(doubtful), {"do": "confirm", "seen": desk.get(address(doubtful)).context["page"].seen})
    assert (first.status_code, first["Location"]) == (302, address(lesser))
    doubtful.refresh_from_db()
    assert doubtful.review == "confirmed"
    seen = desk.get(address(lesser)).context["page"].seen
    last = desk.post(address(lesser) + "?kind=target", {"do": "reject", "note": "不是目标", "seen": seen})
    assert last["Location"] == "/desk/review/?kind=target"
    lesser.refresh_from_db()
    assert lesser.review == "rejected"
    assert Action.objects.get(verb="reject").note == "不是目标"


def test_correcting_changes_what_was_typed_and_nothing_else(desk, doubtful):
    typed = {**form_of(desk.get(address(doubtful))), "do": "correct", "unit": "座"}
    assert "已更正：智算中心 12 座" in text_of(desk.post(address(doubtful), typed, follow=True))
    doubtful.refresh_from_db()
    assert (doubtful.unit, doubtful.review, set(doubtful.original)) == ("座", "corrected", {"unit"})
    assert "机器提取的单位 个" in text_of(desk.get(address(doubtful)))


def test_a_value_that_the_quote_does_not_print_is_asked_about_once(desk, doubtful):
    typed = {**form_of(desk.get(address(doubtful))), "do": "correct", "value": "13"}
    asking = desk.post(address(doubtful), typed)
    asked = "原文“建成智算中心12个”里没有读到 13，请核对；确实如此，请再点一次“保存更正”。"
    assert (asking.status_code, asked in text_of(asking)) == (400, True)
    assert f'name="asked" value="{asked}"' in asking.content.decode()
    assert asking.context["form"].errors == {"value": [asked]}
    other = desk.post(address(doubtful), {**typed, "asked": asked, "value": "14"})
    assert (other.status_code, "没有读到 14" in text_of(other)) == (400, True)
    assert "已更正：智算中心 13 个" in text_of(desk.post(address(doubtful), {**typed, "asked": asked}, follow=True))
    doubtful.refresh_from_db()
    assert (doubtful.value, set(doubtful.original)) == (13, {"value"})


def test_confirming_never_throws_away_what_was_typed(desk, doubtful):
    typed = {**form_of(desk.get(address(doubtful))), "do": "confirm"}
    answer = desk.post(address(doubtful), {**typed, "value": "13"})
    assert (answer.status_code, "您改了数值，没有确认" in text_of(answer)) == (400, True)
    assert 'value="13"' in answer.content.decode()
    assert '<button name="do" value="confirm" class="plain"' in answer.content.decode()
    doubtful.refresh_from_db()
    assert doubtful.review == "machine"
    assert desk.post(address(doubtful), typed).status_code == 302
    doubtful.refresh_from_db()
    assert doubtful.review == "confirmed"


def test_what_a_form_shows_is_no_correction(desk, policy, doubtful):
    """Whatever the record is, and though its agencies have gaps in their positions."""
    agency = Agency.objects.create(name="青川省数据局", level="province")
    Issuer.objects.create(policy=policy, agency=agency, position=1)
    policy.topics.add(Topic.objects.create(slug="computing", name="算力", terms=["算力"]))
    duty = Responsibility.objects.create(
        policy=policy, provision=policy.provisions.get(), line=5, quote="来源", rule="test", confidence=0.5
    )
    for position in (2, 4):
        named = {"agency": agency, "name": f"局{position}", "role": "lead"}
        ResponsibleAgency.objects.create(responsibility=duty, position=position, **named)
    for row in (policy.provisions.get(), doubtful, duty, policy):
        typed = form_of(desk.get(address(row)))
        assert "没有改动任何内容" in text_of(desk.post(address(row), {**typed, "do": "correct"})), row
        assert desk.post(address(row), {**typed, "do": "confirm"}).status_code == 302, row
        row.refresh_from_db()
        assert row.review == "confirmed"


def test_line_ends_as_browsers_send_them_are_no_correction(desk, policy):
    clause = policy.provisions.get()
    typed = {**form_of(desk.get(address(clause))), "do": "correct", "text": clause.text.replace("\n", "\r\n")}
    assert "没有改动任何内容" in text_of(desk.post(address(clause), typed))
    desk.post(address(clause), {**typed, "type": "article"})
    assert Action.objects.get().summary.endswith("的类型")


@pytest.mark.parametrize(
    ("typed", "said"), [({"value": "许多"}, "输入一个数字"), ({"op": "range"}, ""), ({}, "没有改动任何内容")]
)
def test_what_cannot_be_saved_is_said_and_what_was_typed_stays(desk, doubtful, typed, said):
    answer = desk.post(address(doubtful), {**form_of(desk.get(address(doubtful))), "do": "correct", **typed})
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert all(value in answer.content.decode() for value in typed.values())
    doubtful.refresh_from_db()
    assert doubtful.review == "machine"


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(desk, doubtful):
    seen = form_of(desk.get(address(doubtful)))
    desk.post(address(doubtful), {**seen, "do": "correct", "unit": "座"})
    answer = desk.post(address(doubtful), {**seen, "do": "correct", "unit": "处"})
    assert answer.status_code == 409
    assert "mei" in text_of(answer)
    doubtful.refresh_from_db()
    assert doubtful.unit == "座"


@pytest.mark.parametrize("kind", ["policy", "provision"])
def test_any_record_can_be_edited_though_no_question_is_about_it(desk, policy, kind):
    row = policy if kind == "policy" else policy.provisions.get()
    typed = {**form_of(desk.get(address(row))), "do": "correct", "title": "新标题", "heading": "新标题"}
    assert desk.post(address(row), typed)["Location"] == address(row)
    row.refresh_from_db()
    assert str(getattr(row, "title", "") or row.heading) == "新标题"


def test_a_doubt_and_a_report_are_settled(desk, policy):
    doubt = Doubt.objects.create(issue=policy.issue, policy=policy, code="article-gap", line=2, message="缺第二条")
    problem = Problem.objects.create(policy=policy, text="读者说错了", eid="item_1", sender="x")
    for row in (doubt, problem):
        assert "建成智算中心12个" in text_of(desk.get(address(row)))
        desk.post(address(row), {"note": "原文如此"})
        row.refresh_from_db()
        assert (bool(row.settled_at), row.note) == (True, "原文如此")
    assert "没有要审核的了" in text_of(desk.get("/desk/review/"))


def test_a_name_that_nobody_knows_is_confirmed_as_an_agency(desk, policy):
    agency = Agency.objects.create(name="青川省机架局", known=False)
    duty = Responsibility.objects.create(policy=policy, line=4, quote="机架达到5万架", rule="label")
    ResponsibleAgency.objects.create(responsibility=duty, agency=agency, position=1, name="省机架局", role="lead")
    page = desk.get(address(agency))
    assert "印作“省机架局”，牵头" in text_of(page)
    assert "青川省机架局（1 处）" in text_of(desk.get("/desk/review/?kind=agency"))
    desk.post(address(agency), {"seen": page.context["page"].seen})
    agency.refresh_from_db()
    assert agency.known
    assert desk.get(address(agency)).status_code == 404


def test_a_name_that_is_no_agency_leaves_the_records_and_the_queue_and_comes_back(desk, policy):
    phrase, bureau = Agency.objects.create(name="切实加强", known=False), Agency.objects.create(name="青川省数据局")
    for line, agencies in ((3, [phrase]), (4, [phrase, bureau])):
        duty = Responsibility.objects.create(policy=policy, line=line, quote=f"任务{line}", rule="label")
        for position, agency in enumerate(agencies, start=1):
            ResponsibleAgency.objects.create(
                responsibility=duty, agency=agency, position=position, name=agency.name, role="lead"
            )
    page = desk.get(address(phrase))
    assert (
        "否决只写着它的 1 条责任；从还写着别的部门的 1 条责任里去掉它，记为已更正，不再待审；可以一步撤销"
        in text_of(page)
    )
    answer = desk.post(address(phrase), {"do": "deny", "seen_naming": page.context["page"].seen_naming}, follow=True)
    assert "已记下：“切实加强”不是部门。 查看改动或撤销" in text_of(answer)
    assert "没有要审核的了" in text_of(answer)
    action = Action.objects.get()
    assert f'<a href="{action.get_absolute_url()}">' in answer.content.decode()
    desk.post(f"{action.get_absolute_url()}undo/")
    assert "切实加强（2 处）" in text_of(desk.get("/desk/review/"))


def test_denying_a_name_leads_past_the_questions_that_it_answers(desk, policy, lesser):
    phrase = Agency.objects.create(name="切实加强", known=False)
    duty = Responsibility.objects.create(policy=policy, line=3, quote="建成", rule="label", confidence=0.5)
    duty.agencies.create(agency=phrase, position=1, name="切实加强", role="lead")
    Doubt.objects.create(policy=policy, code="agency-unresolved", line=3, message="不知道“切实加强”是哪个部门。")
    seen = desk.get(address(phrase)).context["page"].seen_naming
    assert desk.post(address(phrase), {"do": "deny", "seen_naming": seen})["Location"] == address(lesser)


def test_a_denied_name_leaves_the_list_of_agencies_and_its_own_page_tells_of_it(desk, policy):
    phrase = Agency.objects.create(name="切实加强", known=False)
    duty = Responsibility.objects.create(policy=policy, line=3, quote="建成", rule="label")
    duty.agencies.create(agency=phrase, position=1, name="切实加强", role="lead")
    assert "切实加强 未确认" in text_of(desk.get("/desk/agencies/"))
    seen = desk.get(address(phrase)).context["page"].seen_naming
    desk.post(address(phrase), {"do": "deny", "seen_naming": seen})
    listed = text_of(desk.get("/desk/agencies/"))
    assert "没有等待确认的部门" in listed
    assert "切实加强 " not in listed
    assert "切实加强 不再提到" in text_of(desk.get("/desk/agencies/?q=切实"))
    own = text_of(desk.get(f"/desk/agencies/{phrase.pk}/"))
    assert "整理部门：“切实加强”不是部门" in own
    assert "未确认" not in own
    assert "它不是部门" not in own


def test_who_saw_other_records_denies_no_agency(desk, policy):
    phrase = Agency.objects.create(name="切实加强", known=False)
    seen = desk.get(address(phrase)).context["page"].seen_naming
    duty = Responsibility.objects.create(policy=policy, line=3, quote="建成", rule="label")
    duty.agencies.create(agency=phrase, position=1, name="切实加强", role="lead")
    assert desk.post(address(phrase), {"do": "deny", "seen_naming": seen}).status_code == 409
    assert not Action.objects.exists()


def test_what_no_database_takes_costs_neither_the_note_nor_the_page(desk, policy, doubtful):
    doubt = Doubt.objects.create(policy=policy, code="unit", line=3, message="没有单位")
    said = {"note": "查\x00过", "do": "reject", "seen": form_of(desk.get(address(doubtful)))["seen"]}
    for row in (doubt, doubtful):
        assert desk.post(address(row), said).status_code == 302
    doubt.refresh_from_db()
    assert {doubt.note, Action.objects.get(verb="reject").note} == {"查过"}
    task = Responsibility.objects.create(policy=policy, line=3, quote="建成", rule="x")
    garbage = {"do": "correct", "agencies": "牵头 | 甲\x00局", "title": "\x00", "text": "\x00"}
    for row in (task, policy, policy.provisions.get()):
        seen = form_of(desk.get(address(row)))["seen"]
        assert desk.post(address(row), {**garbage, "seen": seen}).status_code == 400


def test_what_is_not_there_is_404_and_who_may_not_is_403(desk, client, django_user_model, doubtful):
    assert desk.get("/desk/review/target/999999/").status_code == 404
    assert desk.get("/desk/review/nothing/1/").status_code == 404
    client.force_login(django_user_model.objects.create_user("reader"))
    assert client.get("/desk/review/").status_code == 403
    assert client.post(address(doubtful), {"do": "confirm"}).status_code == 403
