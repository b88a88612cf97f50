"""What the worker does beside the runs: once a day it throws away the sessions that ended."""

import threading
import time
from typing import Any

import structlog
from celery.signals import worker_ready
from django.core.management import call_command
from django.db import Error, connection

DAY = 24 * 3600  # seconds

log = structlog.get_logger()


@worker_ready.connect
def tidy_daily(**_: Any) -> None:
    threading.Thread(target=_tidy, name="tidy", daemon=True).start()


def _tidy() -> None:
    while True:
        try:
            call_command("clearsessions")
        except Error as error:  # the database is away; tomorrow is soon enough
            log.warning("cannot clear sessions", error=str(error))
        finally:
            connection.close()
        time.sleep(DAY)
