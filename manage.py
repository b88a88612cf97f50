#!/usr/bin/env python3
"""The command line of the knowledge base: `python manage.py help` lists what it can do."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import InterfaceError, OperationalError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["PGAPPNAME"] = " ".join(["policy", *sys.argv[1:2]])  # whose connection it is, in pg_stat_activity
    try:
        settings.PRODUCTION  # noqa: B018 read now, so that what is missing is said without a traceback
    except ImproperlyConfigured as error:
        sys.exit(f"没有启动：{error}")
    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, InterfaceError) as error:
        sys.exit(f"数据库不可用，没有完成：{error}")
