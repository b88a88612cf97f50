"""The runs of the ingest."""

from ingest.models.batch import Batch
from ingest.models.event import RunEvent
from ingest.models.run import Run

__all__ = ["Batch", "Run", "RunEvent"]
