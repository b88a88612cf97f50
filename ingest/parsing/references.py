"""Which documents and provisions a text speaks of: 《…》 with the place in it, and 本办法第十七条第二款, 前款."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.parsing.compact import CompactText, compacted
from ingest.parsing.kinds import core_title
from ingest.parsing.nodes import Node, Outline
from ingest.parsing.titles import DOCUMENT_TYPE, key
from ingest.records import ReferenceRecord

NUMERAL = r"[一二三四五六七八九十百零〇\d]{1,6}"
# 第三条之一, 第二、三款, 第二至第四项, 第（二）项; behind an article or 前款 also （一）至（六）项
MORE = rf"(?:[、至和]第?{NUMERAL}){{0,9}}"
BRACKETED = rf"（{NUMERAL}）(?:[、至和]第?（{NUMERAL}）){{0,9}}项"
UNIT = rf"(?:第{NUMERAL}{MORE}(?:条(?:之{NUMERAL})?|款|项|目|章|节|编)|第?{BRACKETED})"
PLACE = re.compile(rf"(?:{UNIT})+(?:(?:、|和|及|以及|或者?|至|到)(?:{UNIT})+)*")
OWN = re.compile(
    rf"""
    (?: 本(?:条例|办法|规定|规则|细则|指引|法|决定|通知|意见|措施|方案|条|章|节|款) )? (?P<place>{PLACE.pattern})
    | (?<![之以此目从])前(?:[一二两三四五]|数)?(?:款|项)(?!目) (?:{PLACE.pattern})?
    | (?<!以)上[条款项] (?=规定|所|第) (?:{PLACE.pattern})?
    | (?<![之以此目从])前(?:[一二两三四五]|数)?条 (?=规定|所|第|的) (?:{PLACE.pattern})?
    """,
    re.VERBOSE,
)
BARE_LAW = re.compile(r"(?<![本办方做])法$")  # 刑法第三条 is no place of this document
OWN_NAME = re.compile(r"本[^，。；、《》]{0,4}$")  # 本实施细则
REPEALED = re.compile(r"[^。]{0,80}?废止")  # the text of the same name before this one
REPUBLIC = "中华人民共和国"
NUMBER = re.compile(r"〔(?:19|20|21)\d\d〕|第\d{1,5}号|GB|号令")
# What documents are called besides the types that policies have.
OTHER_DOCUMENT = re.compile(
    r"""
    (?: 法典 | 条令 | 守则 | 基准
      | 总则 | 通则 | 导则 | 章程 | 名录 | 修正案 | 区划 | 大纲 | 公约 | 协定 | 议定书 | 宣言 | 声明 | 预案
      | 解释 | 纪要 | 制度 | 安排 | 要求 | 条件 | 体系 | 模型 | 方法 | 术语 | 分类 | 代码 | 格式 | 示范文本 | 框架 )
    (?: \s? [（(〔] [^（）()〔〕]{1,24} [）)〕] )* \s* $
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


def find_references(outline: Outline, title: str) -> list[ReferenceRecord]:
    """Every mention of a document or a provision, in the order of the text; not of the document's own `title`,
    nor of certificates, forms, newspapers and books.

    `title` is null where a provision of the document itself is meant; a short title is replaced by
    the full one from where 以下简称 defines it.  A law named before may be named again without 《》 where
    a place in it follows: 数据安全法第三十条.
    """
    told_of = title.endswith("》")  # A印发《X》 is a digest of X, not X
    names = _Names(own={key(title), "" if told_of else key(core_title(title))})
    records: list[ReferenceRecord] = []
    for node in outline.walk():
        for joined in node.texts():
            records += _references(node, compacted(joined), names)
    return records


@dataclass(slots=True)
class _Names:
    """The documents named so far: full titles by the short ones, and by what they are called without 《》; `own`
    are the keys of the title of the document that names them."""

    own: set[str]
    short: dict[str, str] = field(default_factory=dict)
    bare: dict[str, str] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)  # of the bare names

    def called(self, title: str, alias: str | None = None) -> None:
        name = title.removeprefix(REPUBLIC)
        self.bare[name] = title
        self.lengths.add(len(name))
        if alias:
            self.short[alias] = self.bare[alias] = title
            self.lengths.add(len(alias))

    def before(self, text: str, end: int) -> str | None:
        """The longest bare name that text[:end] ends with, unless it is the document's own."""
        lengths = sorted((length for length in self.lengths if length <= end), reverse=True)
        start = next((end - length for length in lengths if text[end - length : end] in self.bare), None)
        if start is None or OWN_NAME.search(text, max(start - 5, 0), start):
            return None
        return text[start:end]


def _references(node: Node, compact: CompactText, names: _Names) -> Iterator[ReferenceRecord]:
    text = compact.text
    done = 0
    for mention in _mentions(text):
        yield from _places(node, compact, done, mention.start, names)
        done = mention.end
        if DEFINES.search(text, max(0, mention.start - 8), mention.start):
            continue
        aside = ASIDE.match(text, mention.end)
        after = aside.end() if aside else mention.end
        alias = ALIAS.search(aside["words"]) if aside else None
        title = names.short.get(mention.title, mention.title)
        place = PLACE.match(text, mention.end) or PLACE.match(text, after + text.startswith("的", after))
        told = place or alias or mention.title in names.short or (aside and NUMBER.search(aside["words"]))
        if not told and not _is_document(title):
            continue
        names.called(title, alias["alias"] if alias else None)
        if key(title) in names.own and not place and not REPEALED.match(text, mention.end):
            continue
        done = place.end() if place else mention.end
        line, quote = compact.quote(mention.start, done, mention.start)
        rule = "short-title" if mention.title in names.short else "title"
        yield ReferenceRecord(
            path=node.path,
            line=line,
            quote=quote,
            title=title,
            provision=place[0] if place else None,
            rule=f"reference-{rule}",
            confidence=CONFIDENCE[rule],
        )
    yield from _places(node, compact, done, len(text), names)


def _is_document(title: str) -> bool:
    """Whether a title says that it is a document's, and not a permit's, a newspaper's or a book's."""
    return "关于" in title or bool(DOCUMENT_TYPE.search(title) or OTHER_DOCUMENT.search(title))


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
            title = text[start + 1 : position]
            if not opened and title and len(title) < LONGEST_TITLE:
                yield Mention(start, position + 1, title)


def _places(node: Node, compact: CompactText, start: int, end: int, names: _Names) -> Iterator[ReferenceRecord]:
    """Provisions that text[start:end] names without 《》: of the document itself, or of one named before."""
    text = compact.text
    for match in OWN.finditer(text, start, end):
        printed = match["place"] or match[0]
        name = names.before(text, match.start()) if printed == match[0] and printed[0] == "第" else None
        if name is None and BARE_LAW.search(text, max(start, match.start() - 2), match.start()):
            continue
        first = match.start() - len(name or "")
        line, quote = compact.quote(first, match.end(), first)
        rule = "short-title" if name else "own-place"
        yield ReferenceRecord(
            path=node.path,
            line=line,
            quote=quote,
            title=names.bare[name] if name else None,
            provision=printed,
            rule=f"reference-{rule}",
            confidence=CONFIDENCE[rule],
        )
