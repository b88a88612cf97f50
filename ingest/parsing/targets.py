"""Targets: the quantified commitments of a policy, with the years they are for.

What counts as a target is the annotation guide's word.  phrases.py reads a number in its clause,
promises.py decides, indicators.py and naming.py name it, scopes.py knows its deadline.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.parsing.indicators import Indicator, counted, indicator_of
from ingest.parsing.naming import clean
from ingest.parsing.nodes import Outline
from ingest.parsing.numbers import find_quantities, number_value
from ingest.parsing.phrases import Phrase, left_boundary, phrase_of
from ingest.parsing.present import NOWHEN, Present
from ingest.parsing.promises import Promise, judge
from ingest.parsing.refusals import Setting
from ingest.parsing.scopes import Passage, passages
from ingest.records import TargetRecord

KINDS = frozenset({"law", "plan", "measures", "notice", "news"})
TOLD_FIRST = frozenset({"preamble", "body"})  # where news and introductions tell what has been
COUNTED_LISTS = re.compile(
    r"(?P<open>“?)(?<![第\d])(?P<number>[二两三四五六七八九十]|\d{1,2})张(?P<close>”?)清单”?(?!管理|制度|机制|模式|体系|[》的])"
)
LISTED = re.compile(r"(?:建立|编制|制定|公布|出台)(?=[，。；、])")  # 三张清单│建立
LISTING = re.compile(r"编制|制定|梳理|建立|形成|公布|出台|列出|完善")
LONGEST_INDICATOR = 200
YEARLY = re.compile(r"每(?:年|季度|半年|月)")
UNREAD = frozenset({"closing"})


def find_targets(outline: Outline, kind: str, present: Present = NOWHEN) -> list[TargetRecord]:
    """The targets that one policy's sentences tell, in the order of its lines.

    `kind` is the policy's kind; statistics and reports have none.  `present` is what 今年 and 三年内
    count from.  Lines are those of the source.
    """
    if kind not in KINDS:
        return []
    targets: list[TargetRecord] = []
    if kind == "law":
        present = NOWHEN
    elif kind == "news":  # the year in a headline is that of what happened
        present = replace(present, yearly=False)
    for passage in passages(outline, present):
        if passage.node.type not in UNREAD:
            targets.extend(_of_passage(passage, kind))
    return sorted(targets, key=lambda target: target.line)


@dataclass(slots=True)
class _Read:
    """The target before: its phrase, its indicator and the sentence it stood in."""

    phrase: Phrase
    indicator: Indicator
    sentence: int


def _of_passage(passage: Passage, kind: str) -> Iterator[TargetRecord]:
    text = passage.text.text
    last: _Read | None = None
    for quantity in find_quantities(text):
        phrase = phrase_of(text, quantity, last.phrase if last else None)
        sentence = passage.sentence_of(quantity.start)
        known = last.indicator if last and last.sentence == sentence else None
        follows = phrase.place > 0 and known is not None
        promise = judge(phrase, _setting(passage, phrase, kind, sentence, known if follows else None))
        indicator = indicator_of(phrase, known) if promise else None
        if promise and indicator and indicator.text:
            yield _record(passage, phrase, indicator, promise)
            last = _Read(phrase, indicator, sentence)
    yield from _counted_lists(passage)


def _setting(passage: Passage, phrase: Phrase, kind: str, sentence: int, before: Indicator | None) -> Setting:
    type_ = passage.node.type
    term = passage.term_at(phrase.quantity.start, telling=kind == "news" or type_ in TOLD_FIRST)
    return Setting(
        dated=term.nearness if term.deadline else "",
        past=term.past,
        sentence=sentence,
        follows=before is not None,
        alike=before is not None and before.counted == counted(phrase),
        strict=kind == "law" or type_ == "preamble" or passage.conditional,
    )


def _record(passage: Passage, phrase: Phrase, indicator: Indicator, promise: Promise) -> TargetRecord:
    quantity = phrase.quantity
    deadline = passage.deadline_of(quantity.start, phrase.place)
    if (
        YEARLY.search(phrase.head)
        and not passage.in_goal
        and passage.term_at(quantity.start, telling=False).nearness == "near"
    ):
        deadline = None  # a volume of every year: the deadline of another sentence is not its own
    line, quote = passage.text.quote(min(indicator.start, quantity.start), phrase.stop, quantity.start)
    return TargetRecord(
        path=passage.path,
        line=line,
        quote=quote,
        indicator=indicator.text[:LONGEST_INDICATOR],
        op=phrase.op,
        value=quantity.value,
        unit=quantity.unit.text,
        value_max=quantity.value_max,
        year=deadline.year if deadline else None,
        year_from=deadline.year_from if deadline else None,
        rule=promise.rule,
        confidence=round(promise.confidence * (0.8 if indicator.subject else 1.0), 2),
    )


def _counted_lists(passage: Passage) -> Iterator[TargetRecord]:
    """A清单、B清单等“三张清单”, 编制林业三张清单: lists to be drawn up, counted in quotation marks or without."""
    text = passage.text.text
    if "清单" not in text:
        return
    for found in COUNTED_LISTS.finditer(text):
        value = number_value(found["number"])
        start = left_boundary(text, found.start(), 0)
        before = text[start : found.start()]
        named, cut = clean(before, subject=False)
        listed = "清单" in named and found["open"]
        if not named or not (listed or LISTING.search(before)):
            if not LISTED.match(text, found.end()):
                continue
            named, cut = "", len(before)
        if value is None:
            continue
        deadline = passage.term_at(found.start(), telling=False).deadline
        line, quote = passage.text.quote(start + cut, found.end(), found.start())
        yield TargetRecord(
            path=passage.path,
            line=line,
            quote=quote,
            indicator=named if named.endswith("清单") else named + "清单",
            op="=",
            value=value,
            unit="张清单",
            year=deadline.year if deadline else None,
            year_from=deadline.year_from if deadline else None,
            rule="counted-lists",
            confidence=0.6,
        )
