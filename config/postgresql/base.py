"""Django's PostgreSQL backend, which does not wait without end for a server that hangs: it keeps its connections,
takes new ones, and says nothing."""

import math
import select
import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg import pq
from psycopg.errors import ConnectionTimeout

PATIENCE = 3  # seconds for a connection that was kept to answer
PAUSE = 5  # seconds after a connection that was not made in time in which this process tries no other


class DatabaseWrapper(base.DatabaseWrapper):
    # Of all threads of the process, or those who ask meanwhile would all wait.  0: the server did not hang.
    hung_until = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if time.monotonic() < DatabaseWrapper.hung_until:
            raise ConnectionTimeout("the server hung a moment ago")
        if DatabaseWrapper.hung_until:
            DatabaseWrapper.hung_until = math.inf  # only we try whether it still hangs
        hung_until = 0.0
        try:
            return super().get_new_connection(conn_params)
        except ConnectionTimeout:
            hung_until = time.monotonic() + PAUSE
            raise
        finally:
            DatabaseWrapper.hung_until = hung_until

    def is_usable(self) -> bool:
        """Whether the server answers within PATIENCE."""
        if self.connection is None:
            return False
        try:
            return _answers(self.connection.pgconn)
        except psycopg.Error:
            return False


def _answers(connection: pq.abc.PGconn) -> bool:
    """Whether a query succeeds within PATIENCE.  Raises psycopg.Error where the connection is broken."""
    deadline = time.monotonic() + PATIENCE
    poll = select.poll()
    poll.register(connection.socket, select.POLLIN)
    connection.send_query(b"SELECT 1")
    connection.flush()
    succeeded = False
    while True:
        while connection.is_busy():
            if not poll.poll(max(deadline - time.monotonic(), 0) * 1000):
                return False
            connection.consume_input()
        result = connection.get_result()
        if result is None:
            return succeeded
        succeeded = result.status == pq.ExecStatus.TUPLES_OK
