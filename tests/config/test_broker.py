"""The broker in files: what a kill or a full disk tore stops neither who sends nor who works."""

import errno
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from kombu import Connection, Exchange, Queue
from kombu.exceptions import ChannelError
from kombu.transport.virtual import BrokerState

from config.broker import Transport
from ingest import runs


@pytest.fixture
def connect(tmp_path: Path, monkeypatch):
    """Connections of processes that start now."""
    names = {"data_folder_in": "queue", "data_folder_out": "queue", "control_folder": "control"}
    for name in set(names.values()):
        (tmp_path / name).mkdir()
    options = {option: str(tmp_path / name) for option, name in names.items()}

    def connect() -> Connection:
        monkeypatch.setattr(Transport, "global_state", BrokerState())  # what one process remembers
        return Connection("filesystem://", transport_options=options)

    return connect


def passed_on(connect, words: str) -> str:
    """What a worker gets that starts after the words were sent."""
    with connect() as sender, sender.SimpleQueue("runs") as queue:
        queue.put(words)
    with connect() as worker, worker.SimpleQueue("runs") as queue:
        message = queue.get(timeout=1)
        message.ack()
        return str(message.payload)


def test_a_torn_table_of_routes_is_made_anew(connect, tmp_path):
    assert passed_on(connect, "甲") == "甲"
    (table,) = (tmp_path / "control").glob("*.exchange")
    table.write_text("")
    assert passed_on(connect, "乙") == "乙"
    assert "runs" in table.read_text()


def test_those_who_begin_to_listen_at_once_are_all_heard(connect):
    names = [f"worker{number}" for number in range(8)]

    def listen(connection: Connection, name: str, exchange: Exchange) -> None:
        Queue(name, exchange)(connection.default_channel).declare()

    with ExitStack() as open_:
        connections = [open_.enter_context(connect()) for _ in names]
        workers = open_.enter_context(ThreadPoolExecutor(len(names)))
        for number in range(20):
            exchange = Exchange(f"news{number}", "fanout")
            list(workers.map(listen, connections, names, [exchange] * len(names)))
            table = connections[0].default_channel.get_table(exchange.name)
            assert sorted(route.queue for route in table) == names
        for connection, name in zip(connections[1:], names[1:], strict=True):
            Queue(name, exchange)(connection.default_channel).delete()
        assert [route.queue for route in connections[0].default_channel.get_table(exchange.name)] == names[:1]


def test_a_message_is_there_whole_or_not_at_all(connect, tmp_path, monkeypatch):
    def full(path: Path, text: str) -> int:
        path.write_bytes(text.encode()[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with connect() as sender, sender.SimpleQueue("runs") as queue, monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(ChannelError, match="No space left"):
            queue.put("甲")
    assert not list((tmp_path / "queue").iterdir())
    assert passed_on(connect, "乙") == "乙"


def test_a_broker_whose_folder_is_gone_is_no_failure_of_who_uploads():
    shutil.rmtree(settings.BROKER_FOLDER / "queue")
    try:
        runs.send("4711")
    finally:
        (settings.BROKER_FOLDER / "queue").mkdir()
