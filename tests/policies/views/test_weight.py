"""A policy's page is not much heavier than its text."""

import pytest

from policies.models import Policy, Source
from tests.policies.conftest import provision

ARTICLES = 300
CHAPTERS = 15
WORDS = (  # as long as a clause is on average
    "算力设施的运营单位应当在每年三月底前公布上一年度的设施目录，写明地点、规模、用途和能耗，接受社会监督。"
    "目录有变化的，应当在十五日内更正；逾期不更正的，由省数据局责令改正。"
)
FRAME = 8_000  # bytes of what stands on every page: head, menu, facts, footer


@pytest.fixture
def long_law(library) -> Policy:
    """A law of three hundred articles in fifteen chapters."""
    text = "\n".join([WORDS] * (ARTICLES + CHAPTERS))
    source = Source.objects.create(
        sha256="b" * 64, filename="长法.txt", format="txt", encoding="utf-8", text=text, characters=len(text)
    )
    law = Policy.objects.create(
        issue=None, source=source, slug="青川-2024-算力条例", order=1, title="青川省算力条例", kind="law",
        level="province", region=library.province, start_line=1, end_line=ARTICLES + CHAPTERS, state="published",
    )  # fmt: skip
    for number in range(CHAPTERS):
        line = number * 21 + 1
        chapter = provision(law, f"chp_{number}", "chapter", (line, line + 20), label=f"第{number}章", heading="设施")
        for place in range(1, ARTICLES // CHAPTERS + 1):
            provision(
                law, f"chp_{number}__art_{place}", "article", (line + place, line + place), chapter,
                label=f"第{number}{place}条", text=WORDS,
            )  # fmt: skip
    return law


def test_a_law_of_three_hundred_articles(client, long_law, django_assert_max_num_queries):
    text = sum(len(clause.text.encode()) for clause in long_law.provisions.all())
    with django_assert_max_num_queries(13):
        page = client.get(long_law.get_absolute_url()).content
    assert page.count(b'class="clause article') == ARTICLES
    assert len(page) <= 3 * text + FRAME
