"""Document numbers: 黔府办函〔2031〕7号, 贵州省人民政府令第3号, 公告2031年第5号, 公告第一二八号, 公告〔十届〕第三号."""

import re
from collections.abc import Sequence

from ingest.parsing.dates import DAY

LONGEST = 100  # characters of a line that a number may stand on
COUNT = r"[0-9０-９]{1,5}|[一二三四五六七八九十百〇○零]{1,6}"
NUMBER = re.compile(
    rf"""
    (?P<letters> [\u4e00-\u9fffA-Za-z]{{1,20}} ) \s?
    [〔\[［【(（] \s? (?:19|20|21)\d\d \s? 年? \s? [〕\]］】)）] \s?
    (?:第\s?)? (?:{COUNT}) \s? 号
    """,
    re.VERBOSE,
)
ORDER = re.compile(
    rf"""
    (?P<issuer> [\u4e00-\u9fff、\x20]{{2,60}}? ) \s?
    (?: (?: 令 | 公告 | 通告 ) \s? (?: [（(〔［\[] \s? (?:第\s?)? (?:{COUNT}) \s? 届 \s? [）)〕］\]] \s? )? [（(〔]? \s?
        (?: (?:19|20|21)\d\d \s? 年 \s? )? 第 \s? (?:{COUNT}) \s? 号 \s? [）)〕]?
      | 第 \s? (?:{COUNT}) \s? 号 \s? (?: 令 | 公告 ) )
    """,
    re.VERBOSE,
)
BARE = re.compile(rf"[（(]?\s*(?:(?:19|20|21)\d\d\s?年\s?)?第\s?(?:{COUNT})\s?号\s*[）)]?$")
FIELD = re.compile(r"(?:发文字号|文\s{0,2}号|编\s{0,2}号)\s*[:：]\s*(?P<number>\S.{2,60})$")
ACT_LINE = re.compile(r"[\u4e00-\u9fff、\s]{0,60}(?:令|公告)$")
LETTERHEAD_LINES = 4  # of bodies and act above a bare number
BARE_ACT = 2  # characters of 令 and 公告 alone
LETTERHEAD_LINE = re.compile(r"[\u4e00-\u9fff、\s]{2,40}(?:府|部|委员会|委|院|局|厅|署|办公室|会)$")
BETWEEN_BODIES = re.compile(r"(?<=[府部委院局厅署室会])\s+(?!办公|令|公告|通告|第)(?=[\u4e00-\u9fff]{2})")
AFTER_TITLE = re.compile(
    r"》\s?(?:的(?:通知|公告|通告|函))?\s?[（(](?P<number>[^（）()《》，,；;]{4,40}号)(?:[，,；;][^（）()]{0,60})?[）)]"
)


def is_number_line(line: str) -> bool:
    """Whether the line holds a document's number and nothing else."""
    text = line.strip()
    if not 3 <= len(text) <= LONGEST or text[-1] not in "号）)":
        return False
    text = text.strip("（()）")
    return any(pattern.fullmatch(text) for pattern in (NUMBER, ORDER, BARE))


def is_announcement(line: str) -> bool:
    """Whether the line is an announcement's number with its issuer, which may be its title: 某某部公告2031年第5号."""
    text = line.strip()
    return len(text) <= LONGEST and bool(ORDER.fullmatch(text)) and ("公告" in text or "通告" in text)


def is_order_head(line: str, following: str) -> bool:
    """Whether an order begins here: 某某部令 第5号, on one line or on two."""
    text = line.strip()
    if len(text) > LONGEST:
        return False
    return bool(ORDER.fullmatch(text) or (ACT_LINE.fullmatch(text) and BARE.fullmatch(following.strip())))


def find_number(title: str, head: Sequence[str], note: str) -> str | None:
    """The document's own number, as printed, without spaces.

    It stands on a short line near the title, in the brackets under it, in the title itself, or
    behind the title in the editor's note; numbers that a text cites are others'.
    """
    short = [line.strip() for line in head if 0 < len(line.strip()) <= LONGEST and not line.rstrip().endswith("。")]
    for index, line in enumerate(short):
        field = FIELD.match(line)
        if field:
            return _plain(field["number"])
        if is_number_line(line):
            above = short[:index] or [title] * ("关于" not in title)
            issuer = _letterhead(above) if BARE.match(line) else ""
            return issuer + _apart(line if issuer or not _wrapped(line) else line[1:-1])
    for line in [line.strip() for line in head if line.strip()[:1] in ("（", "(")]:
        found = ORDER.search(DAY.sub("，", line))
        if found:
            return _plain(found.group())
    inside = NUMBER.search(title) or ORDER.fullmatch(title)
    if inside:
        return _plain(inside.group())
    behind = AFTER_TITLE.search(note)
    if behind and NUMBER.fullmatch(behind["number"].strip()):
        return _plain(behind["number"])
    return None


def _letterhead(above: Sequence[str]) -> str:
    """The lines right above a bare number that it belongs to: 某某人民政府, 令."""
    if not above or not ACT_LINE.match(above[-1]):
        return ""
    first = len(above) - 1
    while first > 0 and LETTERHEAD_LINE.match(above[first - 1]) and len(above) - first < LETTERHEAD_LINES:
        first -= 1
    act = _apart(above[-1])
    return " ".join(map(_plain, above[first:-1])) + (
        act if len(act) <= BARE_ACT or first == len(above) - 1 else " " + act
    )


def order_issuer(number: str | None) -> str | None:
    """贵州省人民政府 of 贵州省人民政府令第3号; None for numbers of other kinds."""
    found = ORDER.match(number) if number else None
    return found["issuer"] if found else None


def letters(number: str | None) -> str:
    """黔府办函 of 黔府办函〔2031〕7号, empty for numbers of other kinds."""
    found = NUMBER.match(number) if number else None
    return found["letters"] if found else ""


def _wrapped(line: str) -> bool:
    return line[0] in "（(" and line[-1] in "）)"


def _apart(number: str) -> str:
    """The number without spaces but those between the bodies of a joint order: 示例部 样本总局令第5号."""
    return " ".join(map(_plain, BETWEEN_BODIES.split(number)))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
