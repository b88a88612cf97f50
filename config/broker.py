"""The broker in files, kombu's, made safe: what is torn, by a kill or a full disk, stops nobody.

A message appears under its name when it is whole.  The tables of who listens where are read by every sender and worker
at its start: one that cannot be read is thrown away, and written anew by the next worker.
"""

import json
import uuid
from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def get_table(self, exchange: str) -> Any:
        try:
            return super().get_table(exchange)
        except json.JSONDecodeError:
            self._exchange_file(exchange).unlink(missing_ok=True)
            return []

    def _queue_bind(self, exchange: str, *route: Any) -> None:
        self.get_table(exchange)
        super()._queue_bind(exchange, *route)

    def _put(self, queue: str, payload: Any, **options: Any) -> None:  # type: ignore[override]  # kombu's bases disagree
        whole = Path(self.data_folder_out) / f"{monotonic_ns() // 1_000_000}_{uuid.uuid4()}.{queue}.msg"
        draft = whole.with_suffix(".draft")
        try:
            draft.write_text(dumps(payload))
            draft.rename(whole)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise ChannelError(f"cannot write the message {whole}: {error}") from error


class Transport(filesystem.Transport):
    Channel = Channel
