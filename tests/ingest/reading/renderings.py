"""A text rendered into the other formats, as their programs would write it."""

import html
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

HEAD = "示例动态每周一期"
SONG = "STSong-Light"  # comes with every reader: no file is needed
SIZE = 10.5

Block = list[str] | list[list[str]]


def blocks(text: str) -> Iterator[Block]:
    """Paragraphs as the lines that they are broken into, tables as rows of cells."""
    for blank, group in groupby(text.splitlines(), key=lambda line: not line.strip()):
        if blank:
            continue
        for tabbed, group_lines in groupby(group, key=lambda line: "\t" in line):
            lines = list(group_lines)
            yield [line.split("\t") for line in lines] if tabbed else lines


def is_table(block: Block) -> bool:
    return isinstance(block[0], list)


def as_docx(text: str) -> bytes:
    """Paragraphs without empty ones between them, real tables, a running head and a page number."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = HEAD
    document.sections[0].footer.paragraphs[0].text = "第1页"
    for block in blocks(text):
        if is_table(block):
            table = document.add_table(len(block), max(map(len, block)))
            for row, cells in zip(table.rows, block, strict=True):
                for cell, words in zip(row.cells, cells, strict=False):
                    cell.text = words
        else:
            run = document.add_paragraph().add_run()
            for number, line in enumerate(block):
                if number:
                    run.add_break()
                run.add_text(str(line))
    return _written(document.save)


def as_html(text: str, charset: str = "utf-8") -> bytes:
    """Paragraphs whose source is broken into lines, tables, and what a page holds beside its text."""
    body = "\n".join(_html(block) for block in blocks(text))
    return f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="{charset}"><title>示例动态</title>
<style>p {{ margin: 0 }}</style><script>document.write("不是正文");</script></head>
<body><nav><a href="/">首页</a></nav><!-- 编者注 --><div class="content">
{body}
</div></body></html>""".encode(charset)


def _html(block: Block) -> str:
    if is_table(block):
        rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>\n" for row in block)
        return f"<table>\n{rows}</table>"
    return "<p>" + "<br>\n".join(html.escape(str(line)) for line in block) + "</p>"


def as_md(text: str) -> bytes:
    return "\n\n".join(_md(block) for block in blocks(text)).encode()


def _md(block: Block) -> str:
    if not is_table(block):
        return "\n".join(map(str, block))
    rows = ["| " + " | ".join(row) + " |" for row in block]
    rows.insert(1, "|" + " --- |" * len(block[0]))
    return "\n".join(rows)


def as_pdf(text: str, indent: float = 2.0) -> bytes:
    """Set in paragraphs that fill the column, over pages with a running head and a number; ruled tables."""
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    style = ParagraphStyle(
        "text", fontName=SONG, fontSize=SIZE, leading=SIZE * 1.6, wordWrap="CJK", firstLineIndent=indent * SIZE
    )
    story: list[object] = []
    for block in blocks(text):
        if is_table(block):
            width = max(map(len, block))
            rows = [[*row, *[""] * (width - len(row))] for row in block]
            lines = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), SONG, 9)]
            story += [Table(rows, style=lines), Spacer(0, 6)]
        else:
            story += [Paragraph(html.escape(str(line)), style) for line in block]
            story.append(Spacer(0, 4))
    return _written(lambda file: _build(file, story))


def _build(file: io.BytesIO, story: Sequence[object]) -> None:
    SimpleDocTemplate(file, pagesize=A4).build(list(story), onFirstPage=_furniture, onLaterPages=_furniture)


def _furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(SONG, 9)
    canvas.drawString(72, A4[1] - 40, HEAD)
    canvas.drawCentredString(A4[0] / 2, 36, f"— {canvas.getPageNumber()} —")


def _written(write: Callable[[io.BytesIO], object]) -> bytes:
    file = io.BytesIO()
    write(file)
    return file.getvalue()


FORMATS: dict[str, Callable[[str], bytes]] = {"docx": as_docx, "html": as_html, "md": as_md, "pdf": as_pdf}
