"""PDF files made by hand: object by object, or drawn line by line."""

import io
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.reading.renderings import SONG

Draw = Callable[[Canvas], None]


def drawn(pages: Sequence[Draw], encrypt: str | None = None) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=encrypt)
    for draw in pages:
        canvas.setFont(SONG, 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def texts(*lines: tuple[float, float, str], size: float = 10) -> Draw:
    """Draws lines, each at its x and at its y from the top."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(SONG, size)
        for x, y, text in lines:
            canvas.drawString(x, A4[1] - y, text)

    return draw


def assembled(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A file of these objects, numbered from 1, with a right cross-reference table."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), extra, packed)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(contents: bytes = b"4 0 R", parent: bytes = b"2 0 R") -> bytes:
    return (
        b"<< /Type /Page /Parent %s /MediaBox [0 0 595 842] /Contents %s /Resources << /Font << /F 5 0 R >>"
        b" /XObject << /X 4 0 R >> >> >>" % (parent, contents)
    )


def ended_by(name: str, folder: Path) -> Path:
    """What to run as Python for a reader of PDF files that a signal of that name ends."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\nkill -{name} $$\n")
    program.chmod(0o700)
    return program
