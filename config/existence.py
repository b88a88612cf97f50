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
    private = is_private()
    if (cluster.made or not private) and Policy._meta.db_table in connection.introspection.table_names():
        return
    place, variable = f"数据库 {connection.settings_dict['NAME']}", "DATABASE_URL"
    if private:
        place, variable = str(settings.VAR), "POLICY_VAR"
    raise CommandError(f"这里没有知识库（{place}）；请核对 {variable}。要新建，请用 manage.py start 或 prepare。")
