"""Titles: told from other lines, joined where a page wrapped them, compared in spite of spaces and brackets."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from ingest.parsing.dates import DAY
from ingest.parsing.docnumbers import is_announcement, is_number_line

LONGEST = 120  # characters of a printed title, wrapped lines and all
MOST_LINES = 4  # that a title is wrapped over

MARKUP = re.compile(r"^\s*#{1,6}\s+|\*\*|\s*#*\s*$")
LABEL = re.compile(
    r"""
    [\s*\#>·•-]*
    (?: 第 [一二三四五六七八九十百千零〇○0-9０-９]+ (?:[编章节] | 条(?![0-9一二三四五六七八九十]))
      | [一二三四五六七八九十]{1,3} \s? [、.．]
      | [（(] \s? [一二三四五六七八九十0-9０-９]{1,3} \s? [）)]
      | [0-9０-９]{1,2} (?: \s? [、．.] (?![0-9]) | \s (?![0-9]) )
      | [①-⑳]
      | [—–]{2} | -{2}
      | [图表] \s? [0-9０-９一二三四五六七八九十]
      | 附 \s? [件：:]
    )
    """,
    re.VERBOSE,
)
SENTENCE = re.compile(r"[。；！？，：:;!?,…]\s*$|。.")
# The words that a document's title ends with, before （试行） and the like.
DOCUMENT_TYPE = re.compile(
    r"""
    (?: 条例 | 办法 | 规定 | 细则 | 规则 | 规程 | 规范 | 准则 | 指引 | 指南 | 标准 | 决定 | 决议 | 法
      | 通知 | 公告 | 通告 | 通报 | 公报 | 批复 | 复函 | 函 | 意见 | 建议
      | 规划 | 计划 | 方案 | 纲要 | 要点 | 行动 | 路线图 | 倡议 | 战略
      | 措施 | 政策 | 举措 | 若干条 | [一二三四五六七八九十]条 | 清单 | 目录 | 名单
      | 情况 | 报告 | 白皮书 | 蓝皮书 | 绿皮书 | 图谱 | 指数 | 研究 )
    (?: \s? [（(〔] [^（）()〔〕]{1,24} [）)〕] )* 》? (?: \s? [（(〔] [^（）()〔〕]{1,24} [）)〕] )* \s* $
    """,
    re.VERBOSE,
)
# A wrapped title's next line that no title begins with: 的通知, （征求意见稿）, （2023—2025年）.
CONTINUATION = re.compile(
    r"""
    的 (?: 若干 | 实施 | 指导 )? (?: 通知 | 公告 | 通告 | 意见 | 决定 | 批复 | 函 | 规定 | 办法 | 措施 ) [）)]? $
    | [（(〔]
      (?: 试行 | 暂行 | 修订 | 征求 | 公开征求 | 草案 | 送审 | 讨论 | 意见 | 第[一二三]次 | 审议 | 节选 | 摘要 | 全文
        | [0-9０-９]{4} | [一二三四五六七八九〇○]{4}年 )
      [^（）()〔〕日]{0,16} [）)〕] (?: 的 (?: 通知 | 公告 | 通告 | 函 ) )? $
    """,
    re.VERBOSE,
)
SUBTITLE = re.compile(r"\s*[—–―─]{1,3}\s?[^\s，；：。—–―─][^，；：。]{3,60}$")  # below a motto: ——某省某规划
NOTICE_END = re.compile(r"(?<=.{6})的?(?:通知|公告|通告)$")
OF_ISSUE = re.compile(r"关于(?:印发|发布|公布|转发|下发)")
AGENCY_END = re.compile(r"(?:部|委|厅|局|办|院|会|府|室|署|行|社|队|中央|集团|公司|中心|新区)$")
ACT = re.compile(r"关于|印发|发布|公布|出台|转发|令")
BETWEEN_WORDS = re.compile(r"(?<=[A-Za-z0-9)])\s+(?=[A-Za-z])|(?<=[A-Za-z])\s+(?=[0-9(])")


def key(text: str) -> str:
    """A title as compared: NFKC, letters, digits and Han only, so that spaces, brackets and dashes do not count."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def bare_key(text: str) -> str:
    """The key of a title without 的通知 and the like at its end, which contents lists drop."""
    return NOTICE_END.sub("", key(text))


def tidy(text: str) -> str:
    """A printed title as kept: markup and the spaces of wrapping gone, those between words and between issuers kept."""
    text = " ".join(MARKUP.sub("", text).split())
    act = ACT.search(text)
    parts = (text[: act.start()] if act else "").split(" ")
    head = parts[0]
    for before, after in pairwise(parts):
        two_agencies = AGENCY_END.search(before) and AGENCY_END.search(after) and not after.startswith("办公")
        head += (" " if two_agencies else "") + after
    tail = text[act.start() :] if act else text
    kept = BETWEEN_WORDS.sub("\0", tail)
    return head + re.sub(r"\s+", "", kept).replace("\0", " ")


def is_label(line: str) -> bool:
    """Whether the line begins with an outline's label, a list's mark or a caption's number."""
    return bool(LABEL.match(line))


def is_title_like(line: str) -> bool:
    """Whether a line may be a title or a part of one: short, no sentence, no label, no number or day alone."""
    text = line.strip()
    if not 0 < len(text) <= LONGEST:
        return False
    return not (SENTENCE.search(text) or is_label(text) or is_number_line(text) or DAY.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Run:
    """Lines start to end (1-based, blank ones between allowed) that read as one title."""

    start: int
    end: int
    text: str


def runs(lines: Sequence[str], start: int) -> list[Run]:
    """The titles that may begin on line `start`: over one line, two, up to MOST_LINES.

    None begins with a bracket: that is （2023年…通过） under a title, or a title's second line.
    """
    found: list[Run] = []
    if start > len(lines) or lines[start - 1].lstrip()[:1] in ("（", "("):
        return found
    text = ""
    for number, line in _following(lines, start):
        fits = _may_go_on(line, text) if text else _may_begin(line)
        if not fits or len(text) + len(line) > LONGEST or len(found) == MOST_LINES:
            break
        text = f"{text} {line.strip()}" if text else line.strip()
        found.append(Run(start, number, text))
    return found


def _may_begin(line: str) -> bool:
    return is_title_like(line) or is_announcement(line)


def _may_go_on(line: str, above: str) -> bool:
    """Whether a line may continue the title: also one led by a dash that ends as titles do, below a motto, and the
    number of an announcement."""
    subtitle = SUBTITLE.match(line) and DOCUMENT_TYPE.search(line) and not DOCUMENT_TYPE.search(above)
    numbered = is_announcement(f"{above}{line.strip()}")
    return is_title_like(line) or bool(subtitle) or numbered


def _following(lines: Sequence[str], start: int) -> Iterable[tuple[int, str]]:
    """The lines from `start` that are not blank, as long as no more than one blank line parts them."""
    blank = 0
    for number in range(start, len(lines) + 1):
        line = lines[number - 1]
        if line.strip():
            blank = 0
            yield number, line
        else:
            blank += 1
            if blank > 1:
                return


def complete(found: Sequence[Run], chosen: int) -> Run:
    """The run `chosen`, lengthened by the lines that can only continue a title."""
    while chosen + 1 < len(found):
        added = found[chosen + 1].text[len(found[chosen].text) :].strip()
        if not CONTINUATION.match(added):
            break
        chosen += 1
    return found[chosen]


def unguided(found: Sequence[Run]) -> Run | None:
    """The run that ends as a document's title ends, or the first line, when nothing tells the title beforehand."""
    for index, run in enumerate(found):
        if DOCUMENT_TYPE.search(run.text):
            issuing = OF_ISSUE.search(run.text) and not NOTICE_END.search(run.text)
            ends = (later for later in range(index, len(found)) if NOTICE_END.search(found[later].text))
            return complete(found, next(ends, index) if issuing else index)
    return complete(found, 0) if found else None


def likeness(one: str, other: str) -> float:
    """How alike two title keys are: 1.0 the same, from 0.9 one holds the other, else their share in common."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= 6 and 2 * len(short) >= len(long) and short in long:
        return 0.9 + 0.09 * len(short) / len(long)
    if 2 * sum((Counter(one) & Counter(other)).values()) < 0.6 * (len(one) + len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio() * 0.9
