#!/usr/bin/env python3
"""The command line of the knowledge base: `python manage.py help` lists what it can do."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config.faults import AWAY, words_for

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["PGAPPNAME"] = " ".join(["policy", *sys.argv[1:2]])  # whose connection it is, in pg_stat_activity
    try:
        settings.PRODUCTION  # noqa: B018 read now, so that what is missing is said without a traceback
    except ImproperlyConfigured as error:
        sys.exit(f"没有启动：{error}")
    except OSError as error:  # what is kept there cannot be made, read or written
        sys.exit(f"没有启动：{error}；请核对 POLICY_VAR。")
    try:
        execute_from_command_line(sys.argv)
    except AWAY as error:
        sys.exit(f"没有完成：{words_for(error)}\n{error}")
