"""The broker in files, kombu's, made safe: what is torn, by a kill or a full disk, stops nobody.

A message, and a table of who listens where, appears under its name when it is whole.  Tables are read by every sender
and worker at its start: one that cannot be read all the same counts as empty, and is written anew by the next worker.
"""

import fcntl
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.transport.filesystem import exchange_queue_t
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def get_table(self, exchange: str) -> list[exchange_queue_t]:
        try:
            return list(super().get_table(exchange))
        except json.JSONDecodeError:
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        with self._changing(exchange) as table:
            if (route := _route(routing_key, pattern, queue)) not in table:
                table.insert(0, route)

    def _delete(self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **options: Any) -> None:
        self._purge(queue)
        with self._changing(exchange) as table:
            if (route := _route(routing_key, pattern, queue)) in table:
                table.remove(route)

    @contextmanager
    def _changing(self, exchange: str) -> Iterator[list[exchange_queue_t]]:
        """The table of an exchange, which is written if it is changed inside; one process at a time.

        Kombu writes into the file, which it makes before it locks it: others would see it empty, or write over it.
        """
        self.control_folder.mkdir(exist_ok=True)
        with (self.control_folder / "tables.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            before = self.get_table(exchange)
            table = list(before)
            yield table
            if table != before:
                _write_whole(self._exchange_file(exchange), dumps(table))

    def _put(self, queue: str, payload: Any, **options: Any) -> None:  # type: ignore[override]  # kombu's bases disagree
        name = f"{monotonic_ns() // 1_000_000}_{uuid.uuid4()}.{queue}.msg"
        _write_whole(Path(self.data_folder_out) / name, dumps(payload))


class Transport(filesystem.Transport):
    Channel = Channel
    default_connection_params: dict[str, Any] = {}  # files have no host; kombu would warn that it takes localhost


def _route(routing_key: str | None, pattern: str | None, queue: str | None) -> exchange_queue_t:
    return exchange_queue_t(routing_key or "", pattern or "", queue or "")


def _write_whole(file: Path, words: str) -> None:
    """So that whoever reads it sees all of it, or what was there before.  Raises ChannelError."""
    draft = file.with_suffix(".draft")
    try:
        draft.write_text(words)
        draft.rename(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ChannelError(f"cannot write {file}: {error}") from error
