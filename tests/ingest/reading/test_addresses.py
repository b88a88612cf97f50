"""Documents that name addresses: they are read or refused, and nobody is asked for what lies there."""

import contextlib
import socket
from collections.abc import Iterator

import pytest

from ingest.reading import ReadingError, read
from tests.ingest.reading.archives import OFFICE, RELATIONSHIPS, archive, paragraph, part
from tests.ingest.reading.pdfs import CATALOG, FONT, assembled, page, stream

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
BODY = "<p>第一条　驿站应当登记。</p><p>第二条　登记免费。</p>"
REFUSED = {"实体.xml", "嵌.docx", "外.pdf"}  # which say nothing without what lies elsewhere


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def documents(host: str) -> dict[str, bytes]:
    """Each way in which a format may lead elsewhere."""
    outside = f"http://{host}/x"
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{outside}">]>'
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{outside}"/>'
    relation = '<Relationship Id="r{0}" Type="{1}/{2}" Target="{3}" TargetMode="External"/>'
    relations = "".join(
        relation.format(number, OFFICE, kind, outside)
        for number, kind in enumerate(("image", "attachedTemplate", "aFChunk", "hyperlink"))
    )
    chunk = f'<w:altChunk xmlns:r="{OFFICE}" r:id="r2"/>'
    told = f'<Relationship Id="r9" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    common = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONSHIPS}">{told}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}">{relations}</Relationships>',
    }
    said = paragraph("第一条　驿站应当登记。")
    action = b"<< /Type /Action /S /URI /URI (%s) >>" % outside.encode()
    remote = b"<< /Type /Action /S /GoToR /F << /FS /URL /F (%s) >> /D [0 /Fit] >>" % outside.encode()
    catalog = CATALOG.replace(b" >>", b" /OpenAction 6 0 R /Names 7 0 R >>")
    kids = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    shown = b"BT /F 12 Tf 72 700 Td (Open) Tj ET"
    elsewhere = stream(shown, b"/F << /FS /URL /F (%s) >>" % outside.encode())
    head = f'<base href="{outside}/"><link rel="stylesheet" href="{outside}"><script src="{outside}"></script>'
    frames = f'<img src="{outside}"><iframe src="{outside}"></iframe>{include}'
    return {
        "网页.html": f"<html><head>{head}</head><body>{frames}{BODY}</body></html>".encode(),
        "实体.html": f"{entity}<html><body>&e;{BODY}</body></html>".encode(),
        "法.xml": f'<?xml-stylesheet href="{outside}"?><akomaNtoso xmlns="{AKN}"><act><body>{include}{BODY}'
        f'<ref href="{outside}">附</ref></body></act></akomaNtoso>'.encode(),
        "实体.xml": f'{entity}<akomaNtoso xmlns="{AKN}"><act><body>&e;{BODY}</body></act></akomaNtoso>'.encode(),
        "结构.xml": f'<akomaNtoso xmlns="{AKN}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" '
        f'i:schemaLocation="{AKN} {outside}"><act><body>{BODY}</body></act></akomaNtoso>'.encode(),
        "文.docx": archive({**common, "word/document.xml": part("document", f"<w:body>{said}</w:body>")}),
        "嵌.docx": archive({**common, "word/document.xml": part("document", f"<w:body>{said}{chunk}</w:body>")}),
        "开.pdf": assembled([catalog, kids, page(), stream(shown), FONT, action, remote]),
        "外.pdf": assembled([catalog, kids, page(), elsewhere, FONT, action, remote]),
    }


@pytest.mark.parametrize("name", documents(""))
def test_nobody_is_asked(name: str, listener: socket.socket):
    host, port = listener.getsockname()
    with pytest.raises(ReadingError) if name in REFUSED else contextlib.nullcontext():
        assert read(documents(f"{host}:{port}")[name], name).lines
    with pytest.raises(BlockingIOError):
        listener.accept()
