"""Whatever is typed, every way to ask answers at once: with hits, with what is not understood, or with a refusal."""

import pytest
from django.urls import reverse

from search import indexing
from tests.search.builders import policy

pytestmark = pytest.mark.django_db
QUERIES = {
    "very long": "数据" * 20_000,
    "many ORs": " OR ".join(f"数{number}" for number in range(3000)),
    "many alternatives at the bound": " OR ".join(f"数{number}" for number in range(50)),
    "deep brackets": "(" * 3000 + "数据" + ")" * 3000,
    "brackets with spaces": "( " * 390 + "数据",
    "nothing but operators": "AND OR NOT " * 60,
    "minuses": "-" * 700 + "数据",
    "quotes": '"' * 700,
    "wildcards": "*" * 300 + "?" * 300,
    "fields": "地区:" * 200,
    "unknown values": "年份:99999999999999999999 层级:x 地区:\u202e",
    "marks upon marks": "数" + "\u0301" * 700,
    "right to left": "\u202e数据\u202c\u2066\u200f",
    "not shown": "\u200b\ufeff\u00ad\u2060",
    "controls": "".join(map(chr, range(32))) + "\x7f\x85\u2028",
    "no characters": "\ufffe\uffff\U0010ffff\ue000",
    "other digits": "第²条 第٣条 ①②③",
    "ligatures that grow": "\ufdfa" * 700,
    "templates": "{{7*7}} {% include 'x' %} ${7*7}",
    "a query of another language": "title:x AND (region:[* TO *]) ~2 ^5 /.*/",
}
ROUTES = ("search:search", "search:csv", "search:feed", "search:suggestions", "api:search", "api:suggestions")


@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
def test_every_way_to_ask_answers(client, query: str):
    policy("浙江省数据规划", "数据开放。", "数据共享。")
    indexing.rebuild()
    for route in ROUTES:
        for extra in ({}, {"loose": "1"}) if route == "search:search" else ({},):
            response = client.get(reverse(route), {"q": query, **extra})
            assert response.status_code in (200, 400), route
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert b"Traceback" not in body
