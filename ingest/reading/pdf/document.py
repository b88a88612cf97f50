"""A PDF opened and checked, its pages read, their lines made paragraphs."""

import io
import re
import zlib
from collections import Counter
from collections.abc import Sequence

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect, PDFXRefFallback
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ingest.reading.pdf import TOO_LARGE
from ingest.reading.pdf.furniture import without_furniture
from ingest.reading.pdf.layout import Page, read_page
from ingest.reading.pdf.paragraphs import paragraphs
from ingest.reading.reading import ReadingError

PAGES = 1_000
UNPACKED = 64 * 1024**2  # bytes of what one page draws
LINEARIZED = re.compile(rb"/Linearized\b[^>]{0,300}?/L\s{1,5}(\d{1,12})")
HEAD = 2048  # bytes within which a linearized file says how long it is
COVERS = 5  # pages from which on the first and last may be pictures
UNMAPPED = re.compile(r"\(cid:\d+\)")
MOST_UNMAPPED = 0.02  # share of the characters that may lack a meaning (bullets of symbol fonts)
# What is raised where a file is not as it should be.
LIBRARY_FAULTS = (PDFException, PSException, MalformedPDFException)
FAULTS = (*LIBRARY_FAULTS, zlib.error, RecursionError, ValueError, TypeError, LookupError)

DAMAGED = "PDF 文件已损坏或不完整，无法读取；请重新下载，或用阅读器打开，另存（打印）为新的 PDF 后再试。"
SCAN = "这个 PDF 是扫描件，没有文字层，无法读取；请先做文字识别（OCR），存成带文字层的 PDF 或 .docx 后再试。"
NO_TEXT = "PDF 里没有任何文字；看得见的字可能是图形，请用原稿导出 .docx，或做文字识别（OCR）后再试。"
LOCKED = "PDF 文件加了密码，无法读取；请用阅读器打开，去掉密码另存后再试。"
NO_MEANING = "PDF 的字体没有文字编码，复制出来是乱码，无法读取；请用原稿导出 .docx，或做文字识别（OCR）后再试。"


def read_document(content: bytes) -> tuple[list[str], list[int]]:
    """The lines of a PDF and the page of each.  Raises ReadingError."""
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            _check(document, content)
            pages = [_read(page) for page in document.pages]
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)):
            raise ReadingError(LOCKED) from error
        if isinstance(cause, MemoryError):
            raise ReadingError(TOO_LARGE) from error
        raise ReadingError(DAMAGED) from error
    except FAULTS as error:
        raise ReadingError(DAMAGED) from error
    _check_text(pages)
    return paragraphs(without_furniture(pages))


def _check(document: pdfplumber.PDF, content: bytes) -> None:
    """Raises ReadingError for a file that lacks a part, has too many pages, or goes in circles."""
    linearized = LINEARIZED.search(content[:HEAD])
    if any(isinstance(xref, PDFXRefFallback) for xref in document.doc.xrefs) or (
        linearized and int(linearized[1]) > len(content)
    ):
        raise ReadingError(DAMAGED)
    root = resolve1(document.doc.catalog.get("Pages"))
    count = resolve1(root.get("Count")) if isinstance(root, dict) else None
    found = len(document.pages)
    if found > PAGES:
        raise ReadingError(f"PDF 有 {found} 页，超过 {PAGES} 页的上限，没有读取；请拆成几份后再试。")
    if not found or not isinstance(count, int) or count > found:
        raise ReadingError(DAMAGED)


def _read(page: PlumberPage) -> Page:
    for stream in page.page_obj.contents:
        _check_stream(resolve1(stream))
    turn = _turn(page)
    if turn:
        page.page_obj.rotate = (page.rotation + turn) % 360
        page = PlumberPage(page.pdf, page.page_obj, page.page_number)
    read = read_page(page)
    page.close()
    return read


def _turn(page: PlumberPage) -> int:
    """By how many degrees, clockwise, a page must be turned for most of its text to run from left to right."""
    turns = Counter(_direction(char["matrix"]) for char in page.chars)
    return turns.most_common(1)[0][0] if turns else 0


def _direction(matrix: Sequence[float]) -> int:
    """The turn that sets a character upright, from where its base line leads to."""
    right, up = matrix[:2]
    if abs(right) >= abs(up):
        return 0 if right >= 0 else 180
    return 90 if up > 0 else 270


def _check_stream(stream: object) -> None:
    """Raises ReadingError for text that is cut off or garbled: the library would give the rest for the whole."""
    if not isinstance(stream, PDFStream):
        raise ReadingError(DAMAGED)
    filters = [str(getattr(name, "name", name)) for name, _ in stream.get_filters()]
    if stream.rawdata and not stream.decipher and filters in (["FlateDecode"], ["Fl"]):
        unpacker = zlib.decompressobj()
        unpacker.decompress(stream.rawdata, UNPACKED)
        if not unpacker.eof:
            raise ReadingError(TOO_LARGE if unpacker.unconsumed_tail else DAMAGED)
    elif stream.rawdata and not stream.get_data():
        raise ReadingError(DAMAGED)


def _check_text(pages: Sequence[Page]) -> None:
    """Raises ReadingError for a scan, in whole or in part, and for text without meaning."""
    if not any(page.lines or page.tables for page in pages):
        raise ReadingError(SCAN if any(page.pictured for page in pages) else NO_TEXT)
    inner = pages[1:-1] if len(pages) >= COVERS else pages
    scanned = [page.number for page in inner if page.pictured and not page.characters]
    if scanned:
        named = "、".join(map(str, scanned[:10])) + (" 等" if len(scanned) > 10 else "")
        raise ReadingError(
            f"PDF 的第 {named} 页是图片，没有文字层，读出来会缺内容，没有读取；"
            "请先做文字识别（OCR），或去掉这些页后再试。"
        )
    text = "".join(line.text for page in pages for line in page.lines)
    unmapped = sum(1 for _ in UNMAPPED.finditer(text))
    if unmapped > MOST_UNMAPPED * (len(UNMAPPED.sub("x", text)) or 1):
        raise ReadingError(NO_MEANING)
