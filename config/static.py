"""How static files are kept to be served: under the hash of their content, and compressed once."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    def create_compressor(self, **options: Any) -> Compressor:
        """By gzip alone: brotli, where another package brings it, takes longer than the rest of a first start."""
        return Compressor(**options, use_brotli=False)
