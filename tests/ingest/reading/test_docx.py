"""Word documents: the text as it is printed, and nothing that is not."""

import struct
import zipfile

import pytest

from ingest.reading import ReadingError, markup, read
from tests.ingest.reading.archives import STRICT, W, archive, paragraph, part, word
from tests.ingest.reading.renderings import as_docx


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in read(word(body, **parts), "办法.docx").lines if line]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_paragraphs_and_tables_come_in_order_with_an_empty_line_between():
    body = paragraph("甲") + table(cell("乙") + cell("丙"), cell("丁") + cell("戊")) + paragraph("己")
    assert read(word(body), "办法.docx").lines == ["甲", "", "乙\t丙", "丁\t戊", "", "己"]


def test_merged_cells_leave_their_other_places_empty():
    head = cell("指标", '<w:vMerge w:val="restart"/>') + cell("全国", '<w:gridSpan w:val="2"/>')
    second = cell("指标", "<w:vMerge/>") + cell("城市") + cell("农村")
    assert lines(table(head, second)) == ["指标\t全国\t", "\t城市\t农村"]


def test_a_frame_of_one_column_is_text():
    inner = table(cell("驿站") + cell("个数"))
    assert lines(table(cell("编者按"), cell("近日，驿站开门。"))) == ["编者按", "近日，驿站开门。"]
    assert lines(f"<w:tbl><w:tr><w:tc>{paragraph('上')}{inner}</w:tc>{cell('右')}</w:tr></w:tbl>") == [
        "上",
        "驿站\t个数",
        "右",
    ]


def test_what_is_not_printed_is_left_out():
    body = (
        "<w:p><w:r><w:t>驿站</w:t></w:r><w:del><w:r><w:delText>不</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>应当</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗中</w:t></w:r>"
        "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>开门</w:t></w:r></w:hyperlink></w:p>"
    )
    assert lines(body) == ["驿站应当开门"]


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next_and_a_deleted_row_is_gone():
    def unended(text: str) -> str:
        return paragraph(text, "<w:rPr><w:del/></w:rPr>")

    assert lines(unended("驿站") + unended("应当") + paragraph("开门")) == ["驿站应当开门"]
    kept = cell("甲") + cell("乙")
    gone = "<w:trPr><w:del/></w:trPr>" + cell("丙") + cell("丁")
    assert lines(unended("上文") + table(kept, gone) + unended("下文")) == ["上文", "甲\t乙", "下文"]


def test_comments_in_the_source_part_no_text():
    assert lines("<w:p><w:r><w:t>驿站<!-- 注 -->开门<?x y?>。</w:t></w:r></w:p>") == ["驿站开门。"]


def test_breaks_end_lines_and_tabs_stay():
    assert lines("<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t></w:r></w:p>") == ["上", "下\t右"]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{paragraph('框中')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent><w:t>正文</w:t></w:r></w:p>"
    )
    assert lines(body) == ["正文", "框中"]


def test_boxes_within_boxes_are_read_once_however_deep():
    inner = paragraph("底")
    for number in range(50):
        box = f"<w:pict><w:txbxContent>{paragraph(str(number))}{inner}</w:txbxContent></w:pict>"
        inner = f"<w:p><w:r>{box}</w:r></w:p>"
    assert lines(inner) == [*(str(number) for number in reversed(range(50))), "底"]
    choice = f"<w:txbxContent>{paragraph('框中')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice>{choice}</mc:Choice><mc:Fallback>{choice}</mc:Fallback></mc:AlternateContent>"
    )
    assert lines(f"<w:p><w:r><w:drawing>{both}</w:drawing></w:r></w:p>") == ["框中"]


def test_notes_are_numbered_and_follow_the_text():
    notes = f'<w:footnote w:id="0"/><w:footnote w:id="5">{paragraph("含流动驿站。")}</w:footnote>'
    body = '<w:p><w:r><w:t>驿站</w:t><w:footnoteReference w:id="5"/><w:t>开门</w:t></w:r></w:p>' + paragraph("完")
    assert lines(body, footnotes=notes) == ["驿站[1]开门", "完", "[1]含流动驿站。"]


def test_a_note_is_printed_once_though_it_refers_to_itself():
    refers = '<w:p><w:r><w:t>站</w:t><w:footnoteReference w:id="5"/></w:r></w:p>'
    notes = f'<w:footnote w:id="5">{refers}</w:footnote>'
    assert lines(refers + refers, footnotes=notes) == ["站[1]", "站[1]", "[1]站[1]"]


def level(depth: int, style: str, text: str, extra: str = "") -> str:
    properties = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/>{extra}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{properties}</w:lvl>'


def numbered(text: str, number: int, depth: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "第%1条")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="20"/>'
    + "</w:lvlOverride></w:num>"
)


def test_automatic_numbers_are_printed_with_their_paragraphs():
    body = "".join(
        [
            *(numbered(f"条{n}", 1) for n in range(10)),
            numbered("甲", 1),
            numbered("项", 1, 1),
            numbered("目", 1, 2),
            numbered("目", 1, 2),
            numbered("项", 1, 1),
            numbered("目", 1, 2),
            numbered("点", 2),
            numbered("从二十起", 3),
            paragraph("无号", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        ]
    )
    assert lines(body, numbering=NUMBERING)[9:] == [
        "第十条 条9",
        "第十一条 甲",
        "（一）项",
        "1.目",
        "2.目",
        "（二）项",
        "1.目",
        "点",
        "第二十条 从二十起",
        "无号",
    ]


def counted(*levels: str, own: str = "") -> str:
    """A list of these levels, and another of the same with levels of its own."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{own}</w:num>'
    )


@pytest.mark.parametrize(
    ("style", "ninth", "tenth", "twenty_first", "hundredth"),
    [
        ("chineseCountingThousand", "九", "十", "二十一", "一百"),
        ("chineseCounting", "九", "十", "二十一", "一〇〇"),
        ("japaneseCounting", "九", "十", "二十一", "一百"),
        ("ideographDigital", "九", "一〇", "二一", "一〇〇"),
        ("chineseLegalSimplified", "玖", "壹拾", "贰拾壹", "壹佰"),
        ("ideographTraditional", "壬", "癸", "甲", "癸"),
        ("decimalEnclosedCircle", "⑨", "⑩", "21", "100"),
        ("decimalEnclosedParen", "⑼", "⑽", "21", "100"),
        ("decimalEnclosedFullstop", "⒐", "⒑", "21", "100"),
        ("decimalFullWidth", "９", "１０", "２１", "１００"),
        ("decimalZero", "09", "10", "21", "100"),
        ("upperRoman", "IX", "X", "XXI", "C"),
    ],
)
def test_numbers_are_written_as_the_list_wants_them(style, ninth, tenth, twenty_first, hundredth):
    found = lines(
        numbered("", 1) + "".join(numbered("站", 1) for _ in range(100)), numbering=counted(level(0, style, "%1、"))
    )
    assert [found[n - 1] for n in (9, 10, 21, 100)] == [f"{n}、站" for n in (ninth, tenth, twenty_first, hundredth)]


def test_articles_may_run_on_over_chapters():
    levels = [level(0, "chineseCounting", "第%1章"), level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>')]
    body = (
        numbered("总则", 1) + numbered("甲", 1, 1) + numbered("乙", 1, 1) + numbered("附则", 1) + numbered("丙", 1, 1)
    )
    found = lines(body, numbering=counted(*levels))
    assert found == ["第一章 总则", "第一条 甲", "第二条 乙", "第二章 附则", "第三条 丙"]


def test_a_level_may_show_the_numbers_above_it_in_digits():
    levels = level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert lines(numbered("总则", 1) + numbered("甲", 1, 1), numbering=counted(*levels)) == ["第一章 总则", "1.1 甲"]


def test_a_list_may_have_levels_of_its_own():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "chineseCounting", "（%1）")}</w:lvlOverride>'
    numbering = counted(level(0, "decimal", "%1."), own=own)
    assert lines(numbered("甲", 1) + numbered("乙", 2), numbering=numbering) == ["1.甲", "（二）乙"]


def test_a_label_without_end_is_cut_off():
    body = "".join(numbered("站", 1) for _ in range(50))
    assert sum(map(len, lines(body, numbering=counted(level(0, "decimal", "%1" * 100_000))))) < 100_000


def test_a_style_may_number_its_paragraphs():
    numbering = NUMBERING.replace(
        '<w:numFmt w:val="chineseCounting"/>', '<w:numFmt w:val="chineseCounting"/><w:pStyle w:val="B"/>'
    )
    styles = (
        '<w:style w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="C"><w:basedOn w:val="A"/></w:style>'
    )
    body = "".join(paragraph(name, f'<w:pStyle w:val="{name}"/>') for name in "ABCD")
    assert lines(body, numbering=numbering, styles=styles) == ["第一条 A", "（一）B", "第二条 C", "D"]


def test_the_strict_kind_is_read_too():
    assert read(word(paragraph("驿站"), STRICT), "办法.docx").lines == ["驿站"]


def test_deep_nesting_is_no_trouble():
    nested = paragraph("底")
    for _ in range(70):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    assert lines(nested) == ["底"]


def refusal(content: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        read(content, "办法.docx")
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [("xl/workbook.xml", "Excel"), ("ppt/presentation.xml", "PowerPoint"), ("OFD.xml", "OFD"), ("甲.txt", "解压")],
)
def test_another_archive_is_named(name, words):
    assert words in refusal(archive({name: "<x/>"}))


def test_a_damaged_file_is_refused_whole():
    whole = as_docx("驿站开门。\n\n" * 500)
    assert "损坏" in refusal(whole[: len(whole) // 2])
    at = whole.index(b"word/document.xml") + 200
    assert "损坏" in refusal(whole[:at] + bytes(50) + whole[at + 50 :])
    assert "损坏" in refusal(b"PK\x03\x04" + bytes(100))
    assert "损坏" in refusal(archive({"word/document.xml": "<w:document>"}))
    assert "没有正文" in refusal(archive({"word/document.xml": part("document", "")}))
    assert "嵌入了另一份文件" in refusal(word(paragraph("驿站") + "<w:altChunk/>"))
    assert "空的" in refusal(word(paragraph(" ")))


def test_an_encrypted_member_is_refused():
    whole = bytearray(archive({"word/document.xml": part("document", "<w:body/>")}))
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    assert "密码" in refusal(bytes(whole))


def test_a_zip_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(markup, "UNPACKED", 8 * 1024**2)
    assert "压缩炸弹" in refusal(archive({"word/document.xml": b" " * (markup.UNPACKED + 1)}))
    assert "压缩炸弹" in refusal(archive({"word/document.xml": "<x/>", "bomb": b" " * (6 * 1024**2)}))
    assert "压缩炸弹" in refusal(archive({str(number): b"" for number in range(markup.MEMBERS + 1)}))


def test_what_only_seems_an_archive_of_its_own_place_or_method_is_refused(monkeypatch):
    whole = archive({"word/document.xml": "<x/>", "word/styles.xml": "<x/>"})
    assert "损坏" in refusal(whole[:40] + whole[60:])  # its first member would begin before the file does
    packed = bytearray(whole)
    packed[packed.index(b"PK\x01\x02") + 10] = zipfile.ZIP_LZMA
    assert "损坏" in refusal(bytes(packed))
    monkeypatch.setattr(markup, "ENTRIES", 1)
    assert "压缩炸弹" in refusal(whole)


def test_elements_without_end_are_refused():
    assert "损坏" in refusal(archive({"word/document.xml": "<w:p xmlns:w='w'>" * 100_000}))
    deep = "<w:p>" * 500 + "</w:p>" * 500
    assert "损坏" in refusal(word(deep))


def test_a_part_of_too_many_tags_or_attributes_is_not_built(monkeypatch):
    monkeypatch.setattr(markup, "NODES", 1000)
    assert lines(paragraph("站") * 50)
    assert "过大" in refusal(word(paragraph("站") * 200))
    attributes = " ".join(f'a{number}=""' for number in range(1000))
    assert "过大" in refusal(word(f"<w:p {attributes}/>"))


def test_a_member_that_lies_about_its_size_is_not_believed():
    content = b" " * 100_000
    whole = bytearray(archive({"word/document.xml": content}))
    at = whole.index(b"PK\x01\x02") + 24
    assert struct.unpack_from("<I", whole, at)[0] == len(content)
    struct.pack_into("<I", whole, at, 10)
    assert "损坏" in refusal(bytes(whole))


ENTITIES = '<!DOCTYPE x [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("entity", ["b", "c"])
def test_entities_are_never_expanded(entity):
    body = f'<w:document xmlns:w="{W}"><w:body>{paragraph(f"&{entity};")}</w:body></w:document>'
    assert "实体" in refusal(archive({"word/document.xml": ENTITIES + body}))


def test_a_table_beyond_reason_is_refused():
    row = cell("驿站", '<w:gridSpan w:val="100"/>') + cell("站")
    assert "单元格" in refusal(word(table(*[row] * 2100)))
