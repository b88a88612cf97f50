"""No text keeps a process busy without end, or once nobody waits for it."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest.parsing.errors import ParsingError

SECONDS = 300  # of processor time; three million characters of the densest prose take one minute
AGAIN = 1  # seconds after which it is said again, should it not have been heard


class GivenUpError(Exception):
    """Nobody waits any longer for what was being read or parsed."""


@contextmanager
def bounded() -> Iterator[None]:
    """Raises ParsingError where what is done inside, reading or parsing, takes more than SECONDS.

    Raises GivenUpError where another thread meanwhile calls `give_up`.

    In a process's main thread, which alone hears signals; workers and commands do their work there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with _heard(signal.SIGPROF, _stop):
        signal.setitimer(signal.ITIMER_PROF, SECONDS, AGAIN)
        try:
            with _heard(signal.SIGURG, _give_up):
                yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


def give_up() -> None:
    """End what is `bounded` in this process; where nothing is, nothing happens: nobody else heeds this signal."""
    os.kill(os.getpid(), signal.SIGURG)


@contextmanager
def _heard(number: signal.Signals, handler: Callable[..., None]) -> Iterator[None]:
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def _stop(*_: object) -> None:
    raise ParsingError(f"拆分这个文件超过 {SECONDS} 秒，已停止，没有读入；请把文件拆成几份后再试。")


def _give_up(*_: object) -> None:
    raise GivenUpError
