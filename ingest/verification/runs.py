"""Runs: kept files are what was uploaded, none waits for a worker that died, and what is done led somewhere."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Now

from ingest import runs
from ingest.models import Run
from policies.history import event_model
from policies.models import Issue, Policy
from policies.models.history import DELETED
from policies.verification.check import Check, asked

State = Run.State
LATE = 2 * runs.STALE  # by then a worker has put back what another left
LONGEST = timedelta(hours=1)  # that a transaction may last, by whose beginning events are dated
ENDED = (State.WAITING, State.DONE, State.FAILED, State.CANCELLED)

ALTERED = """
SELECT id, filename FROM ingest_run
WHERE encode(sha256(content), 'hex') <> sha256 OR octet_length(content) <> size ORDER BY created_at
"""


def altered() -> Iterator[str]:
    """Runs whose bytes are not those of their checksum."""
    for pk, filename in asked(ALTERED):
        yield f"采集 {pk}（{filename}）：文件内容与校验和不符"


def stalled() -> Iterator[str]:
    """Runs that no worker gave a sign of for long, though they are said to be under way."""
    for run in Run.objects.filter(state=State.RUNNING, heartbeat_at__lt=Now() - LATE).listed():
        yield f"采集 {run.pk}（{run}）：“进行中”，但 {run.heartbeat_at:%Y-%m-%d %H:%M:%S}（UTC）之后没有音讯"


def contradicting() -> Iterator[str]:
    """Runs whose state and facts do not agree: ended without a time, or done without what they brought."""
    ended = Q(state__in=ENDED)
    for run in Run.objects.filter(ended & Q(finished_at=None) | ~ended & ~Q(finished_at=None)).listed():
        yield f"采集 {run.pk}（{run}）：状态是“{run.get_state_display()}”，结束时间却不合"
    for run in Run.objects.filter(Q(state=State.DONE) & Q(outcome="") | ~Q(state=State.DONE) & ~Q(outcome="")).listed():
        yield f"采集 {run.pk}（{run}）：状态是“{run.get_state_display()}”，结果却是“{run.get_outcome_display()}”"
    for run in Run.objects.filter(state=State.DONE, issue=None, policy=None).listed():
        if run.finished_at and not _gone_since(run.finished_at - LONGEST):
            yield f"采集 {run.pk}（{run}）：已完成，却没有期也没有政策"


def _gone_since(moment: datetime) -> bool:
    """Whether an issue or a policy was deleted since, which the run may have brought."""
    return any(
        event_model(model).objects.filter(pgh_label=DELETED, pgh_created_at__gte=moment).exists()
        for model in (Issue, Policy)
    )


CHECKS = (
    Check("上传的文件与校验和相符", altered),
    Check("没有中断而无人接手的采集", stalled, runs.requeue_stalled),
    Check("采集的状态、结果与所得相符", contradicting),
)
