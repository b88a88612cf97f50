"""What workers do: ingest an uploaded file, and see to it that no run is forgotten."""

import threading
import time
from typing import Any

import structlog
from celery import shared_task
from celery.signals import worker_ready
from django.db import Error, close_old_connections

from config.faults import AWAY, is_disk_full
from ingest import runs
from ingest.bounding import GivenUpError
from ingest.comparing import are_same, differences
from ingest.pipeline import IngestError, NewVersionError, ingest
from ingest.reading import ReaderEndedError, pdf

ROUND = 2  # seconds between two looks for runs that stalled, or that the index has taken in

# Why a version that was accepted waits again.
CHANGED = "差别与采用时看到的不同（库中有了改动，或程序已经升级），请再定一次。"
PUBLISHED = "库中的版本已经发布，读者看得到，须由主编采用。"

log = structlog.get_logger()


@shared_task(name=runs.TASK)
def run_ingest(run_id: str) -> None:
    """Do the run, if it is still to be done: a message that comes twice, or late, does nothing."""
    run = runs.claim(run_id)
    if run is None:
        return
    with structlog.contextvars.bound_contextvars(run=run_id):
        try:
            with runs.beating(run):
                _do(run)
            log.info("run ended", state=run.state, counts=run.counts)
        except (runs.LostRunError, GivenUpError):
            log.warning("run cancelled, or taken over by another worker")


def _do(run: runs.Run) -> None:
    try:
        _ingest(run)
    except IngestError as error:
        if isinstance(error.__cause__, ReaderEndedError):
            runs.tell(run.pk, f"{pdf.ENDED}；稍后自动重试，共试 {runs.ATTEMPTS} 次。")
            raise  # as if it had ended us: the run is put back when the heartbeat is old, and not for ever
        runs.fail(run, str(error))
    except (runs.LostRunError, GivenUpError, *AWAY) as error:
        if is_disk_full(error):
            runs.postpone(run, "数据库所在的磁盘已满，没有写入任何内容；有空间后自动重试。")
        raise  # another worker has it, or will have it when the database is back and the heartbeat old
    except Exception:
        log.exception("run failed")
        runs.fail(run, "程序在处理这个文件时出错，没有写入任何内容；详情见服务器日志。")


def _ingest(run: runs.Run) -> None:
    """Load the file; a new version of what is there waits, with its differences, until an editor accepts it.

    It waits again where the base has changed since, so that the editor saw other differences, or those from another
    file, and where what it replaces was published since and its accepter may not publish; the load asks it once more.
    """
    content = bytes(run.content)
    found = differences(content, run.filename) if run.accepted_by else None
    accepted = are_same(found, run.changes)
    try:
        ingest(
            content,
            run.filename,
            replace=accepted,
            compared=found["sources"] if found else None,
            user=run.accepted_by or run.created_by,
            on_step=lambda step, counts: runs.begin(run, step, counts),
            on_loaded=lambda report: runs.succeed(run, report),
        )
    except NewVersionError as error:
        now = found if found and not accepted else differences(content, run.filename)
        why = "" if found is None else PUBLISHED if accepted and are_same(now, found) else CHANGED
        runs.hold(run, error.there, now, why)


@worker_ready.connect
def watch_over_runs(**_: Any) -> None:
    """From a worker's start to its end, look after the runs every ROUND seconds."""
    threading.Thread(target=_watch, name="runs-watch", daemon=True).start()


def _watch() -> None:
    while True:
        try:
            close_old_connections()
            runs.note_indexed()
            back = runs.requeue_stalled()
            if back:
                log.info("runs put back", runs=[str(run_id) for run_id in back])
        except Error as error:  # the database is away; the next round may find it
            log.warning("cannot look after the runs", error=str(error))
        except Exception:  # whatever it is, runs would be forgotten without us
            log.exception("cannot look after the runs")
        time.sleep(ROUND)
