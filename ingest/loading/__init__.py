"""From records to rows: one file, one transaction."""

from ingest.loading.loader import find_loaded, load
from ingest.loading.report import LoadingError, LoadReport, OtherVersionError, Outcome

__all__ = ["LoadReport", "LoadingError", "OtherVersionError", "Outcome", "find_loaded", "load"]
