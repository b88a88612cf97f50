"""How what the site stands on is doing: database, index, broker and worker, asked now."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count, Min
from django.utils import timezone
from kombu import Connection
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from config.backup import taking
from ingest.models import Run
from policies.models import Change
from search import indexing
from search.engines.base import IndexMissingError

PATIENCE = 0.25  # seconds for the broker to answer, each of the two times that it is asked
# A worker looks after the runs every two seconds; the name is manage.py's for its connections.
WORKER = """
    SELECT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'policy worker'
        AND state_change > now() - interval '30 seconds'
    )
"""


@dataclass(frozen=True, slots=True)
class Health:
    """`lag`: seconds that the oldest change waits for the index.  What only the database can say is None without it."""

    database: bool
    index: bool | None
    lag: float | None
    worker: bool | None
    broker: bool

    @property
    def status(self) -> str:
        """`ok`, or what keeps pages and searches from being right; uploads wait for a worker and its broker."""
        if not self.database:
            return "database"
        if not self.index:
            return "index"
        return "ok" if (self.lag or 0) <= settings.READY_LAG else "lag"


def health() -> Health:
    """Counts nothing, waits a second for the broker at most and eight for a database that hangs (config.postgresql), so
    that it may be asked every second."""
    broker = _broker()
    try:
        return Health(True, _index(), indexing.lag(), _worker(), broker)
    except (DatabaseError, InterfaceError):
        return Health(False, None, None, None, broker)


class Measures(Collector):
    """The health and the queues in numbers, for Prometheus."""

    def collect(self) -> Iterator[Metric]:
        found = health()
        for name, words, value in (
            ("database_up", "Whether the database answers", found.database),
            ("broker_up", "Whether the broker answers", found.broker),
            ("worker_up", "Whether a worker looked after the runs in the last 30 seconds", found.worker),
            ("index_up", "Whether there is an index that can be opened", found.index),
            ("index_lag_seconds", "For how long the oldest change waits for the index", found.lag),
            ("backup_age_seconds", "For how long no backup was made", taking.age()),
        ):
            if value is not None:
                yield GaugeMetricFamily(f"policy_{name}", words, value=value)
        if found.database:
            yield from self._queues()

    def _queues(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("policy_index_waiting", "Changes that wait for the index", Change.objects.count())
        runs = GaugeMetricFamily("policy_runs", "Runs by their state", labels=["state"])
        counted = {
            row["state"]: row for row in Run.objects.values("state").annotate(n=Count("pk"), since=Min("queued_at"))
        }
        for state in Run.State.values:
            runs.add_metric([state], counted[state]["n"] if state in counted else 0)
        yield runs
        queued = counted.get(Run.State.QUEUED)
        waited = (timezone.now() - queued["since"]).total_seconds() if queued else 0
        yield GaugeMetricFamily("policy_queue_seconds", "For how long the oldest queued run waits", max(waited, 0))


def _index() -> bool:
    try:
        indexing.current().count()
    except (IndexMissingError, OSError):
        return False
    return True


def _worker() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WORKER)
        return bool(cursor.fetchone()[0])


def _broker() -> bool:
    if settings.CELERY_BROKER_URL == "filesystem://":
        return os.access(settings.BROKER_FOLDER / "queue", os.W_OK)
    waits = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
    broker = Connection(settings.CELERY_BROKER_URL, connect_timeout=PATIENCE, transport_options=waits)
    try:
        broker.ensure_connection(max_retries=1, interval_start=0, reraise_as_library_errors=False)
    except (*broker.connection_errors, OSError):
        return False
    finally:
        broker.release()
    return True
