"""A reader says that something is wrong."""

import pytest
from django.urls import reverse

from policies.actions.report_problem import FROM_ONE
from policies.models import Problem

pytestmark = pytest.mark.django_db


def address(policy, clause: str = "") -> str:
    return reverse("policies:problem", args=[policy.slug]) + (f"?clause={clause}" if clause else "")


def test_about_a_policy_and_about_a_clause(client, library):
    answer = client.post(address(library.law), {"text": "日期不对"})
    assert answer.headers["Location"] == library.law.get_absolute_url()
    answer = client.post(address(library.law, "chp_1__art_2"), {"text": "部门不对", "reply_to": "a@example.org"})
    assert answer.headers["Location"] == library.law.get_absolute_url()
    assert list(Problem.objects.order_by("pk").values_list("policy", "eid", "text", "reply_to")) == [
        (library.law.pk, "", "日期不对", ""),
        (library.law.pk, "chp_1__art_2", "部门不对", "a@example.org"),
    ]


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({}, "请写明哪里有误"),
        ({"text": "x" * 2001}, "请写得短些"),
        ({"text": "错", "reply_to": "无此"}, "这不是一个邮箱地址"),
        ({"text": "错\x00"}, "空字符"),
    ],
)
def test_what_cannot_be_taken_is_explained_and_not_kept(client, library, told, complaint):
    answer = client.post(address(library.law), told)
    assert answer.status_code == 400
    assert complaint in answer.content.decode()
    assert not Problem.objects.exists()


def test_programs_that_fill_in_everything_are_not_heard(client, library):
    assert client.post(address(library.law), {"text": "买", "website": "http://x"}).status_code == 400
    assert not Problem.objects.exists()


def test_no_more_than_a_few_an_hour_from_one(client, library):
    for number in range(FROM_ONE):
        assert client.post(address(library.law), {"text": f"第{number}处"}).status_code == 302
    answer = client.post(address(library.law), {"text": "还有"})
    assert "请过一会儿再报告" in answer.content.decode()
    assert client.post(address(library.law), {"text": "别处"}, REMOTE_ADDR="10.9.8.7").status_code == 302


def test_drafts_and_clauses_that_are_not_there(client, library):
    assert client.get(address(library.draft)).status_code == 404
    assert client.get(address(library.law, "art_99")).status_code == 404


def test_the_policy_page_leads_there(client, library):
    page = client.get(library.plan.get_absolute_url()).content.decode()
    assert 'href="problem/"' in page
    assert 'href="cite/?clause=sec_1"' in page
    further = client.get(f"{library.plan.get_absolute_url()}cite/", {"clause": "sec_1"}).content.decode()
    assert 'href="../problem/?clause=sec_1"' in further
