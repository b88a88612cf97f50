"""The runs of the ingest."""

from ingest.models.run import Run

__all__ = ["Run"]
