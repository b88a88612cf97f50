"""What workers do: ingest an uploaded file, and see to it that no run is forgotten."""

import threading
import time
from typing import Any

import structlog
from celery import shared_task
from celery.signals import worker_ready
from django.db import Error, InterfaceError, OperationalError, close_old_connections

from ingest import runs
from ingest.pipeline import IngestError, ingest

ROUND = 10  # seconds between two looks for stalled runs

log = structlog.get_logger()


@shared_task(name=runs.TASK)
def run_ingest(run_id: str) -> None:
    """Do the run, if it is still to be done: a message that comes twice, or late, does nothing."""
    run = runs.claim(run_id)
    if run is None:
        return
    try:
        with runs.beating(run):
            _do(run)
    except runs.LostRunError:
        log.warning("run taken over by another worker", run=run_id)


def _do(run: runs.Run) -> None:
    try:
        ingest(
            bytes(run.content),
            run.filename,
            replace=run.replace,
            user=run.created_by,
            on_step=lambda step, counts: runs.write(run, step=step, counts={**run.counts, **counts}),
            on_loaded=lambda report: runs.succeed(run, report),
        )
    except IngestError as error:
        runs.fail(run, str(error))
    except (runs.LostRunError, OperationalError, InterfaceError):
        raise  # another worker has it, or will have it when the database is back and the heartbeat old
    except Exception:
        log.exception("run failed", run=str(run.pk))
        runs.fail(run, "程序在处理这个文件时出错，没有写入任何内容；详情见服务器日志。")


@worker_ready.connect
def watch_over_runs(**_: Any) -> None:
    """From a worker's start to its end, put stalled runs back every ROUND seconds."""
    threading.Thread(target=_watch, name="stalled-runs", daemon=True).start()


def _watch() -> None:
    while True:
        try:
            close_old_connections()
            back = runs.requeue_stalled()
            if back:
                log.info("runs put back", runs=[str(run_id) for run_id in back])
        except Error as error:  # the database is away; the next round may find it
            log.warning("cannot look for stalled runs", error=str(error))
        time.sleep(ROUND)
