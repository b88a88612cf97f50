"""Akoma Ntoso (OASIS LegalDocML): the text of a document, its labels and headings set as they are printed."""

from lxml import etree

from ingest.reading.blocks import Block, Cell, Table, lines_of
from ingest.reading.markup import parse_xml
from ingest.reading.numbering import attribute, child, local
from ingest.reading.reading import ReadingError

LEFT_OUT = {"meta", "toc", "authorialNote", "remark", "num", "heading", "subheading", "caption"}
# Their label and heading stand on a line of their own; those of the other labelled ones run into the text.
TITLED = {"book", "tome", "part", "title", "chapter", "subchapter", "division", "section", "subsection", "attachment"}
PARAGRAPHS = {"p", "block", "longTitle", "listIntroduction", "listWrapUp", "span"}
SENTENCE_END = tuple("。；：！？.;:!?")
CLOSED = tuple("、）)．.—是")  # after these labels no space is printed


def akoma_ntoso_lines(content: bytes) -> list[str]:
    """The lines of a document.  Raises ReadingError for what is damaged, hostile, or holds no text."""
    root = parse_xml(content)
    if local(root) != "akomaNtoso":
        raise ReadingError("这是 XML 文件，但不是 Akoma Ntoso 文件，无法读取；请转换成 .docx 或 .txt 后再试。")
    return lines_of(_blocks(root))


def _blocks(parent: etree._Element) -> list[Block]:
    """The paragraphs and tables in an element; what its label and heading say comes first."""
    head, runs_in = _head(parent)
    inside = _inside(parent)
    if head and _is_attachment(parent) and child(parent, "heading") is None and len(inside) == 1:
        head, runs_in = f"{head}：", True
    if head and runs_in and inside and isinstance(inside[0], str):
        return [head + inside[0], *inside[1:]]
    return [head, *inside] if head else inside


def _inside(parent: etree._Element) -> list[Block]:
    found: list[Block] = []
    for element in parent:
        name = local(element)
        if name in LEFT_OUT:
            continue
        if name in PARAGRAPHS:
            found += filter(None, [_words(element)])
        elif name == "table":
            found += [*filter(None, [_words(child(element, "caption"))]), _table(element)]
        else:
            blocks = _blocks(element)
            before = found[-1] if found else None
            if blocks and isinstance(before, str) and isinstance(blocks[0], str) and _runs_on(element):
                found[-1] = before + str(blocks.pop(0))
            found += blocks
    return found


def _runs_on(element: etree._Element) -> bool:
    """Whether it is one of 一是…；二是…, which are printed as one paragraph with what they stand under."""
    return _words(child(element, "num")).endswith("是")


def _head(element: etree._Element) -> tuple[str, bool]:
    """What an element begins with, and whether its text follows on the same line."""
    number, heading = (_words(child(element, name)) for name in ("num", "heading"))
    if _is_attachment(element):
        return _joined(number or "附件", heading), False
    name, has_text = local(element), _has_text(element)
    if name in TITLED:
        return _joined(number, heading), False
    if name == "article" and heading:
        return f"{number}（{heading}）", False
    if heading and not heading.endswith(SENTENCE_END) and (has_text or child(element, "content") is not None):
        heading += "。"
    if heading or not number or number.endswith(CLOSED):
        return _joined(number, heading), has_text
    return f"{number} ", has_text


def _is_attachment(element: etree._Element) -> bool:
    return local(element) == "attachment" or (
        local(element) == "hcontainer" and attribute(element, "name") == "attachment"
    )


def _joined(number: str, heading: str) -> str:
    space = "" if not number or not heading or number.endswith(CLOSED) else " "
    return f"{number}{space}{heading}"


def _has_text(element: etree._Element) -> bool:
    """Whether it begins with a paragraph of its own, before any table and anything below it."""
    own = child(element, "intro") if child(element, "intro") is not None else child(element, "content")
    first = None if own is None else next(iter(own), None)
    return first is not None and local(first) in PARAGRAPHS and bool(_words(first))


def _table(element: etree._Element) -> Table:
    table = Table()
    for row in element.iter("{*}tr"):
        cells = (cell for cell in row if local(cell) in ("td", "th"))
        table.rows.append([Cell(_blocks(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in cells])
    return table


def _span(cell: etree._Element, name: str) -> int:
    text = attribute(cell, name)
    return int(text) if text.isdecimal() and len(text) < 4 else 1


def _words(element: etree._Element | None) -> str:
    """All words in an element, its line breaks as newlines."""
    if element is None:
        return ""
    pieces = [element.text or ""]
    for inner in element:
        name = local(inner)
        pieces += ["\n" if name in ("br", "eol") else "" if name in LEFT_OUT else _words(inner), inner.tail or ""]
    return "".join(pieces).strip()
