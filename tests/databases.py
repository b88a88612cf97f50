"""Databases beside that of the tests, on the same server."""

from django.db import connection

from config.backup import server


def copy(template: str, name: str) -> None:
    """Make a database of that name, in the place of one left over, as a copy of one that nobody is connected to."""
    _do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop(name: str) -> None:
    """Drop a database, whoever is connected."""
    _do(f'DROP DATABASE "{name}" WITH (FORCE)')


def _do(*statements: str) -> None:
    with server.using("postgres"), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
