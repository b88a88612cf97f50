"""The file of a source whose format has pages is kept, so that they can be shown."""

from ingest.reading import Reading
from policies.models import Printed, Source


def keep_pages(reading: Reading, content: bytes, sha256: str) -> None:
    """Keep the bytes of the source just loaded, if its lines stand on pages."""
    if reading.pages:
        facts = {"content": content, "pages": reading.pages}
        Printed.objects.update_or_create(source=Source.objects.get(sha256=sha256), defaults=facts)
