"""`python -m ingest.reading.pdf.rendering N`: a PDF from standard input, its Nth page as PNG to standard output.

A process of its own for the reason that `ingest.reading.pdf` gives; where it fails it writes nothing.
"""

import subprocess
import sys

from ingest.reading.pdf import ROOT
from ingest.reading.pdf.process import limit

SECONDS = 20
LONGEST = 1400  # pixels of the longer side
LARGEST = 3.0  # times its size in points, for a very small page


def page_image(content: bytes, number: int) -> bytes | None:
    """The 1-based page of a PDF as PNG; None where it cannot be drawn within SECONDS."""
    command = [sys.executable, "-m", "ingest.reading.pdf.rendering", str(number)]
    try:
        result = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, cwd=ROOT, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    return result.stdout or None


def main(number: int) -> None:
    limit(SECONDS)
    import pypdfium2  # within the limits that were just set

    page = pypdfium2.PdfDocument(sys.stdin.buffer.read())[number - 1]
    scale = min(LONGEST / max(*page.get_size(), 1.0), LARGEST)
    page.render(scale=scale).to_pil().save(sys.stdout.buffer, "PNG", optimize=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
