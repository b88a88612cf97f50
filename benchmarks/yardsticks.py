"""What PostgreSQL alone would take for the same: a scan with LIKE, and its full text over pairs of characters."""

from functools import partial

from django.db import connection

from benchmarks.tables import timed
from policies.models import Policy
from search.entries import entries

LIKE = "SELECT count(*) OVER (), clause FROM yardstick WHERE text LIKE %s ORDER BY clause LIMIT 10"
FULL_TEXT = (
    "SELECT count(*) OVER (), clause FROM yardstick "
    "WHERE to_tsvector('simple', pairs) @@ phraseto_tsquery('simple', %s) ORDER BY clause LIMIT 10"
)


def measure(phrases: list[str]) -> dict[str, list[float]]:
    """Seconds for ten clauses and the number of all that hold each phrase; the table is gone with the connection."""
    _fill()
    like = [timed(partial(_asked, LIKE, f"%{_escaped(phrase)}%")) for phrase in phrases]
    full_text = [timed(partial(_asked, FULL_TEXT, _pairs(phrase))) for phrase in phrases]
    return {"LIKE '%…%'": like, "PostgreSQL full text": full_text}


def _fill() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE yardstick (clause bigint, text text, pairs text)")
        for policy in list(Policy.objects.order_by("pk").values_list("pk", flat=True)):
            rows = [(entry.clause, entry.text, _pairs(entry.text)) for entry in entries([policy])]
            with cursor.copy("COPY yardstick FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        cursor.execute("CREATE INDEX ON yardstick USING gin (to_tsvector('simple', pairs))")
        cursor.execute("ANALYZE yardstick")


def _pairs(text: str) -> str:
    return " ".join(map(str.__add__, text, text[1:]))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _asked(query: str, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, [text])
        cursor.fetchall()
