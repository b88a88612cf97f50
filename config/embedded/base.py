"""Our PostgreSQL backend, with the private server started before the first connection."""

from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.errors import ConnectionTimeout

from config.database import EmbeddedDatabaseError
from config.postgresql import base

cluster = settings.CLUSTER


def is_private() -> bool:
    """Whether the database is the private server's, not one that DATABASE_URL names."""
    return bool(connection.settings_dict["ENGINE"] == "config.embedded")


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            cluster.ensure(settings.EMBEDDED_DATABASE)
            try:
                return super().get_new_connection(conn_params)
            except ConnectionTimeout:  # it hangs: there is none to start
                raise
            except psycopg.OperationalError:  # somebody killed the server, or it fell
                cluster.revive()
                return super().get_new_connection(conn_params)
        except EmbeddedDatabaseError as error:  # for everybody who waits for a database: it is away
            raise psycopg.OperationalError(str(error)) from error
