"""A policy's page is not much heavier than its text.

Its text is what its document says: the words of its provisions (label, heading, text, tail), of its tables, and of
the editor's note, in bytes of UTF-8.
"""

from pathlib import Path

import pytest
from django.core.management import call_command

from ingest.pipeline import ingest
from policies.models import Policy, Source
from tests.policies.conftest import provision

ARTICLES = 300
CHAPTERS = 15
WORDS = (  # as long as a clause is on average
    "算力设施的运营单位应当在每年三月底前公布上一年度的设施目录，写明地点、规模、用途和能耗，接受社会监督。"
    "目录有变化的，应当在十五日内更正；逾期不更正的，由省数据局责令改正。"
)

pytestmark = pytest.mark.usefixtures("kept_library")
FRAME = 6_000  # bytes of what stands on every page: head, menu, facts, outline's and tables' heads, footer
RECORD = 250  # bytes for a target, duty or observation: what it says, its links, its place in a list and a table
SAMPLES = Path(__file__).resolve().parents[3] / "fixtures" / "samples"


def text_of(policy: Policy) -> int:
    """The bytes of the policy's text."""
    words = [policy.editor_note]
    for clause in policy.provisions.all():
        words += [clause.label, clause.heading, clause.text, clause.tail]
    for table in policy.tables.all():
        words += [table.number, table.title, *table.header, *(cell for row in table.rows for cell in row)]
    return len("".join(words).encode())


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
    with django_assert_max_num_queries(14):
        page = client.get(long_law.get_absolute_url()).content
    assert page.count(b'class="clause article') == ARTICLES
    assert len(page) <= 3 * text_of(long_law) + FRAME


def test_every_sample(client, db):
    """The samples are terse: there is a record to every thirty characters of some, and those come on top."""
    call_command("loadgazetteer", verbosity=0)
    for file in sorted(SAMPLES.glob("*.txt")):
        ingest(file.read_bytes(), file.name, publish=True)
    for policy in Policy.objects.all():
        records = policy.target_set.count() + policy.responsibility_set.count() + policy.observation_set.count()
        page = client.get(policy.get_absolute_url()).content
        assert len(page) <= 3 * text_of(policy) + FRAME + RECORD * records, policy


def test_one_endless_clause(client, library):
    """A clause of a hundred thousand characters is as heavy as its words."""
    clause = library.law.provisions.get(eid="chp_1__art_1")
    clause.text = WORDS * 1200
    clause.save()
    page = client.get(library.law.get_absolute_url(), {"q": "能耗"}).content
    assert page.count(b"<mark>") == 1200
    assert len(page) <= 3 * text_of(library.law) + FRAME


def test_a_table_of_forty_rows(client, library, django_assert_max_num_queries):
    table = library.plan.tables.get()
    table.header = [f"第{column}列的名称" for column in range(12)]
    table.rows = [[f"第{row}行", *(f"{row * column:,}.5" for column in range(1, 12))] for row in range(40)]
    table.save()
    with django_assert_max_num_queries(14):
        page = client.get(library.plan.get_absolute_url()).content.decode()
    assert page.count("<tr><td>第") == 40
    assert page.count('<td class="number">') == 40 * 11
