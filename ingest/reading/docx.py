"""Word documents (.docx): paragraphs, tables, numbering, text boxes and notes, in the order of the text.

Headers, footers, comments and what a tracked change deleted are left out.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.reading.blocks import Block, Cell, Table, lines_of
from ingest.reading.markup import Archive
from ingest.reading.numbering import Lists, attribute, child, is_on, local, read_lists
from ingest.reading.reading import ReadingError

HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,5}")
RELATIONS = "_rels/.rels"
LEFT_OUT = {"del", "moveFrom", "delText", "instrText", "pPr", "rPr", "tblPr", "tblGrid", "sdtPr", "sdtEndPr"}
LEFT_OUT |= {"annotationRef", "footnoteRef", "endnoteRef", "rt", "commentReference", "Fallback", "deletedField"}
CONTAINERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
PICTURES = {"drawing", "pict", "object"}
OTHERS = {
    "xl/workbook.xml": "Excel 表格（xlsx）",
    "ppt/presentation.xml": "PowerPoint 演示文稿（pptx）",
    "content.xml": "OpenDocument 文件（odt、ods）",
    "META-INF/container.xml": "电子书（epub）",
    "OFD.xml": "OFD 文件",
}


def docx_lines(content: bytes) -> list[str]:
    """The lines of a document.  Raises ReadingError for another archive, a damaged or a hostile one."""
    archive = Archive(content)
    main = _main_part(archive)
    body = child(archive.xml(main), "body")
    if body is None:
        raise ReadingError("Word 文件里没有正文，可能已损坏；请用 Word 或 WPS 打开后另存为 .docx 再试。")
    parts = _related(archive, main)
    lists = read_lists(*(archive.xml(parts[kind]) if kind in parts else None for kind in ("numbering", "styles")))
    notes = {kind: _notes(archive.xml(parts[kind])) for kind in NOTES.values() if kind in parts}
    reader = _Reader(lists, notes)
    blocks = reader.blocks(body)
    return lines_of([*blocks, *reader.notes_found()])


def _main_part(archive: Archive) -> str:
    """The name of the part that holds the text."""
    for name, kind in OTHERS.items():
        if name in archive.names:
            raise ReadingError(f"这是{kind}，不是 Word 文件；请另存为 .docx 或 PDF 后再试。")
    if RELATIONS in archive.names:
        for relation in archive.xml(RELATIONS):
            target = attribute(relation, "Target").lstrip("/")
            if attribute(relation, "Type").endswith("/officeDocument") and target in archive.names:
                return target
    if "word/document.xml" in archive.names:
        return "word/document.xml"
    raise ReadingError("这是压缩包（zip），不是 Word 文件；请解压后上传其中的文档。")


def _related(archive: Archive, main: str) -> dict[str, str]:
    """The parts that the main one names, by kind: numbering, styles, footnotes, endnotes."""
    folder, name = posixpath.split(main)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.names:
        return {}
    found = {}
    for relation in archive.xml(relations):
        kind = attribute(relation, "Type").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, attribute(relation, "Target"))).lstrip("/")
        if target in archive.names:
            found[kind] = target
    return found


def _notes(root: etree._Element) -> dict[str, etree._Element]:
    return {attribute(note, "id"): note for note in root}


@dataclass(slots=True)
class _Reader:
    """Reads blocks once, in order: labels and notes are counted as they come."""

    lists: Lists
    notes: dict[str, dict[str, etree._Element]]
    referred: dict[tuple[str, str], int] = field(default_factory=dict)  # notes by kind and id, their numbers
    unended: str = ""  # text whose end of paragraph a tracked change deleted

    def blocks(self, parent: etree._Element) -> list[Block]:
        found: list[Block] = []
        for element in parent:
            name = local(element)
            if name == "p":
                found += self._paragraph(element)
            elif name == "tbl":
                found += [*self._rest(), self._table(element)]
            elif name == "altChunk":
                raise ReadingError("Word 文件嵌入了另一份文件，读不到它的内容；请用 Word 打开并另存后再试。")
            elif name in CONTAINERS:
                found += self.blocks(element)
            elif name == "AlternateContent":
                found += self.blocks(_choice(element))
        return [*found, *self._rest()]

    def _rest(self) -> list[Block]:
        """What is left of a paragraph that lost its end, where no other takes it up."""
        rest, self.unended = self.unended, ""
        return [rest] if rest else []

    def notes_found(self) -> list[Block]:
        """The notes that were referred to, each with its number, as the print has them under the text."""
        found: list[Block] = []
        for kind, name in list(self.referred):
            blocks = self.blocks(self.notes[kind][name])
            first = blocks[0] if blocks and isinstance(blocks[0], str) else ""
            found += [f"[{self.referred[kind, name]}]{first.strip()}", *blocks[1:]]
        return found

    def _paragraph(self, element: etree._Element) -> list[Block]:
        """The paragraph with its label, then the paragraphs of the text boxes that are anchored in it."""
        boxes: list[Block] = []
        before, self.unended = self.unended, ""
        text = before + "".join(self._inline(element, boxes))
        if child(child(child(element, "pPr"), "rPr"), "del") is not None:
            self.unended = text
            return boxes
        if text.strip():
            text = self.lists.label(element) + text.strip()
        return [text, *boxes]

    def _inline(self, parent: etree._Element, boxes: list[Block]) -> Iterator[str]:
        if _is_hidden(parent):
            return
        for element in parent:
            name = local(element)
            if name == "t":
                yield (element.text or "").replace("\n", " ")
            elif name in CHARACTERS:
                yield CHARACTERS[name]
            elif name == "sym":
                yield _symbol(element)
            elif name in NOTES:
                yield self._note(NOTES[name], element)
            elif name in PICTURES:
                for box in _boxes(element):
                    boxes += self.blocks(box)
            elif name == "AlternateContent":
                yield from self._inline(_choice(element), boxes)
            elif name not in LEFT_OUT:
                yield from self._inline(element, boxes)

    def _note(self, kind: str, reference: etree._Element) -> str:
        name = attribute(reference, "id")
        if name not in self.notes.get(kind, {}):
            return ""
        return f"[{self.referred.setdefault((kind, name), len(self.referred) + 1)}]"

    def _table(self, element: etree._Element) -> Table:
        table = Table()
        for row in _inside(element, "tr"):
            if child(child(row, "trPr"), "del") is not None:
                continue
            before = _count(child(child(row, "trPr"), "gridBefore"))
            cells = [Cell() for _ in range(before)]
            for cell in _inside(row, "tc"):
                properties = child(cell, "tcPr")
                merged = child(properties, "vMerge")
                below = merged is not None and attribute(merged, "val") != "restart"
                columns = _count(child(properties, "gridSpan")) or 1
                cells.append(Cell([] if below else self.blocks(cell), columns))
            table.rows.append(cells)
        return table


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those that a content control or a change holds."""
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in CONTAINERS:
            yield from _inside(element, name)


def _boxes(picture: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a picture, without those within them."""
    stack = [picture]
    while stack:
        element = stack.pop()
        name = local(element)
        if name == "txbxContent":
            yield element
        elif name == "AlternateContent":
            stack.append(_choice(element))
        elif name != "Fallback":
            stack += reversed(element)


def _choice(element: etree._Element) -> etree._Element:
    """What stands twice is read once, from its newer form."""
    choice = child(element, "Choice")
    fallback = child(element, "Fallback")
    if choice is None:
        return element if fallback is None else fallback
    return choice


def _is_hidden(run: etree._Element) -> bool:
    return is_on(child(child(run, "rPr"), "vanish"))


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font; one without a meaning outside of its font is left out."""
    code = attribute(element, "char")
    if not HEXADECIMAL.fullmatch(code):
        return ""
    char = chr(int(code, 16))
    return "" if unicodedata.category(char) in ("Co", "Cs", "Cn", "Cc") else char


def _count(element: etree._Element | None) -> int:
    text = attribute(element, "val")
    return int(text) if text.isdecimal() and len(text) < 4 else 0
