"""`manage.py indexer`: keeps the index what the database says, until it is told to end."""

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from config.existence import require_cluster
from config.supervision import end_with_supervisor
from search import analysis, indexing
from search.engines.base import IndexMissingError

PAUSE = 1.0  # seconds between two looks at the outbox
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "持续把数据库的变更收入检索索引（没有可用的索引时先重建）；收到 SIGTERM 或 SIGINT 后结束"

    def handle(self, *args: Any, **options: Any) -> None:
        self.ending = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        end_with_supervisor()
        require_cluster()
        analysis.warm()
        while not self.ending.is_set():
            close_old_connections()
            try:
                busy = self._step()
            except (OperationalError, InterfaceError) as error:
                logger.warning("indexer: database away, trying again: %s", error)
                connection.close()
                busy = False
            except OSError as error:  # a full disk, a folder that is not ours to write: somebody may mend it
                logger.warning("indexer: cannot write, trying again: %s", error)
                busy = False
            if not busy:
                self.ending.wait(PAUSE)

    def _step(self) -> bool:
        """Take in some changes; return whether there may be more at once."""
        try:
            return indexing.update() > 0
        except IndexMissingError as error:
            logger.warning("indexer: rebuilding: %s", error)
            logger.warning("indexer: rebuilt, %d clauses", indexing.rebuild())
            return True

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.ending.set()
