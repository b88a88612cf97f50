"""The supervisor starts again what ended, and leaves what keeps failing ever longer in peace."""

from config import supervision
from config.supervision import Supervisor


def end(supervisor: Supervisor) -> None:
    process = supervisor._children[0].process
    assert process is not None
    process.wait()


def test_a_child_that_keeps_ending_is_started_again_after_ever_longer_pauses(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("config.supervision.time.monotonic", lambda: now[0])
    supervisor = Supervisor()
    supervisor.start("version")  # ends at once
    waits = []
    for _ in range(4):
        end(supervisor)
        began = now[0]
        while not supervisor.restart_dead():
            now[0] += 1
        waits.append(now[0] - began)
    end(supervisor)
    assert waits == [0, 2, 6, 14]


def test_a_child_that_ran_well_is_started_again_at_once(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("config.supervision.time.monotonic", lambda: now[0])
    supervisor = Supervisor()
    supervisor.start("version")
    for _ in range(3):
        end(supervisor)
        now[0] += supervision.CALM + 1
        assert supervisor.restart_dead() == ["version"]
    supervisor.stop()
