"""Word documents: a policy with its headings and tables, and a table of targets."""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from policies.exports.feeds import UNPRINTABLE
from policies.exports.kinds import TARGETS, cells, shown_columns
from policies.exports.printed import Branch, Part, caption, grid, head_of, tree
from policies.measures import plain
from policies.models import Policy, Provision, Table
from policies.selectors.reading import Inset, Paragraph, read_policy

SONG, HEI = "宋体", "黑体"
GRID = "Table Grid"
DEEPEST = 4  # level of a heading
SHOWN = ("指标", "比较", "数值", "上限", "单位", "截止年份", "地区", "政策", "条款")  # columns of a table of targets
MOST_ROWS = 5_000  # of it: a document is made in memory


def write_policy(file: IO[bytes], policy: Policy, user: Any, root: str) -> None:
    """The policy's text as a Word document, from which the same outline is read; its address stands in the footer."""
    reading = read_policy(policy, user)
    document = _document(policy.title)
    issuers = "、".join(issuer.agency.name for issuer in policy.issuers.all())
    document.core_properties.author = _text(issuers)[:255]
    document.core_properties.subject = _text(policy.doc_number)[:255]
    _footer(document, f"{root}{policy.get_absolute_url()}")
    document.add_heading(_text(policy.title), 0)
    _write_parts(document, reading.loose)
    for branch in tree(reading):
        _write_branch(document, branch, 1)
    if policy.source_name:
        document.add_paragraph(_text(f"（来源：{policy.source_name}）"))
    document.save(file)


def write_table(file: IO[bytes], targets: Iterable[Any], root: str) -> None:
    """A table of the first MOST_ROWS targets on pages that lie across."""
    document = _document("目标")
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _footer(document, root)
    document.add_heading("目标", 0)
    labels = [column.label for column in shown_columns(TARGETS)]
    places = [labels.index(label) for label in SHOWN]
    _write_table(document, _rows(cells(TARGETS, targets, root), places), has_header=True)
    document.save(file)


def _rows(found: Iterable[Sequence[Any]], places: Sequence[int]) -> Iterator[list[str]]:
    yield list(SHOWN)
    for count, row in enumerate(found):
        if count == MOST_ROWS:
            yield [f"只列前 {MOST_ROWS} 个，全部见 CSV 或 Excel 文件", *[""] * (len(places) - 1)]
            return
        yield [plain(row[at]) if hasattr(row[at], "normalize") else str(row[at]) for at in places]


def _document(title: str) -> Document:
    document = docx.Document()
    document.core_properties.title = _text(title)[:255]
    document.core_properties.comments = ""
    for name in ("Normal", "Title", *(f"Heading {level}" for level in range(1, DEEPEST + 1))):
        font = document.styles[name].font
        font.name = "Times New Roman"
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), SONG if name == "Normal" else HEI)
    document.styles["Normal"].font.size = Pt(12)
    return document


def _footer(document: Document, address: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.text = address
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _write_branch(document: Document, branch: Branch, level: int, *, follows: bool = False) -> None:
    """A clause and those below it; `follows` says that a paragraph stands before it under the same clause."""
    row, head, parts = branch.head.provision, head_of(branch), branch.head.parts
    text = ""
    if head.runs_in and isinstance(parts[0], Paragraph):
        text, parts = parts[0].text, parts[1:]
    if head.runs_on and follows:
        _runs(document.paragraphs[-1], head.text, text)
    elif text or (head.text and not branch.head.level):
        _paragraph(document, head.text, text)
    elif head.text:
        document.add_heading(_text(head.text), min(level, DEEPEST))
    _write_parts(document, parts)
    deeper = level + 1 if branch.head.level and row.type != Provision.Type.ARTICLE else level
    for number, child in enumerate(branch.children):
        _write_branch(document, child, deeper, follows=bool(number or branch.head.parts))
    _write_parts(document, branch.tail)


def _paragraph(document: Document, bold: str, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Cm(0.85)
    _runs(paragraph, bold, text)


def _runs(paragraph: Any, bold: str, text: str) -> None:
    if bold:
        paragraph.add_run(_text(bold)).bold = True
    paragraph.add_run(_text(text))


def _write_parts(document: Document, parts: Iterable[Part]) -> None:
    for part in parts:
        if not isinstance(part, Inset):
            _paragraph(document, "", part.text)
            continue
        if told := caption(part.row):
            document.add_paragraph(_text(told)).alignment = WD_ALIGN_PARAGRAPH.CENTER
        if isinstance(part.row, Table):
            _write_table(document, grid(part.row), has_header=bool(part.row.header))


def _write_table(document: Document, rows: Iterable[Sequence[str]], *, has_header: bool) -> None:
    """A ruled table; its header is repeated on each page.  The rows are XML: cells made one by one take minutes."""
    table = document.add_table(0, 0, GRID)._tbl
    for number, row in enumerate(rows):
        if not number:
            table.tblGrid.extend(OxmlElement("w:gridCol") for _ in row)
        made = OxmlElement("w:tr")
        if has_header and not number:
            properties = OxmlElement("w:trPr")
            properties.append(OxmlElement("w:tblHeader"))
            made.append(properties)
        made.extend(_cell(words, bold=has_header and not number) for words in row)
        table.append(made)
    document.add_paragraph()


def _cell(words: str, *, bold: bool) -> Any:
    cell, paragraph, run, text = (OxmlElement(name) for name in ("w:tc", "w:p", "w:r", "w:t"))
    if bold:
        properties = OxmlElement("w:rPr")
        properties.append(OxmlElement("w:b"))
        run.append(properties)
    text.text = _text(words)
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    paragraph.append(run)
    cell.append(paragraph)
    return cell


def _text(words: str) -> str:
    return UNPRINTABLE.sub("", words)
