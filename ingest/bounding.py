"""No text keeps a process busy without end."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.parsing.errors import ParsingError

SECONDS = 300  # of processor time; three million characters of the densest prose take one minute
AGAIN = 1  # seconds after which it is said again, should it not have been heard


@contextmanager
def bounded() -> Iterator[None]:
    """Raises ParsingError where what is done inside, reading or parsing, takes more than SECONDS.

    In a process's main thread, which alone hears signals; workers and commands do their work there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(*_: object) -> None:
    raise ParsingError(f"拆分这个文件超过 {SECONDS} 秒，已停止，没有读入；请把文件拆成几份后再试。")
