"""What the web server counts while it serves; what else is measured is read when somebody asks (config/health.py)."""

import os
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.registry import Collector

METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("policy_requests", "Requests answered", ["method", "view", "status"])
REQUEST_SECONDS = Histogram("policy_request_seconds", "Until the answer began", ["view"], buckets=SECONDS)
SEARCH_SECONDS = Histogram("policy_search_seconds", "Searches of the index", ["engine"], buckets=SECONDS)
MEMORY = Gauge("policy_web_memory_bytes", "Resident memory of the web server", multiprocess_mode="livesum")


def count_request(method: str, view: str, status: int, seconds: float) -> None:
    """Of what strangers make up nothing becomes a label: methods are those of METHODS, views those of the site."""
    REQUESTS.labels(method if method in METHODS else "other", view or "none", status).inc()
    REQUEST_SECONDS.labels(view or "none").observe(seconds)
    MEMORY.set(_resident_bytes())


def exposition(collector: Collector) -> bytes:
    """What all processes of this web server counted, and what the collector finds now, as Prometheus reads it."""
    registry = CollectorRegistry()
    registry.register(collector)
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:  # one process alone counts here
        return generate_latest(REGISTRY) + generate_latest(registry)
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)


def _resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
