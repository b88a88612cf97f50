"""Taking turns: loads, and linking the base anew, happen one at a time."""

from django.db import connection

TURN = int.from_bytes(b"ingest")  # the advisory lock that is held


def take_turn() -> None:
    """Wait until no other transaction has the turn, and keep it until the caller's ends; again at once if it has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
