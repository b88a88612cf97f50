"""Web pages: blocks to lines, tables to tab-separated lines; scripts, styles and what is not shown left out."""

import re

from lxml import etree

from ingest.reading.blocks import Block, Cell, Table, clean, is_wide, lines_of
from ingest.reading.plain import checked, decode
from ingest.reading.reading import ReadingError

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
BREAK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")  # of the source, not of the page
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
    """The lines that a page shows.  Raises ReadingError for one that shows none, is too large or too deep."""
    if text.count("<") + text.count("=") > NODES:
        raise ReadingError(BEYOND)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    if root is None:
        raise ReadingError("网页里没有文字：没有读到任何可见的内容。")
    if any(error.level_name == "FATAL" for error in parser.error_log):
        raise ReadingError(BEYOND)
    lines = lines_of(_Page().blocks(root))
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
        self.numbers: list[int | None] = []  # of the open lists the next item's; None in those without numbers

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
            self.numbers.append(_start(element) if name == "ol" else None)
        elif name == "li":
            self.text.append(self._item_label())

    def _open_cell(self, element: etree._Element) -> None:
        table = self.tables[-1][0]
        cell = Cell([], _span(element, "colspan"), _span(element, "rowspan"))
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(cell)
        self.target = cell.blocks

    def _item_label(self) -> str:
        """The number that a browser prints before an item of an ordered list."""
        number = self.numbers[-1] if self.numbers else None
        if number is None:
            return ""
        self.numbers[-1] = number + 1
        return f"{number}. "

    def _close(self, name: str) -> None:
        if name in BLOCKS:
            self._end_paragraph()
        if name == "pre":
            self.preformatted -= 1
        elif name in ("ol", "ul"):
            self.numbers.pop()
        elif self.tables and name in ("td", "th", "tr"):
            self.target = self.tables[-1][1]
        elif self.tables and name == "table":
            table, self.target = self.tables.pop()
            self.target.append(table)  # now, so that its caption stands above it

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self.text.append(text if self.preformatted else BREAK.sub("\r", text))

    def _end_paragraph(self) -> None:
        text = "".join(self.text)
        self.text.clear()
        if not text.strip():
            return
        if not self.preformatted:
            text = SPACE.sub(" ", _unbroken(text))
        self.target.append(clean(text))


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


def _start(ordered: etree._Element) -> int:
    text = (ordered.get("start") or "").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else 1
