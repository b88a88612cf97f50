"""Plain text: its encoding found out, its lines."""

import codecs
import re

from ingest.reading.reading import ReadingError

# What Chinese prose is made of; text decoded by a wrong rule leaves this at once.
EXPECTED = re.compile(r"[\t\n\r\f\x20-\x7e·—‘’“”…\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
# Control characters that no text needs; PostgreSQL refuses NUL, XML refuses them all.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
PLAUSIBLE = 0.9  # least share of expected characters
# Encodings that are not read, for nobody says so of a text without a declaration: what they are called, and the
# characters that prose in them is full of.
FOREIGN = (
    ("shift_jis", "Shift-JIS（日文）", re.compile(r"[\u3041-\u309f]"), 0.2),
    ("euc_kr", "EUC-KR（韩文）", re.compile(r"[\uac00-\ud7a3]"), 0.85),
    ("big5", "Big5（繁体中文）", re.compile(r"[的一是不在人有和大上中以為及之於者得應與日年、。，]"), 0.1),
)
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
ENOUGH = 30  # characters beyond ASCII that tell an encoding
SAMPLE = 20_000  # characters that are looked at to tell an encoding
DAMAGED = 0.02  # up to this share of broken characters it is UTF-8 with a fault, not another encoding

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like the mark of UTF-16 LE, so it is asked first
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(content: bytes) -> tuple[str, str]:
    """The text without a byte order mark, and the name of its encoding.

    Raises ReadingError for bytes that are no text, with the line or byte at fault.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return checked(_strict(content[len(mark) :], encoding, len(mark))), encoding
    encoding = _encoding(content)
    return checked(_strict(content, encoding, 0)), encoding


def _encoding(content: bytes) -> str:
    """The encoding of bytes without a mark; UTF-8 where nothing better fits."""
    if b"\x00" not in content and _damage(content) <= DAMAGED:
        return "utf-8"
    for encoding, name, usual, share in FOREIGN:
        if _is_full_of(content, encoding, usual, share):
            raise ReadingError(f"文件的编码很可能是 {name}，无法读取；请用文本编辑器打开，另存为 UTF-8 后再试。")
    for encoding in ("utf-16-le", "utf-16-be", "gb18030"):
        if _plausible(content, encoding):
            return encoding
    if b"\x00" in content:
        line = content.count(b"\n", 0, content.index(b"\x00")) + 1
        raise ReadingError(f"文件不是文本：第 {line} 行含有空字符（NUL），可能是二进制文件或已损坏。")
    raise ReadingError("无法识别文件的编码：不是 UTF-8、UTF-16 或 GB18030 文本，可能是二进制文件或已损坏。")


def _damage(content: bytes) -> float:
    """The share of characters beyond ASCII that are broken when the bytes are taken as UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
        return text.count("\ufffd") / max(sum(1 for c in text if c > "\x7f"), 1)
    return 0.0


def _plausible(content: bytes, encoding: str) -> bool:
    text = content[: SAMPLE * 2].decode(encoding, errors="replace")[:SAMPLE]
    return len(EXPECTED.findall(text)) >= PLAUSIBLE * max(len(text), 1)


def _is_full_of(content: bytes, encoding: str, usual: re.Pattern[str], share: float) -> bool:
    """Whether the bytes are text in the encoding: at least `share` of what is beyond ASCII is what is `usual`."""
    text = content[: SAMPLE * 2].decode(encoding, errors="replace")[:SAMPLE]
    found = len(BEYOND_ASCII.findall(text))
    return found >= ENOUGH and text.count("\ufffd") <= DAMAGED * found and len(usual.findall(text)) >= share * found


def _strict(content: bytes, encoding: str, skipped: int) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, errors="replace")
        line = len(before.splitlines()) + (1 if not before or before[-1] in "\r\n" else 0)
        place = f"第 {line} 行（文件第 {skipped + error.start + 1} 个字节）"
        cut = "，文件可能被截断" if error.end >= len(content) else ""
        raise ReadingError(f"{place}不是有效的 {encoding.upper()} 文字{cut}。") from error


def checked(text: str) -> str:
    """The text itself, if it holds no control characters."""
    found = CONTROL.search(text)
    if found:
        line = len(text[: found.start() + 1].splitlines())
        raise ReadingError(
            f"第 {line} 行含有控制字符 U+{ord(found.group()):04X}，文件可能是二进制文件或已损坏；请删去该字符后再试。"
        )
    return text
