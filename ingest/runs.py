"""The life of a run: queued, taken by a worker, watched over, ended.

Every change is one conditional UPDATE, so that of two who try only one succeeds, and every time is
the database's, so that clocks of machines do not matter.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import Error, close_old_connections, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerError

from config import celery_app
from ingest.loading import LoadReport, Outcome
from ingest.models import Run

TASK = "ingest.tasks.run_ingest"
BEAT = 2  # seconds between two heartbeats
STALE = timedelta(seconds=20)  # a heartbeat this old is a dead worker's
WAITING = timedelta(seconds=20)  # after which a queued run is worth another message, if nobody works
ATTEMPTS = 3  # workers that may die over a run before it is given up

log = structlog.get_logger()
State = Run.State


class LostRunError(Exception):
    """Another worker has the run: this one was taken for dead."""


def submit(content: bytes, filename: str, *, user: User | AnonymousUser | None, replace: bool = False) -> Run:
    """A queued run of these bytes, and a message to the workers once it is committed.

    `user` needs ingest.add_run; None is the system.  Raises PermissionDenied.
    """
    if user is not None and not user.has_perm("ingest.add_run"):
        raise PermissionDenied("没有上传的权限。")
    run = Run.objects.create(
        filename=filename[-255:],
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        replace=replace,
        created_by=user if isinstance(user, User) else None,
    )
    transaction.on_commit(lambda: send(run.pk))
    return run


def send(run_id: Any) -> None:
    """Tell the workers of a queued run; without a broker it waits for `requeue_stalled`."""
    try:
        celery_app.send_task(TASK, args=[str(run_id)])
    except (BrokerError, OSError) as error:
        log.warning("run not announced", run=str(run_id), error=str(error))


def claim(run_id: Any) -> Run | None:
    """The run, now this worker's; None where it is done, gone, or somebody else's."""
    taken = Run.objects.filter(pk=run_id, state=State.QUEUED).update(
        state=State.RUNNING, attempts=F("attempts") + 1, heartbeat_at=Now(), started_at=Now(), step="", counts={}
    )
    return Run.objects.get(pk=run_id) if taken else None


def write(run: Run, **columns: Any) -> None:
    """Write to a run that this worker has; every write is a sign of life.

    Raises LostRunError if it has it no longer.
    """
    mine = Run.objects.filter(pk=run.pk, state=State.RUNNING, attempts=run.attempts)
    if not mine.update(heartbeat_at=Now(), **columns):
        raise LostRunError(run.pk)
    for name, value in columns.items():
        setattr(run, name, value)


@contextmanager
def beating(run: Run) -> Iterator[None]:
    """Keep the run's heart beating, from a thread of its own, while its worker works."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(BEAT):
                try:
                    write(run)
                except LostRunError:
                    return
                except Error as error:  # the database is away: the worker will notice, or it comes back
                    log.warning("no heartbeat", run=str(run.pk), error=str(error))
                    close_old_connections()
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def succeed(run: Run, report: LoadReport) -> None:
    """The run is done, as the report says.  Raises LostRunError."""
    said = {
        Outcome.LOADED: f"{report.subject}已入库。",
        Outcome.REPLACED: f"{report.subject}已用这个文件替换。",
        Outcome.UNCHANGED: f"{report.subject}已在库中，内容相同，没有改动。",
    }
    write(
        run,
        state=State.DONE,
        step=Run.Step.INDEX,
        counts={**run.counts, **report.counts},
        message=said[report.outcome],
        issue=report.issue,
        policy=None if report.issue else report.policies[0],
        finished_at=Now(),
    )


def fail(run: Run, message: str) -> None:
    """The run has failed.  Raises LostRunError."""
    write(run, state=State.FAILED, message=message, finished_at=Now())


def requeue_stalled() -> list[Any]:
    """Put back the runs whose worker died, or whose message was lost; the ids of those that were sent.

    A run that cost ATTEMPTS workers their life is given up.  Queued runs are announced again only
    while nobody works: otherwise they wait for their turn, and messages would pile up.
    """
    dead = Q(state=State.RUNNING, heartbeat_at__lt=Now() - STALE)
    Run.objects.filter(dead, attempts__gte=ATTEMPTS).update(
        state=State.FAILED,
        finished_at=Now(),
        message=f"处理了 {ATTEMPTS} 次都中途停止，不再尝试。请检查文件后重新上传。",
    )
    with transaction.atomic():
        back = list(Run.objects.filter(dead).select_for_update(skip_locked=True).values_list("pk", flat=True))
        Run.objects.filter(pk__in=back).update(state=State.QUEUED, queued_at=Now(), step="")
        if not Run.objects.filter(state=State.RUNNING).exists():
            forgotten = Run.objects.filter(state=State.QUEUED, queued_at__lt=Now() - WAITING)
            again = list(forgotten.select_for_update(skip_locked=True).values_list("pk", flat=True))
            Run.objects.filter(pk__in=again).update(queued_at=Now())
            back += again
    for run_id in back:
        send(run_id)
    return back
