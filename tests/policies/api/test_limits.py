"""How many requests a minute are answered, to whom, and what answers say of it; who reads from other sites."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import F
from django.utils import timezone

from policies.actions.manage_keys import make_key
from policies.models import ApiKey, RequestCount
from policies.models.request_count import Counted

pytestmark = pytest.mark.django_db
ONE, OTHER = "198.51.100.7", "198.51.100.8"


@pytest.fixture
def ask(client, settings, regions):
    settings.API_LIMIT_ANONYMOUS, settings.API_LIMIT_KEYS = 2, 4

    def read(address: str = ONE, **headers: str):
        return client.get("/api/v1/regions/330000/", REMOTE_ADDR=address, headers=headers)

    return read


def test_two_clients_are_counted_apart_and_told(ask):
    first, second, third = ask(), ask(), ask()
    assert [first.status_code, second.status_code, third.status_code] == [200, 200, 429]
    assert first["RateLimit-Policy"] == '"anonymous";q=2;w=60'
    assert [answer["RateLimit"].split(";")[1] for answer in (first, second, third)] == ["r=1", "r=0", "r=0"]
    assert third["Content-Type"] == "application/problem+json"
    assert third.json()["title"] == "请求过多"
    assert third.json()["detail"] == (
        f"请求过多，请 {third['Retry-After']} 秒后再试。不用密钥的每分钟 2 次，用密钥的每分钟 4 次。"
    )
    assert 1 <= int(third["Retry-After"]) <= 60
    assert third["RateLimit"].endswith(f"t={third['Retry-After']}")
    assert ask(OTHER).status_code == 200


def test_after_the_wait_it_is_answered_again(ask):
    wait = [ask().headers.get("Retry-After") for _ in range(3)][-1]
    RequestCount.objects.update(ends_at=F("ends_at") - timedelta(seconds=int(wait)))
    assert ask()["RateLimit"].startswith('"anonymous";r=1')


def test_a_clock_that_was_put_back_makes_nobody_wait(ask, settings):
    settings.API_LIMIT_ANONYMOUS = 1
    assert [ask().status_code for _ in range(2)] == [200, 429]
    RequestCount.objects.update(ends_at=F("ends_at") + timedelta(hours=1))
    assert ask().status_code == 200


def test_unchanged_answers_count_and_tell(ask):
    tag = ask()["ETag"]
    again = ask(**{"If-None-Match": tag})
    assert (again.status_code, again["RateLimit"].split(";")[1]) == (304, "r=0")


def test_keys_of_one_account_share_a_wider_limit(ask):
    user = User.objects.create_user("小李")
    keys = [{"Authorization": f"Bearer {make_key(name, ApiKey.Scope.READ, user=user)[1]}"} for name in "甲乙"]
    answers = [ask(address, **key) for address, key in zip((ONE, OTHER) * 2, keys * 2, strict=True)]
    assert [answer["RateLimit"][:9] for answer in answers] == [f'"key";r={left}' for left in (3, 2, 1, 0)]
    refused = ask(**keys[0])
    assert (refused.status_code, "密钥" in refused.json()["detail"]) == (429, False)
    assert ask().status_code == 200


def test_who_is_refused_is_counted_too(ask):
    refusals = [ask(Authorization="Bearer pk_none") for _ in range(3)]
    assert [answer.status_code for answer in refusals] == [401, 401, 429]
    assert refusals[0]["RateLimit"].startswith('"anonymous";r=1')
    assert "Retry-After" in refusals[2]


def test_a_login_of_the_staff_is_not_counted(ask, client, editor):
    client.force_login(editor)
    assert {ask().status_code for _ in range(5)} == {200}
    assert not RequestCount.objects.exists()


def test_a_network_of_ipv6_is_one_client_behind_a_proxy_too(ask, settings):
    settings.TRUSTED_PROXIES = 1
    networks = ("2001:db8::1", "2001:db8::2:3", "2001:db8::1", "2001:db8:0:1::1")
    assert [ask(**{"X-Forwarded-For": place}).status_code for place in networks] == [200, 200, 429, 200]


def test_zero_is_no_limit(ask, settings):
    settings.API_LIMIT_ANONYMOUS = 0
    assert "RateLimit" not in ask()


def test_a_request_is_counted_by_one_query_that_clears_old_counts(ask, django_assert_num_queries):
    ask()
    RequestCount.objects.update(ends_at=timezone.now() - timedelta(hours=2))
    with django_assert_num_queries(1):
        RequestCount.count("another", 60)
    assert [row.client for row in RequestCount.objects.all()] == ["another"]


@pytest.mark.django_db(transaction=True)
def test_processes_count_together():
    def count(_: int) -> int:
        try:
            return RequestCount.count(ONE, 60).requests
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        assert sorted(workers.map(count, range(20))) == list(range(1, 21))


@pytest.mark.django_db(transaction=True)
def test_one_that_waited_for_the_first_counts_on():
    def count() -> Counted:
        try:
            return RequestCount.count(ONE, 60)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as worker:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE policies_requestcount IN EXCLUSIVE MODE")
            waiting = worker.submit(count)
            while not waits(cursor):
                time.sleep(0.01)
            RequestCount.count(ONE, 60)
        counted = waiting.result()
    assert counted.requests == 2
    assert counted.seconds_left <= 60


def waits(cursor: CursorWrapper) -> bool:
    """Whether somebody waits for the table."""
    cursor.execute("SELECT FROM pg_locks WHERE relation = 'policies_requestcount'::regclass AND NOT granted")
    return bool(cursor.rowcount)


def test_other_sites_read_without_credentials(ask, client):
    answer = ask(Origin="https://example.org")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert {"ratelimit", "retry-after", "etag"} <= set(answer["Access-Control-Expose-Headers"].lower().split(", "))
    assert "Access-Control-Allow-Origin" not in client.get("/regions/", headers={"Origin": "https://example.org"})


def test_a_preflight_allows_reading_with_a_key_and_no_writing(client):
    headers = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
    }
    answer = client.options("/api/v1/regions/", headers=headers)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "authorization" in answer["Access-Control-Allow-Headers"]
