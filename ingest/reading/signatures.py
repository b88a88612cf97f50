"""Which format a file has: told by its content, and by its name only where text may be one or the other."""

import re
from pathlib import PurePath

from ingest.reading.reading import ReadingError

OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # the stream that holds a document with a password
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
PDF = b"%PDF-"
PDF_WITHIN = 1024  # bytes before the signature that PDF readers allow

SIGNATURES = (
    (b"{\\rtf", "RTF 文件", "请用 Word 或 WPS 打开，另存为 .docx 后再试"),
    (b"\x89PNG", "PNG 图片", "请先做文字识别（OCR）"),
    (b"\xff\xd8\xff", "JPEG 图片", "请先做文字识别（OCR）"),
    (b"GIF8", "GIF 图片", "请先做文字识别（OCR）"),
    (b"II*\x00", "TIFF 图片", "请先做文字识别（OCR）"),
    (b"MM\x00*", "TIFF 图片", "请先做文字识别（OCR）"),
    (b"\x1f\x8b", "gzip 压缩文件", "请先解压"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩文件", "请先解压"),
    (b"Rar!", "RAR 压缩文件", "请先解压"),
    (b"\x7fELF", "可执行文件", "请选择文档"),
    (b"MZ\x90\x00", "可执行文件", "请选择文档"),
)
# The root of an XML file, which may have a prefix; a declaration, comments and a document type stand above it.
AKOMA_NTOSO = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:.{0,2000}<)?(?:[\w.-]{1,20}:)?akomaNtoso[\s>]", re.DOTALL)
MARKDOWN_NAMES = (".md", ".markdown")
WEB_NAMES = (".html", ".htm")
# What may stand above the first element of a web page.
PROLOGUE = r"\ufeff?\s*(?:(?:<\?xml[^>]{0,200}\?>|<!--(?:[^-]|-(?!->)){0,2000}-->)\s*){0,20}"
WEB_PAGE = re.compile(PROLOGUE + r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
ELEMENT = re.compile(r"<(?:p|div|span|table|h[1-6]|br|ul|ol|section|article|meta)\b[^<>]{0,500}>", re.IGNORECASE)
HEAD = 20_000  # characters looked at to tell text from a web page


def binary_format(content: bytes) -> str | None:
    """`pdf`, `docx` (any zip archive) or `akn` (Akoma Ntoso), None for what may be text.

    Raises ReadingError for other kinds of files.
    """
    if PDF in content[:PDF_WITHIN]:
        return "pdf"
    if content.startswith(ZIP):
        return "docx"
    if content.startswith(OFFICE):
        if ENCRYPTED_PACKAGE in content:
            raise ReadingError("这是加了密码的 Office 文件，无法读取；请用 Word 或 WPS 去掉密码后再试。")
        raise ReadingError("这是旧版 Office 文件（doc、xls、wps），无法读取；请用 Word 或 WPS 另存为 .docx 后再试。")
    if AKOMA_NTOSO.match(content[:HEAD]):
        return "akn"
    for signature, name, advice in SIGNATURES:
        if content.startswith(signature):
            gap = " " if name[0].isascii() else ""
            raise ReadingError(f"这是{gap}{name}，无法读取；{advice}。")
    return None


def text_format(text: str, filename: str) -> str:
    """`html`, `md` or `txt`: a web page by its first element, a fragment of one by its name and its elements."""
    suffix = PurePath(filename).suffix.lower()
    head = text[:HEAD]
    if WEB_PAGE.match(head) or (suffix in WEB_NAMES and ELEMENT.search(head)):
        return "html"
    return "md" if suffix in MARKDOWN_NAMES else "txt"
