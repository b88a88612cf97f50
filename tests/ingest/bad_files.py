"""Files that are no whole issue, each with what is said of it."""

from django.conf import settings

SAMPLE = (settings.FIXTURES / "samples" / "2031-01.txt").read_text(encoding="utf-8")
LINES = SAMPLE.splitlines()
CONTENTS = next(number for number, line in enumerate(LINES) if "本期要目" in line)
FIRST_NOTE = next(number for number, line in enumerate(LINES) if line.startswith("编者按"))


def text(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


# What is no text: told at the reading.
UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "文件是空的"),
    "blank": (b" \n\t\n", "文件是空的"),
    "binary": (b"\x00\x01\x02\x03" * 500, "不是文本"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG 图片"),
    "pdf": (b"%PDF-1.7\n1 0 obj\n", "PDF 文件"),
    "no encoding": (bytes(range(128, 256)) * 50, "无法识别文件的编码"),
    "50 MB": (("五十兆的文字" * 100 + "\n").encode() * 28_000, "超过 20 MB"),
}
# Text that is no issue: told at the parsing.
NO_ISSUE: dict[str, tuple[bytes, str]] = {
    "story": (text(["从前有座山，山里有座庙。"] * 50), "无法识别这个文件"),
    "no masthead": (text(LINES[CONTENTS:]), "前面没有刊头"),
    "no contents": (text([line for line in LINES if "本期要目" not in line]), "没有找到“本期要目”"),
    "bodies alone": (text(LINES[FIRST_NOTE:]), "没有刊头和“本期要目”"),
    "cut after the contents": (text(LINES[: FIRST_NOTE - 3]), "文件可能被截断"),
}
REFUSED = UNREADABLE | NO_ISSUE
HALF = text(LINES[: len(LINES) // 2])
READ = {encoding: SAMPLE.encode(encoding) for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "gb18030")}
