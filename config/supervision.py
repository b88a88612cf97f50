"""Processes that live and end together: `manage.py start` and what it starts.

The supervisor holds one end of a pipe and its children the other.  When the supervisor dies, be
it by kill -9, the pipe closes and the children end themselves: nothing is left behind that would
hold the port or the queue.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

from django.conf import settings

PIPE = "POLICY_SUPERVISOR_PIPE"  # the environment variable that names the children's end
GRACE = 15  # seconds from SIGTERM to SIGKILL
CALM = 30  # seconds after which a child that ended counts as having run well
LONGEST_PAUSE = 60  # seconds that a child which ends again and again waits for its next start


@dataclass
class Child:
    """One command of manage.py that is kept running."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    ended: float | None = None
    failures: int = 0  # in a row


class Supervisor:
    """Starts commands of manage.py, starts again those that die, and ends them all."""

    def __init__(self) -> None:
        self._far_end, self._near_end = os.pipe()
        self._children: list[Child] = []

    def start(self, name: str, *arguments: str) -> None:
        child = Child(name, [name, *arguments])
        self._children.append(child)
        self._launch(child)

    def restart_dead(self) -> list[str]:
        """Start again the children that ended; their names.

        One that ends again and again right after its start waits longer each time: the others go on.
        """
        restarted = []
        for child in self._children:
            if child.process is None or child.process.poll() is None:
                continue
            if child.ended is None:
                child.ended = time.monotonic()
                child.failures = 0 if child.ended - child.started > CALM else child.failures + 1
            if time.monotonic() - child.ended >= min(2**child.failures - 2, LONGEST_PAUSE):
                restarted.append(child.name)
                self._launch(child)
        return restarted

    def stop(self) -> None:
        """End every child: politely, then by force."""
        living = [c.process for c in self._children if c.process is not None and c.process.poll() is None]
        for process in living:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in living:
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _launch(self, child: Child) -> None:
        child.started, child.ended = time.monotonic(), None
        child.process = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), *child.arguments],
            env={**os.environ, PIPE: str(self._far_end)},
            pass_fds=[self._far_end],
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C at the terminal reaches the supervisor alone
        )


def end_with_supervisor() -> None:
    """Have this process end when its supervisor does; nothing where there is none."""
    descriptor = os.environ.pop(PIPE, None)
    if descriptor is None:
        return

    def watch() -> None:
        os.read(int(descriptor), 1)  # returns when the last writer is gone
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=watch, name="supervisor-watch", daemon=True).start()
