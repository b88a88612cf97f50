"""How much each client asked of the API lately, counted where every web process counts."""

import math
from dataclasses import dataclass

from django.db import connection, models

# One statement, which waits for others of the same client, so that no two count the same; it also clears away up to
# ten windows that ended an hour ago.  Rows that others hold are passed over, lest two wait for each other.
_COUNT = """
    WITH gone AS (
        DELETE FROM policies_requestcount WHERE client IN (
            SELECT client FROM policies_requestcount
            WHERE ends_at < statement_timestamp() - interval '1 hour' AND client <> %(client)s
            LIMIT 10 FOR UPDATE SKIP LOCKED
        )
    )
    INSERT INTO policies_requestcount AS counted (client, requests, ends_at)
    VALUES (%(client)s, 1, statement_timestamp() + %(seconds)s * interval '1 second')
    ON CONFLICT (client) DO UPDATE SET
        requests = CASE WHEN {goes_on} THEN counted.requests + 1 ELSE 1 END,
        ends_at = CASE WHEN {goes_on} THEN counted.ends_at ELSE excluded.ends_at END
    RETURNING requests, extract(epoch FROM ends_at - clock_timestamp())
"""
# One that would end later than a window that begins now is of a clock that was put back.  Now: one that began after
# this statement, which had to wait for it, is a window like any.
GOES_ON = """(
    counted.ends_at > statement_timestamp()
    AND counted.ends_at <= clock_timestamp() + %(seconds)s * interval '1 second'
)"""
COUNT = _COUNT.format(goes_on=GOES_ON)


@dataclass(frozen=True, slots=True)
class Counted:
    """The requests of a client in its present window, this one included, and the seconds until the window ends."""

    requests: int
    seconds_left: int


class RequestCount(models.Model):
    """A client's present window; the table is not logged: a crash of the database forgets counts, nothing else."""

    client = models.CharField("来处", max_length=64, primary_key=True)
    requests = models.IntegerField("次数")
    ends_at = models.DateTimeField("截止", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口请求数"

    def __str__(self) -> str:
        return f"{self.client}：{self.requests}"

    @staticmethod
    def count(client: str, seconds: int) -> Counted:
        """Count one request of the client, in a new window of so many seconds if its last has ended.  One query."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT, {"client": client, "seconds": seconds})
            requests, left = cursor.fetchone()
        return Counted(requests, max(1, math.ceil(left)))
