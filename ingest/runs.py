"""The life of a run: queued, taken by a worker, watched over, ended.

Every change is one conditional UPDATE, so that of two who try only one succeeds, and every time is
the database's, so that clocks of machines do not matter.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog
from django.db import Error, close_old_connections, connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerError

from config import celery_app
from ingest.bounding import give_up
from ingest.loading import LoadReport, Outcome
from ingest.models import Run, RunEvent
from policies.models import Change, Policy

TASK = "ingest.tasks.run_ingest"
BEAT = 2  # seconds between two heartbeats
STALE = timedelta(seconds=20)  # a heartbeat this old is a dead worker's
WAITING = timedelta(seconds=20)  # after which a queued run is worth another message, if nobody works
LATER = timedelta(seconds=40)  # by which a run that cannot be done now is put off, over and above WAITING
ATTEMPTS = 3  # workers that may die over a run before it is given up
GIVEN_UP = f"处理了 {ATTEMPTS} 次都中途停止，不再尝试。请检查文件后重试或重新上传。"

log = structlog.get_logger()
State = Run.State


class LostRunError(Exception):
    """The run is no longer this worker's: it was cancelled, or the worker taken for dead."""


def send(run_id: Any) -> None:
    """Tell the workers of a queued run; without a broker it waits for `requeue_stalled`."""
    try:
        celery_app.send_task(TASK, args=[str(run_id)])
        log.info("run announced", run=str(run_id))
    except (BrokerError, OSError) as error:
        log.warning("run not announced", run=str(run_id), error=str(error))


def claim(run_id: Any) -> Run | None:
    """The run, now this worker's; None where it is done, cancelled, gone, or somebody else's."""
    with transaction.atomic():
        taken = Run.objects.filter(pk=run_id, state=State.QUEUED).update(
            state=State.RUNNING, attempts=F("attempts") + 1, heartbeat_at=Now(), started_at=Now(), step="", counts={}
        )
        if not taken:
            return None
        tell(run_id, "任务进程接手。")
    return Run.objects.select_related("created_by", "accepted_by").get(pk=run_id)


def tell(run_id: Any, message: str, step: str = "") -> None:
    """Write a sentence into the run's log; with the step that begins."""
    RunEvent.objects.create(run_id=run_id, message=message, step=step)


def write(run: Run, **columns: Any) -> None:
    """Write to a run that this worker has; every write is a sign of life.

    Raises LostRunError if it has it no longer.
    """
    mine = Run.objects.filter(pk=run.pk, state=State.RUNNING, attempts=run.attempts)
    if not mine.update(heartbeat_at=Now(), **columns):
        raise LostRunError(run.pk)
    for name, value in columns.items():
        setattr(run, name, value)


def begin(run: Run, step: Run.Step, counts: dict[str, int]) -> None:
    """The run begins a step, with what was counted in those before.  Raises LostRunError."""
    with transaction.atomic():
        write(run, step=step, counts={**run.counts, **counts})
        tell(run.pk, f"开始{step.label}。", step)


@contextmanager
def beating(run: Run) -> Iterator[None]:
    """Keep the run's heart beating, from a thread of its own, while its worker works.

    Once the run is lost, what the worker reads or parses is given up.
    """
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(BEAT):
                try:
                    write(run)
                except LostRunError:
                    give_up()  # and again at the next beat, should it not have been heard
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
    written = report.outcome is not Outcome.UNCHANGED
    _end(
        run,
        said[report.outcome],
        log_step=Run.Step.INDEX if written else "",
        state=State.DONE,
        step=Run.Step.INDEX,
        outcome=report.outcome.value,
        counts={**run.counts, **report.counts},
        issue=report.issue,
        policy=None if report.issue else report.policies[0],
        indexed_at=None if written else Now(),
    )


def fail(run: Run, message: str) -> None:
    """The run has failed.  Raises LostRunError."""
    _end(run, message, state=State.FAILED)


def hold(run: Run, there: str, changes: dict[str, Any], why: str = "") -> None:
    """The run waits for an editor to accept or decline its version of what is `there`; `why` again, a sentence.

    Raises LostRunError.
    """
    alike = "" if changes["policies"] else "，提取的内容没有差别"
    _end(
        run,
        f"{why}{there}，这个文件是另一个版本{alike}，等待确认是否采用。",
        state=State.WAITING,
        changes=changes,
        accepted_by=None,
    )


def _end(run: Run, message: str, log_step: str = "", **columns: Any) -> None:
    with transaction.atomic():
        write(run, message=message, finished_at=Now(), **columns)
        tell(run.pk, message, log_step)


def postpone(run: Run, message: str) -> None:
    """The run is queued again, to be announced after LATER: nobody died over it.  Raises LostRunError."""
    with transaction.atomic():
        write(run, state=State.QUEUED, step="", announced_at=Now() + LATER)
        tell(run.pk, message)


def note_indexed() -> None:
    """Write down which runs the index has taken in: those of whose policies no change waits for it."""
    of_run = Policy.objects.filter(Q(pk=OuterRef(OuterRef("policy"))) | Q(issue=OuterRef(OuterRef("issue"))))
    waiting = Change.objects.filter(policy_id__in=of_run.values("pk"))
    done = Run.objects.filter(~Exists(waiting), state=State.DONE, indexed_at=None)
    with transaction.atomic():
        runs = list(done.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True))
        Run.objects.filter(pk__in=runs).update(indexed_at=Now())
        for run_id in runs:
            tell(run_id, "已编入索引，可以检索。")


def requeue_stalled() -> list[Any]:
    """Put back the runs whose worker died, or whose message was lost; the ids of those that were sent.

    A run that cost ATTEMPTS workers their life is given up.  Queued runs are announced again only
    while nobody works: otherwise they wait for their turn, and messages would pile up.  Times that are yet to
    come are of a clock that was put back: what they say of the past nobody knows, so they are old as well.
    """
    dead = Q(state=State.RUNNING) & (Q(heartbeat_at__lt=Now() - STALE) | Q(heartbeat_at__gt=Now() + STALE))
    with transaction.atomic():
        stalled = Run.objects.filter(dead).select_for_update(skip_locked=True)
        given_up = list(stalled.filter(stalls__gte=ATTEMPTS - 1).values_list("pk", flat=True))
        Run.objects.filter(pk__in=given_up).update(state=State.FAILED, finished_at=Now(), message=GIVEN_UP)
        back = list(stalled.exclude(pk__in=given_up).values_list("pk", flat=True))
        Run.objects.filter(pk__in=back).update(state=State.QUEUED, announced_at=Now(), step="", stalls=F("stalls") + 1)
        for run_id in given_up:
            tell(run_id, GIVEN_UP)
        for run_id in back:
            tell(run_id, "任务进程没有了音讯，重新排队。")
        if not Run.objects.filter(state=State.RUNNING).exists():
            waited = Q(announced_at__lt=Now() - WAITING) | Q(announced_at__gt=Now() + LATER)
            forgotten = Run.objects.filter(waited, state=State.QUEUED)
            again = list(forgotten.select_for_update(skip_locked=True).values_list("pk", flat=True))
            Run.objects.filter(pk__in=again).update(announced_at=Now())
            back += again
    for run_id in back:
        send(run_id)
    return back
