"""How far runs have come, as pages show it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from ingest.models import Run, RunEvent
from policies.models import Change, Policy

INDEXING = timedelta(minutes=5)  # after which nobody waits for the index any longer
State, Step = Run.State, Run.Step


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as a page shows it.

    `state` is done, current, waiting (for its turn), failed, stopped (cancelled in it), held (for an editor) or
    skipped; `seconds` is how long it took, or has taken so far, None where it did not begin.
    """

    label: str
    state: str
    note: str = ""
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """The steps that the runs of a batch have behind them, of how many, and how many runs are in which state."""

    done: int
    steps: int
    states: list[tuple[str, int]]
    settled: bool


def is_settled(run: Run) -> bool:
    """Whether nothing more happens to the run by itself."""
    if run.state == State.DONE:
        return run.indexed_at is not None or is_index_late(run)
    return run.state in (State.WAITING, State.FAILED, State.CANCELLED)


def is_index_late(run: Run) -> bool:
    """Whether the index has not taken in what the run brought for so long that something is wrong."""
    late = run.finished_at is not None and timezone.now() - run.finished_at > INDEXING
    return late and run.state == State.DONE and run.indexed_at is None


def step_lines(run: Run, events: Sequence[RunEvent]) -> list[StepLine]:
    """The steps of a run with their states and times, told by its log."""
    if run.outcome == Run.Outcome.UNCHANGED:
        return [StepLine(step.label, "skipped") for step in Step]
    took = _seconds(events, None if is_settled(run) else timezone.now())
    reached = Step.values.index(run.step) if run.step else 0
    lines = []
    for place, step in enumerate(Step):
        state, note = "waiting", ""
        if place < reached or (place == reached and run.state == State.DONE and run.indexed_at):
            state = "done"
        elif place == reached:
            state = AT.get(State(run.state), "waiting")
            note = _indexing(run) if run.state == State.DONE else ""
        lines.append(StepLine(step.label, state, note, None if state == "waiting" else took.get(step)))
    return lines


AT = {
    State.RUNNING: "current",
    State.DONE: "current",
    State.WAITING: "held",
    State.FAILED: "failed",
    State.CANCELLED: "stopped",
}


def _indexing(run: Run) -> str:
    """How many policies the index has yet to take in."""
    policies = Policy.objects.filter(Q(issue=run.issue_id, issue__isnull=False) | Q(pk=run.policy_id))
    waiting = Change.objects.filter(policy_id__in=policies.values("pk")).values("policy_id").distinct().count()
    return f"还有 {waiting} 份政策待编入" if waiting else ""


def _seconds(events: Sequence[RunEvent], now: datetime | None) -> dict[str, float]:
    """How long each step of the last attempt took: until the next event, or until `now` where it goes on."""
    took: dict[str, float] = {}
    ends = [*(event.at for event in events[1:]), now]
    for event, end in zip(events, ends, strict=False):
        if event.step == Step.READ:
            took.clear()
        if event.step and end:
            took[event.step] = max((end - event.at).total_seconds(), 0)
    return took


def batch_progress(runs: Sequence[Run]) -> BatchProgress:
    """How far the runs of a batch have come together."""
    steps = len(Step)
    settled = [is_settled(run) for run in runs]
    begun = [Step.values.index(run.step) if run.step else 0 for run in runs]
    done = sum(steps if end else behind for end, behind in zip(settled, begun, strict=True))
    states = Counter(run.state for run in runs)
    counted = [(state.label, states[state]) for state in State if states[state]]
    return BatchProgress(done, steps * len(runs), counted, all(settled))
