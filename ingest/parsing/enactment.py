"""When a document was adopted, issued and takes effect."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from ingest.parsing.dates import Day, find_days, small_number
from ingest.parsing.head import DocumentText
from ingest.parsing.titles import AGENCY_END

NEAR = 120  # characters after a day within which its act is named
FAR = 300  # characters that may stand between a day and the title it belongs to
LONGEST = 400  # characters of a line of the head that may tell of adoption
ADOPTED = re.compile(r"通过")
ISSUED = re.compile(r"公布|发布|印发|颁布|下发|出台|令")
# Some words, or the whole text; 批准的 leads to the day on which what was approved was decided.
CHANGED = re.compile(r"修正(?![的后案])|(?P<revised>修订)(?![的后])|批准的\s*$")
OTHER_ACT = re.compile(r"通过的|修正|修改|修订|废止|失效|批准")
QUOTED = re.compile(r"《[^》]*》?")
ENACTING = re.compile(r"现予|予以[公发]布|[公发]布施行|已经?.{0,60}通过|^[（(]|^\d{4}\s?年")
SOON = re.compile(r"近日|日前|近期|最近|前不久|《")
FROM = re.compile(r"[自从于由]\s?$")
COMES = r"\s*起?\s*(?:正式|开始|全面)?\s*(?:施行|实施|执行|生效|试行)"
TAKES_EFFECT = re.compile(COMES)
VALID = re.compile(r"有效期[限为是自从：:\s]{0,4}$")
UPON_ISSUE = re.compile(
    rf"(?:公布|发布|印发|颁布|下发|签发)之日(?:{COMES}|起?\s?满?(?P<days>\d{{1,3}}|[一二三四五六七八九]?十[一二三四五六七八九]?)\s?[日天]后?{COMES})"
)
FIELD = re.compile(r"\s*[\[【]?(?:成文|印发|发文|发布|公布)(?:日期|时间)[\]】]?\s*[:：]")
OWN = re.compile(r"(?:本|该)\s?[\u4e00-\u9fff]{2,12}|^[\s#*]*第.{1,8}条")
COMING = ("施行", "实施", "执行", "生效", "试行", "有效期")


@dataclass(slots=True)
class Enactment:
    """The days that a document's text gives; None where it gives none."""

    adopted_on: date | None = None
    issued_on: date | None = None
    effective_on: date | None = None


def read_enactment(text: DocumentText, draft: bool) -> Enactment:
    """The days of adoption, issue and effect.

    Issue is 公布 or 印发 where that is printed, else the signature's day, a revision's, or that of the
    sentence that announces the document, a field above the title, else adoption.  An amended text keeps the day
    of its first adoption, and is issued on that of its last amendment (修正, 修订), so that every edition has a day
    of its own.  自公布之日起施行 takes the day of issue, but not that of mere adoption or 修正, and not for a draft.
    """
    head, told = _from_head(text), _from_lead(text)
    adopted = head.adopted_on or head.revised_on or told.adopted_on
    issued = _last(head.issued_on or _signed(text), head.revised_on) or told.issued_on or _from_field(text)
    effective, days = _closing(text)
    effective = effective or head.effective_on or told.effective_on
    if days is None:
        days = next(
            (after for line in text.head if ENACTING.search(line) and (after := _upon_issue(line)) is not None), None
        )
    if effective is None and issued and days is not None and not draft:
        effective = issued + timedelta(days)
    return Enactment(adopted, _last(issued or adopted, head.amended_on), effective)


@dataclass(slots=True)
class _Told(Enactment):
    amended_on: date | None = None  # last, by 修正 or 修订
    revised_on: date | None = None  # last, by 修订 alone


def _last(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _from_head(text: DocumentText) -> _Told:
    """（2031年4月2日…令第9号公布 自2031年7月5日起施行）, 2007年11月23日 …会议通过, and orders' first words."""
    told = _Told()
    for line in text.head:
        if len(line) > LONGEST or ("。" in line and not ENACTING.search(line)):
            continue
        days = list(find_days(line, text.published))
        for day, following in zip_longest(days, days[1:]):
            after = QUOTED.sub("", line[day.end : following.start if following else len(line)])[:NEAR]
            if _is_start(line, day):
                told.effective_on = told.effective_on or day.value
            elif change := CHANGED.search(after):
                told.amended_on = _last(told.amended_on, day.value)
                if change["revised"]:
                    told.revised_on = _last(told.revised_on, day.value)
            elif OTHER_ACT.search(after):
                continue
            elif ADOPTED.search(after):
                if told.adopted_on:  # again: a new edition
                    told.amended_on = _last(told.amended_on, day.value)
                told.adopted_on = told.adopted_on or day.value
            elif ISSUED.search(after):
                told.issued_on = told.issued_on or day.value
    return told


def _from_lead(text: DocumentText) -> Enactment:
    """2月24日，某办公室公布《…》，自2023年6月1日起施行: what the sentences that name the document say."""
    told = Enactment()
    for sentence in text.sentences():
        place = text.own_title(sentence)
        days = list(find_days(sentence, text.published))
        for day in days:
            if _is_start(sentence, day) and (place or "《" not in sentence) and text.note:
                told.effective_on = told.effective_on or day.value
            elif place:
                _tell(told, sentence, place, day)
    return told


def _tell(told: Enactment, sentence: str, place: tuple[int, int], day: Day) -> None:
    """What a day in a sentence is to the document that the sentence names at `place`."""
    if day.end <= place[0]:
        between = sentence[day.end : place[0]] if place[0] - day.end <= FAR else "《"
        if SOON.search(between):
            return
    else:
        between = sentence[day.end :][:NEAR]
    adopted, issued = ADOPTED.search(between), ISSUED.search(between)
    if adopted and not (issued and issued.start() < adopted.start()):
        told.adopted_on = told.adopted_on or day.value
    elif issued:
        told.issued_on = told.issued_on or day.value


def _from_field(text: DocumentText) -> date | None:
    """成文日期：2031年1月6日, or else 发布日期, as a site prints them above the title."""
    fields = [line for line in text.above if FIELD.match(line)]
    fields.sort(key=lambda line: not re.match(r"\s*成文", line))
    return next((day.value for line in fields for day in find_days(line)), None)


def _is_start(text: str, day: Day) -> bool:
    """Whether the day is one from which something is in force: 自2023年3月1日起施行."""
    before, after = text[max(day.start - 8, 0) : day.start], text[day.end : day.end + 12]
    if VALID.search(before):
        return True
    return bool(TAKES_EFFECT.match(after)) and (bool(FROM.search(before)) or after.lstrip().startswith("起"))


def _signed(text: DocumentText) -> date | None:
    """The day under the issuers' names, or alone at the document's beginning or end."""
    for signature in text.signatures:
        if signature.day and any(AGENCY_END.search(line) for line in signature.lines):
            return signature.day
    return next((signature.day for signature in text.signatures if signature.day and signature.at_edge), None)


def _upon_issue(sentence: str) -> int | None:
    """How many days after its issue a document takes effect: 0 of 自公布之日起施行, 30 of 自公布之日起30日后施行."""
    found = UPON_ISSUE.search(sentence)
    return (small_number(found["days"]) if found["days"] else 0) if found else None


def _closing(text: DocumentText) -> tuple[date | None, int | None]:
    """The day from the closing article (本条例自…起施行), or how many days after its issue it says."""
    effective: date | None = None
    days: int | None = None
    for line in text.body:
        if not any(word in line for word in COMING):
            continue
        for sentence in re.split(r"[。；]", QUOTED.sub("", line)):
            if not OWN.search(sentence):
                continue
            starts = [day.value for day in find_days(sentence) if _is_start(sentence, day)]
            if starts:
                effective, days = starts[0], None
            elif (after := _upon_issue(sentence)) is not None:
                effective, days = None, after
    return effective, days
