"""Which documents and provisions a text speaks of: 《…》 with the place in it, and 本办法第十七条第二款, 前款."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parsing.compact import CompactText
from ingest.parsing.nodes import Node, Outline
from ingest.records import ReferenceRecord

NUMERAL = r"[一二三四五六七八九十百零〇\d]{1,6}"
UNIT = rf"第(?:{NUMERAL}(?:条(?:之{NUMERAL})?|款|项|目|章|节|编)|（{NUMERAL}）项)"
PLACE = re.compile(rf"(?:{UNIT})+(?:(?:、|和|及|以及|或者?|至|到)(?:{UNIT})+)*")
OWN = re.compile(
    rf"""
    (?: 本(?:条例|办法|规定|规则|细则|指引|法|决定|通知|意见|措施|方案|条|章|节|款) )? (?P<place>{PLACE.pattern})
    | (?<![之以此目从])前(?:[一二两三四五]|数)?(?:款|项)(?!目) (?:{PLACE.pattern})?
    | (?<![之以此目从])前(?:[一二两三四五]|数)?条 (?=规定|所|第|的) (?:{PLACE.pattern})?
    """,
    re.VERBOSE,
)
OPENERS, CLOSERS = "《〈", "》〉"
LONGEST_TITLE = 200
# 《…》（国办发〔2022〕1号，以下简称《意见》）第三条
ASIDE = re.compile(r"（(?P<words>[^（）]{1,80})）")
ALIAS = re.compile(r"以下(?:统称|简称|称)(?:为|：)?[“\"]?《?(?P<alias>[^《》“”\"，；（）]{1,40})》?[”\"]?")
DEFINES = re.compile(r"以下(?:统称|简称|称)(?:为|：)?[“\"]?$")

CONFIDENCE = {"title": 0.98, "short-title": 0.95, "own-place": 0.9}


@dataclass(frozen=True, slots=True)
class Mention:
    """A title 《…》 at [start, end), without its brackets in `title`."""

    start: int
    end: int
    title: str


def find_references(outline: Outline) -> list[ReferenceRecord]:
    """Every mention of a document or a provision, in the order of the text.

    `title` is null where a provision of the document itself is meant; a short title is replaced by
    the full one from where 以下简称 defines it.
    """
    full_titles: dict[str, str] = {}
    records: list[ReferenceRecord] = []
    for node in outline.walk():
        for joined in node.texts():
            records += _references(node, CompactText(joined), full_titles)
    return records


def _references(node: Node, compact: CompactText, full_titles: dict[str, str]) -> Iterator[ReferenceRecord]:
    text = compact.text
    done = 0
    for mention in _mentions(text):
        yield from _own_places(node, compact, done, mention.start)
        done = mention.end
        if DEFINES.search(text, max(0, mention.start - 8), mention.start):
            continue
        aside = ASIDE.match(text, mention.end)
        after = aside.end() if aside else mention.end
        if aside and (alias := ALIAS.search(aside["words"])):
            full_titles[alias["alias"]] = mention.title
        place = PLACE.match(text, mention.end) or PLACE.match(text, after)
        done = place.end() if place else mention.end
        line, quote = compact.quote(mention.start, done, mention.start)
        rule = "short-title" if mention.title in full_titles else "title"
        yield ReferenceRecord(
            path=node.path,
            line=line,
            quote=quote,
            title=full_titles.get(mention.title, mention.title),
            provision=place[0] if place else None,
            rule=f"reference-{rule}",
            confidence=CONFIDENCE[rule],
        )
    yield from _own_places(node, compact, done, len(text))


def _mentions(text: str) -> Iterator[Mention]:
    """The outermost titles; one that closes nowhere in its paragraph is none."""
    opened: list[int] = []
    for position, char in enumerate(text):
        if char == "\n":
            opened.clear()
        elif char in OPENERS:
            opened.append(position)
        elif char in CLOSERS and opened:
            start = opened.pop()
            if not opened and position - start <= LONGEST_TITLE:
                yield Mention(start, position + 1, text[start + 1 : position])


def _own_places(node: Node, compact: CompactText, start: int, end: int) -> Iterator[ReferenceRecord]:
    """Provisions of the document itself that text[start:end] names."""
    for match in OWN.finditer(compact.text, start, end):
        line, quote = compact.quote(match.start(), match.end(), match.start())
        yield ReferenceRecord(
            path=node.path,
            line=line,
            quote=quote,
            title=None,
            provision=match["place"] or match[0],
            rule="reference-own-place",
            confidence=CONFIDENCE["own-place"],
        )
