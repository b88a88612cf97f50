"""Files that are no issue, each with what is said of it."""

from django.conf import settings

SAMPLE = (settings.FIXTURES / "samples" / "2031-01.txt").read_text(encoding="utf-8")

REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "文件是空的"),
    "blank": (b" \n\t\n", "文件是空的"),
    "binary": (b"\x00\x01\x02\x03" * 500, "不是文本"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG 图片"),
    "pdf": (b"%PDF-1.7\n1 0 obj\n", "PDF 文件"),
    "no encoding": (bytes(range(128, 256)) * 50, "无法识别文件的编码"),
    "50 MB": (("五十兆的文字" * 100 + "\n").encode() * 28_000, "超过 20 MB"),
}
READ = {encoding: SAMPLE.encode(encoding) for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "gb18030")}
