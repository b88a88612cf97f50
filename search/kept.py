"""What is gathered from the whole base and kept in memory until a policy changes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connection

Value = TypeVar("Value")

# Each change of a policy takes a number, which is seen at once; the change itself when its transaction ends.
# The number is read first, so that whoever took it is among the transactions or has ended.
STATE = """
SELECT last_value, ARRAY(
    SELECT virtualtransaction FROM pg_locks
    WHERE relation = 'policies_change'::regclass AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
) FROM policies_change_id_seq
"""


@dataclass(frozen=True, slots=True)
class _State:
    """How many changes there were, and the transactions that had not yet ended with theirs."""

    changes: int
    going_on: frozenset[str]

    @classmethod
    def now(cls) -> "_State":
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            changes, going_on = cursor.fetchone()
        return cls(changes, frozenset(going_on))


class Kept(Generic[Value]):
    """Calls `gather` when it is asked for the first time and after changes; otherwise takes one small query."""

    def __init__(self, gather: Callable[[], Value]):
        self._gather = gather
        self._known: tuple[_State, Value] | None = None

    def get(self) -> Value:
        now = _State.now()
        if self._known is None or not _holds(self._known[0], now):
            self._known = now, self._gather()
        return self._known[1]


def _holds(then: _State, now: _State) -> bool:
    return then.changes == now.changes and then.going_on <= now.going_on
