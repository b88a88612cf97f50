"""`python -m ingest.reading.pdf.process SECONDS`: a PDF from standard input, its lines as JSON to standard output.

The answer is {"lines": […], "pages": […]} or {"error": message}; a process that dies gives none.
"""

import json
import logging
import resource
import sys

from ingest.reading.pdf import TOO_LARGE
from ingest.reading.reading import ReadingError

MEMORY = 1024**3  # bytes of address space


def limit(seconds: int) -> None:
    """Bound this process: MEMORY, and so many seconds of processor time, after which it ends with SIGXCPU.

    However it ends, it writes no core, which would hold the file that it reads.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(seconds: int) -> None:
    """Read it within so many seconds of processor time."""
    limit(seconds)
    logging.disable(logging.CRITICAL)  # the library warns of trifles, and what matters is checked
    answer: dict[str, object]
    try:
        from ingest.reading.pdf.document import read_document  # within the limits that were just set

        lines, pages = read_document(sys.stdin.buffer.read())
        answer = {"lines": lines, "pages": pages}
    except ReadingError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": TOO_LARGE}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
