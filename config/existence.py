"""Whether there is a knowledge base at all: a mistyped POLICY_VAR or DATABASE_URL names an empty place."""

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from config.embedded.base import cluster, is_private
from policies.models import Policy


def require_base() -> None:
    """For commands that work on what is there.  Raises CommandError where no knowledge base was made.

    The private PostgreSQL is asked only where it was made before: its first connection would make it.
    """
    require_cluster()
    if Policy._meta.db_table not in connection.introspection.table_names():
        raise _nothing()


def require_cluster() -> None:
    """For processes that wait for a database that is away.  Raises CommandError where a private one was never made."""
    if is_private() and not cluster.made:
        raise _nothing()


def _nothing() -> CommandError:
    place, variable = f"数据库 {connection.settings_dict['NAME']}", "DATABASE_URL"
    if is_private():
        place, variable = str(settings.VAR), "POLICY_VAR"
    return CommandError(f"这里没有知识库（{place}）；请核对 {variable}。要新建，请用 manage.py start 或 prepare。")
