"""Web pages: blocks to lines, tables to tab-separated lines; scripts, styles and what is not shown left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.reading.blocks import Block, Cell, Linked, Table, clean, flat, is_wide, lines_of
from ingest.reading.numerals import numeral
from ingest.reading.plain import checked, decode
from ingest.reading.reading import ReadingError
from ingest.reading.sitepage import document_of

CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]{1,40})", re.IGNORECASE
)
DECLARED_WITHIN = 4096  # bytes
NODES = 500_000  # tags and attributes of one page
BEYOND = "网页的结构有误（嵌套过深或过大），没有读取；请在浏览器中打开，另存为文本或 PDF 后再试。"
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
LEFT_OUT = {"head", "script", "style", "noscript", "template", "nav", "iframe", "object", "svg", "math", "canvas"}
LEFT_OUT |= {"select", "button", "textarea", "datalist", "audio", "video", "rt", "rp", "map"}
BLOCKS = {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"}
BLOCKS |= {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS |= {"header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary"}
BLOCKS |= {"table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]{0,80}\b(?:none|disc|circle|square)\b", re.IGNORECASE)
CHINESE = re.compile(r"list-style(?:-type)?\s*:[^;]{0,80}\b(?:cjk-ideographic|(?:simp|trad)-chinese)", re.IGNORECASE)
NUMBERED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
# What a link leads to that belongs to the document: a place on the page, a file.
OWN_LINK = re.compile(
    r"\s*#|.{1,2000}\.(?:docx?|xlsx?|pptx?|wps|pdf|ofd|zip|rar|7z|txt|jpe?g|png|gif)\b", re.IGNORECASE
)
ATTACHED = re.compile(r"\s*附\s?件|\s*附\s?[:：]")
LINKED = 0.5  # least share of a paragraph's characters that stand in links where it is made of them
HEADINGS = ("h1", "title", "h2")  # that may hold a document's title, most trustworthy first
SITE = re.compile(r"\s*[-_|—–·]+\s*")  # between the title and the site's name
BREAK = re.compile(r"(?<![ \t])[ \t]*[\r\n][ \t\r\n]*")  # of the source, not of the page
SPACE = re.compile(r"[ \t]+")


def webpage_text(content: bytes) -> tuple[str, str]:
    """The page's source and its encoding: from a mark, from what the page declares, or found out.

    Raises ReadingError for bytes that are no text.
    """
    declared = CHARSET.search(content[:DECLARED_WITHIN])
    encoding = ENCODINGS.get(declared[1].decode().lower()) if declared else None
    if encoding and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return checked(content.decode(encoding)), encoding
        except UnicodeDecodeError:
            pass  # pages often declare what they are not
    return decode(content)


def webpage_lines(text: str) -> list[str]:
    """The lines that a page shows, without the menus of a site around a document.

    Raises ReadingError for one that shows none, is too large or too deep.
    """
    if text.count("<") + text.count("=") > NODES:
        raise ReadingError(BEYOND)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    if root is None:
        raise ReadingError("网页里没有文字：没有读到任何可见的内容。")
    if any(error.level_name == "FATAL" for error in parser.error_log):
        raise ReadingError(BEYOND)
    lines = lines_of(document_of(list(flat(_Page().blocks(root))), _names(root)))
    if not lines:
        raise ReadingError("网页里没有文字：内容可能由脚本生成；请在浏览器中打开，另存为 PDF 后再试。")
    return lines


class _Page:
    """Walks the elements once, without recursion, and collects paragraphs into the innermost cell."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.page: list[Block] = []
        self.tables: list[tuple[Table, list[Block]]] = []  # open ones, each with where it stands
        self.target = self.page
        self.preformatted = 0
        self.lists: list[_List] = []  # open ones
        self.linking = False
        self.linked = 0  # letters of the paragraph that stand in links
        self.links = 0

    def blocks(self, root: etree._Element) -> list[Block]:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = element.tag
            if event == "start":
                if _is_left_out(element):
                    walk.skip_subtree()
                else:
                    self._open(name, element)
                    self._add(element.text)
            else:
                if not _is_left_out(element):
                    self._close(name)
                self._add(element.tail)
        self._end_paragraph()
        return self.page

    def _open(self, name: str, element: etree._Element) -> None:
        if name == "br":
            self.text.append("\n")
        if name in BLOCKS:
            self._end_paragraph()
        if name == "pre":
            self.preformatted += 1
        elif name == "table":
            self.tables.append((Table(), self.target))
        elif name == "tr" and self.tables:
            self.tables[-1][0].rows.append([])
            self.target = self.tables[-1][1]
        elif name in ("td", "th") and self.tables:
            self._open_cell(element)
        elif name in ("ol", "ul"):
            self.lists.append(_list(element))
        elif name == "li" and self.lists:
            self.text.append(self.lists[-1].label(element))
        elif name == "a":
            self.linking = _leads_away(element)
            self.links += self.linking

    def _open_cell(self, element: etree._Element) -> None:
        table = self.tables[-1][0]
        cell = Cell([], _span(element, "colspan"), _span(element, "rowspan"))
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(cell)
        self.target = cell.blocks

    def _close(self, name: str) -> None:
        if name in BLOCKS:
            self._end_paragraph()
        if name == "pre":
            self.preformatted -= 1
        elif name in ("ol", "ul"):
            self.lists.pop()
        elif name == "a":
            self.linking = False
        elif self.tables and name in ("td", "th", "tr"):
            self.target = self.tables[-1][1]
        elif self.tables and name == "table":
            table, self.target = self.tables.pop()
            self.target.append(table)  # now, so that its caption stands above it

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self.text.append(text if self.preformatted else BREAK.sub("\r", text))
        if self.linking:
            self.linked += sum(map(str.isalnum, text))

    def _end_paragraph(self) -> None:
        text, linked, links = "".join(self.text), self.linked, self.links
        self.text.clear()
        self.linked = self.links = 0
        if not text.strip():
            return
        if not self.preformatted:
            text = SPACE.sub(" ", _unbroken(text))
        text = clean(text)
        made_of_links = linked and linked >= LINKED * sum(map(str.isalnum, text)) and not ATTACHED.match(text)
        self.target.append(Linked(text, max(links, 1)) if made_of_links else text)


def _unbroken(text: str) -> str:
    """A paragraph whose source is broken into lines (`\\r`): a space between words, nothing beside Chinese."""
    parts = text.split("\r")
    result = [parts[0]]
    last = parts[0][-1:]
    for part in parts[1:]:
        if last and part and not (is_wide(last) and is_wide(part[0])) and not last.isspace():
            result.append(" ")
        result.append(part)
        last = part[-1:] or last
    return "".join(result)


def _is_left_out(element: etree._Element) -> bool:
    if element.tag in LEFT_OUT or not isinstance(element.tag, str) or element.get("hidden") is not None:
        return True
    return bool(HIDDEN.search(element.get("style") or ""))


def _span(element: etree._Element, name: str) -> int:
    text = (element.get(name) or "").strip()
    return int(text) if text.isdecimal() and len(text) < 5 else 1


def _leads_away(link: etree._Element) -> bool:
    address = link.get("href")
    return address is not None and not OWN_LINK.match(address)


def _names(root: etree._Element) -> Iterator[str]:
    """What a page calls itself: in what it declares, in its headings, as its title without the site's name."""
    for declared in root.iter("meta"):
        if declared.get("name") == "ArticleTitle":
            yield declared.get("content") or ""
    for heading in HEADINGS:
        for element in root.iter(heading):
            text = "".join(map(str, element.itertext()))
            yield from (text, SITE.split(text)[0])


@dataclass(slots=True)
class _List:
    """An open list: the next item's `number`, in the `style` of Word's numbering; "" where none is printed."""

    style: str
    number: int = 1

    def label(self, item: etree._Element) -> str:
        """What a browser prints before an item of an ordered list."""
        self.number = _number(item, "value", self.number)
        style = _style(item, self.style)
        number, self.number = numeral(self.number, style), self.number + 1
        return f"{number}{'、' if style == 'chineseCounting' else '. '}" if style else ""


def _list(element: etree._Element) -> _List:
    if element.tag == "ul":
        return _List("")
    return _List(_style(element, "decimal"), _number(element, "start", 1))


def _style(element: etree._Element, otherwise: str) -> str:
    """How a list or an item says that it is numbered."""
    css = element.get("style") or ""
    if UNNUMBERED.search(css):
        return ""
    return "chineseCounting" if otherwise and CHINESE.search(css) else NUMBERED.get(element.get("type", ""), otherwise)


def _number(element: etree._Element, name: str, otherwise: int) -> int:
    text = (element.get(name) or "").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise
