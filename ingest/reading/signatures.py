"""Files that are told by their first bytes, or by their name, as no plain text."""

from pathlib import PurePath

SIGNATURES = (
    (b"%PDF-", "PDF 文件"),
    (b"PK\x03\x04", "压缩包或 Office 文件（docx、xlsx、zip）"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文件（doc、xls）"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"\x1f\x8b", "gzip 压缩文件"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩文件"),
    (b"Rar!", "RAR 压缩文件"),
    (b"\x7fELF", "可执行文件"),
    (b"MZ\x90\x00", "可执行文件"),
)
SUFFIXES = {
    ".pdf": "PDF 文件",
    ".doc": "Word 文件",
    ".docx": "Word 文件",
    ".wps": "WPS 文件",
    ".html": "网页文件",
    ".htm": "网页文件",
    ".xls": "Excel 文件",
    ".xlsx": "Excel 文件",
    ".zip": "压缩包",
}
WEB_PAGE = (b"<!doctype html", b"<html")


def other_format(content: bytes, filename: str) -> str | None:
    """The Chinese name of the format that content or name tell, None for what may be plain text."""
    for signature, name in SIGNATURES:
        if content.startswith(signature):
            return name
    if content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(WEB_PAGE):
        return "网页文件"
    return SUFFIXES.get(PurePath(filename).suffix.lower())
