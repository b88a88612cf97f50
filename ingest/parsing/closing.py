"""What stands around a document's provisions: the printed 目录, the signature and notes at its end, 附件."""

import re
from collections.abc import Sequence

from ingest.parsing.joining import Line, is_finished, width
from ingest.parsing.labels import ARTICLE, CHAPTER, DASH, DIVISION, HAN, HAN_PAREN, PART, Label

_CONTENTS = re.compile(r"(?:报告|白皮书|规划|正文|文件)?\s?目\s*[录次]\s*[:：]?|CONTENTS|Contents")
_LEADERS = re.compile(r"[\s.．…·•⋯-]*\d{0,3}\s*$")
_DATE = re.compile(
    r"[（(]?\s?[\d〇○零一二三四五六七八九]{4}\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日(?:印发)?\s?[）)]?"
)
_NOTE = re.compile(r"[（(]?\s?(?:附?注|备注|注释|附注|名词解释|资料来源|数据来源)(?:\s?\d{1,2})?\s?(?:[:：].*|$)")
_NOTE_MORE = re.compile(r"(?:\^?\[\d{1,3}\]|\d{1,3}\s?[.．、]|[（(]\d{1,3}[）)]|[①-⑳]).*")
_IN_FORCE = re.compile(r"(?:本|以上)[^，。；]{1,16}(?:自|由|有效期|执行期|未尽事宜).{0,120}")
_IMPRINT = re.compile(
    r"[（(]?(?:此件|本件).{0,12}(?:公开|发布|印发).{0,10}[）)]?|(?:抄送|主送|抄报|联系人|联系电话|信息公开选项)\s?[:：].*"
)
_BODY_NAME = re.compile(r".{2,40}(?:厅|局|委|委员会|部|办公室|政府|院|会|中心|署|领导小组)")
_ATTACHMENT = re.compile(
    r"附\s?(?:件|录|表)?\s?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})?\s?(?:(?P<colon>[:：])\s?(?P<rest>.*)|$)"
)
_ATTACHMENT_TITLED = re.compile(r"附\s?[件录表]\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2})?\s+\S.{0,40}")
_LONGEST_ENTRY = 80
_LONGEST_ENTRY_WIDTH = 60
_LONGEST_SIGNATURE = 32
_LONGEST_PERSON = 12
_MOST_SIGNATURES = 15


def contents_lines(lines: Sequence[Line], labels: Sequence[Label | None], ends_with_it: bool) -> set[int]:
    """Indexes of the lines of a printed 目录: from its heading to where its first entry is printed again.

    `ends_with_it`: a report's contents may be the last thing that a digest prints of it.
    """
    for index, line in enumerate(lines):
        if _CONTENTS.fullmatch(line.text):
            again = _printed_again(lines, index + 1)
            if again:
                return set(range(index, again))
            return _run_of_entries(lines, index) if ends_with_it else _closed_run(lines, labels, index)
    return _unheaded_run(labels)


def _entry(text: str) -> str:
    return re.sub(r"\s", "", _LEADERS.sub("", text))


def _printed_again(lines: Sequence[Line], first: int) -> int:
    """Where the first entry after the heading of the 目录 stands again, or 0."""
    if first >= len(lines) or len(lines[first].text) > _LONGEST_ENTRY:
        return 0
    wanted = _entry(lines[first].text)
    for index in range(first + 2, len(lines)):
        text = lines[index].text
        if len(text) <= 3 * len(wanted) + 20 and _entry(text) == wanted:
            return index
    return 0


def _run_of_entries(lines: Sequence[Line], first: int) -> set[int]:
    """The 目录 and all lines after it that are no sentences."""
    after = next((index for index in range(first + 1, len(lines)) if is_finished(lines[index].text)), len(lines))
    return set(range(first, after))


def _closed_run(lines: Sequence[Line], labels: Sequence[Label | None], first: int) -> set[int]:
    """The 目录 and its entries, when the text goes on with their first label again."""
    opening: Label | None = None
    for index in range(first + 1, len(lines)):
        label = labels[index]
        if opening and label and (label.style, label.number) == (opening.style, opening.number):
            return set(range(first, index))
        if is_finished(lines[index].text) or width(lines[index].text[:80]) > _LONGEST_ENTRY_WIDTH:
            break
        opening = opening or label
    return {first}


def _unheaded_run(labels: Sequence[Label | None]) -> set[int]:
    """The chapters of a 目录 whose heading is lost: in a row, with the first of them again after the last."""
    first = next((index for index, label in enumerate(labels) if label and label.style in (PART, CHAPTER)), len(labels))
    last = first
    while last < len(labels) and (label := labels[last]) and label.style in (PART, CHAPTER, DIVISION):
        opening = labels[first]
        if last > first + 1 and opening and (label.style, label.number) == (opening.style, opening.number):
            return set(range(first, last))
        last += 1
    return set()


def attachment_starts(lines: Sequence[Line], labels: Sequence[Label | None]) -> list[int]:
    """Indexes of the lines that an attachment begins on; those before the first label begin none."""
    first = next(
        (i for i, label in enumerate(labels) if label and label.style in (ARTICLE, HAN, HAN_PAREN, DASH)), len(lines)
    )
    starts = []
    for index, line in enumerate(lines):
        text = line.text
        if (
            index <= first
            or not text.startswith("附")
            or (index and not is_finished(lines[index - 1].text) and width(lines[index - 1].text) > 30)
        ):
            continue
        match = _ATTACHMENT.fullmatch(text)
        titled = _ATTACHMENT_TITLED.fullmatch(text)
        if (match and text != "附" and not _NOTE.fullmatch(text)) or (titled and not is_finished(text)):
            starts.append(index)
    return starts


def attachment_label(text: str) -> tuple[str, int]:
    """附件1：… → 附件1 and the length of the label with its colon."""
    match = re.match(r"附\s?(?:件|录|表)?\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2})?", text)
    label = match[0] if match else "附"
    end = len(label)
    if text[end : end + 1] in ("：", ":"):
        end += 1
    return re.sub(r"\s", "", label), end


def is_listing(text: str) -> bool:
    """附件：1.… lists attachments; 附件1 alone begins one."""
    match = _ATTACHMENT.fullmatch(text)
    return bool(match and match["colon"] and match["rest"])


def closing_start(
    lines: Sequence[Line], labels: Sequence[Label | None], first: int, last: int, signatures: bool
) -> int:
    """The index in first..last (inclusive) where signature, date and notes begin, or last + 1.

    `signatures`: whether a name without a date under it may be one, as in rules and plans.
    """
    start = _notes_start(lines, labels, first, last)
    in_articles = any(label and label.style == ARTICLE for label in labels[first : last + 1])
    dated = False
    for index in range(start - 1, max(first, start - _MOST_SIGNATURES), -1):
        text, before = lines[index].text, lines[index - 1].text
        if labels[index]:
            break
        if _leads_alone(lines[index - 1].text, labels[index - 1]) and not _DATE.fullmatch(text):
            break
        if _DATE.fullmatch(text):
            dated = True
        elif not (_IMPRINT.fullmatch(text) or (not in_articles and _IN_FORCE.fullmatch(text))):
            alone = signatures and (is_finished(before) or bool(_BODY_NAME.fullmatch(before)))
            if not (dated or alone) or not _signs(text, dated):
                break
        start = index
    return start


def _leads_alone(text: str, label: Label | None) -> bool:
    """Whether a line is a label with a heading of its own (四、附则), whose text must follow."""
    return label is not None and label.style in (CHAPTER, HAN, HAN_PAREN) and not is_finished(text)


def _signs(text: str, dated: bool) -> bool:
    """Whether a line is who signs: a body's name, or anything short right above a date."""
    if is_finished(text) or "：" in text or width(text[:80]) > _LONGEST_SIGNATURE:
        return False
    return bool(_BODY_NAME.fullmatch(text)) or (dated and width(text) <= _LONGEST_PERSON)


def _notes_start(lines: Sequence[Line], labels: Sequence[Label | None], first: int, last: int) -> int:
    """Where a note begins that nothing but its own points, dates and names follow."""
    for index in range(last, first, -1):
        text = lines[index].text
        if _NOTE.fullmatch(text):
            return index
        label = labels[index]
        if not (_NOTE_MORE.fullmatch(text) or _DATE.fullmatch(text) or _IMPRINT.fullmatch(text)) or (
            label and label.style in (HAN, HAN_PAREN, ARTICLE)
        ):
            break
    return last + 1


def is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text))
