"""PDF files: furniture dropped, lines rejoined, tables found; hostile and damaged files refused."""

import io
import os
import resource
import signal
import subprocess
import sys
import zlib
from itertools import pairwise

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader

from ingest.reading import ReaderEndedError, ReadingError, pdf, read
from tests.ingest.reading.pdfs import CATALOG, FONT, assembled, drawn, ended_by, page, stream, texts
from tests.ingest.reading.renderings import HEAD, as_pdf

SENTENCE = "各地应当把驿站办成居民愿意来、来了办得成事的地方，"
LONG = SENTENCE * 6 + "并按月公布。"


def lines(content: bytes) -> list[str]:
    return [line for line in read(content, "办法.pdf").lines if line]


def refusal(content: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        read(content, "办法.pdf")
    return str(caught.value)


@pytest.mark.parametrize("indent", [0, 2])
def test_lines_that_fill_the_column_go_on(indent):
    text = [f"第{number}段：{LONG}" for number in range(1, 40)]
    assert lines(as_pdf("\n\n".join(text), indent)) == text


def test_a_short_line_ends_its_paragraph_whatever_follows():
    text = ["总体要求", "驿站开门", "面向居民", LONG, "保障措施", LONG]
    assert lines(as_pdf("\n\n".join(text)))[1:] == text  # on a single page nothing tells a head from text


def test_words_and_numbers_broken_by_a_line_are_whole():
    wide = [(60, 60 + 20 * row, text) for row, text in enumerate(["驿" * 46 + "20", "31年" + "站" * 45, "开" * 20])]
    assert lines(drawn([texts(*wide, (60, 400, "甲" * 47))])) == [
        "驿" * 46 + "2031年" + "站" * 45 + "开" * 20,
        "甲" * 47,
    ]


def test_two_columns_are_read_one_after_the_other():
    rows = [("各地应当把驿站办成居民愿意来的地方，来了办得成", "第二栏说的是另外一件事情，栏与栏之间不相混同，")] * 12
    ends = [("事。", "到此为止。")]
    cells = [
        (60 + 250 * at, 120 + 16 * row, text) for row, pair in enumerate(rows + ends) for at, text in enumerate(pair)
    ]
    found = lines(drawn([texts((60, 80, "通栏标题说明下面分为两栏而且横跨两栏之间的空白"), *cells, (60, 400, "落款"))]))
    left, right = ("".join(row[at] for row in rows + ends) for at in (0, 1))
    assert found == ["通栏标题说明下面分为两栏而且横跨两栏之间的空白", left, "落款", right]


def test_heads_and_page_numbers_are_dropped_and_what_only_stands_there_once_is_not():
    def leaf(number: int):
        head = "驿站观察" if number % 2 else "2031年第1期"
        body = (90, 100, f"本页讲{'甲乙丙丁戊己'[number]}")
        return texts((70 if number % 2 else 400, 40, head), body, (500 if number % 2 else 60, 800, f"- {number + 9} -"))

    cover = texts((200, 300, "驿站观察"), (200, 330, "创刊号"))
    expected = ["驿站观察", "创刊号", *(f"本页讲{name}" for name in "乙丙丁戊己")]
    assert lines(drawn([cover, *(leaf(number) for number in range(1, 6))])) == expected


def test_page_numbers_of_every_form_are_dropped_though_they_are_mixed():
    forms = ("第{}页 共20页", "- {} -", "{} / 20", "第{}页（共20页）", "Page {} of 20", "— {} —")
    leaves = [
        texts((90, 100, f"本页讲{name}"), (280, 812, forms[at].format(at + 1)))
        for at, name in enumerate("甲乙丙丁戊己")
    ]
    assert lines(drawn(leaves)) == [f"本页讲{name}" for name in "甲乙丙丁戊己"]


def _turned(degrees, draw):
    """The drawing, turned round the middle of a square that the page has room for."""

    def leaf(canvas):
        canvas.translate(300, 400)
        canvas.rotate(degrees)
        canvas.translate(-300, -400)
        draw(canvas)

    return leaf


def _shown_turned(degrees, draw):
    def leaf(canvas):
        canvas.setPageRotation(degrees)
        draw(canvas)

    return leaf


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_on_their_side_or_head_are_read_as_if_they_stood(degrees):
    upright = texts((150, 250, "第一条 驿站应当每日开门。"), (150, 280, "第二条 驿站应当公布时间。"))
    expected = ["第一条 驿站应当每日开门。", "第二条 驿站应当公布时间。"]
    assert lines(drawn([upright, _turned(degrees, upright)])) == expected * 2
    assert lines(drawn([_shown_turned(degrees, upright)])) == expected
    assert lines(drawn([_shown_turned(degrees, _turned(degrees, upright))])) == expected


def test_the_first_line_of_the_text_is_no_head_though_some_pages_share_it():
    def leaf(first: str, rest: str):
        return texts((90, 60, first), (90, 90, rest))

    pages = [
        leaf("编者按", "甲地开门"),
        leaf("乙地关门", "丙地开门"),
        leaf("编者按", "丁地关门"),
        leaf("戊地开门", "完"),
    ]
    assert lines(drawn(pages))[0] == "编者按"


def test_a_sentence_goes_on_over_the_page_past_its_furniture():
    text = [f"第{number}段：{LONG}" for number in range(1, 40)]
    reading = read(as_pdf("\n\n".join(text)), "办法.pdf")
    assert reading.pages is not None
    assert HEAD not in "".join(reading.lines)
    assert any(after > before for before, after in pairwise(reading.pages))
    assert [line for line in reading.lines if line] == text


def test_ruled_tables_are_tab_separated_in_their_place():
    rows = "\n".join(f"驿站{number}\t{number}\t" for number in range(1, 61))
    found = lines(as_pdf(f"上文说明。\n\n指标\t个数\t比重\n{rows}\n\n下文说明。"))
    assert found == ["上文说明。", "指标\t个数\t比重", *rows.split("\n"), "下文说明。"]


def test_a_table_without_rules_is_told_by_its_columns():
    rows = [("指标", "个数", "比重"), ("驿站总数", "61250", "100.0"), ("其中：行政村", "42108", "68.7")]
    cells = [(60 + 150 * at, 100 + 20 * row, text) for row, words in enumerate(rows) for at, text in enumerate(words)]
    found = lines(drawn([texts((60, 60, "表1 驿站"), *cells, (60, 200, "驿站开门。"))]))
    assert found == ["表1 驿站", *("\t".join(row) for row in rows), "驿站开门。"]


def test_wide_gaps_alone_make_no_table():
    found = lines(drawn([texts((60, 60, "2031年1月3日"), (250, 60, "第1期"), (60, 200, "驿站开门。"))]))
    assert found == ["2031年1月3日 第1期", "驿站开门。"]


def test_repeated_names_of_columns_are_read_once():
    def ruled(canvas):
        for at in range(4):
            canvas.line(60, 740 - 20 * at, 360, 740 - 20 * at)
        for at in range(3):
            canvas.line(60 + 150 * at, 680, 60 + 150 * at, 740)

    def leaf(*rows: tuple[str, str]):
        def draw(canvas):
            ruled(canvas)
            texts(*((65 + 150 * at, 116 + 20 * r, word) for r, row in enumerate(rows) for at, word in enumerate(row)))(
                canvas
            )

        return draw

    pages = [leaf(("指标", "个数"), ("甲", "1"), ("乙", "2")), leaf(("指标", "个数"), ("丙", "3"), ("丁", "4"))]
    assert read(drawn(pages), "表.pdf").lines == ["指标\t个数", "甲\t1", "乙\t2", "丙\t3", "丁\t4"]


def picture(canvas):
    file = io.BytesIO()
    Image.new("L", (8, 8), 128).save(file, "PNG")
    canvas.drawImage(ImageReader(io.BytesIO(file.getvalue())), 0, 0, *A4)


def test_a_scan_says_that_it_needs_ocr():
    assert "OCR" in refusal(drawn([picture] * 3))
    said = refusal(drawn([lambda canvas: canvas.circle(100, 100, 50)]))
    assert "没有任何文字" in said
    assert "OCR" in said


def test_a_scanned_page_among_others_is_refused_by_its_number_but_a_cover_is_not():
    leaf, other, third = (texts((90, 100, f"{name}站开门。")) for name in "甲乙丙")
    assert "第 3 页" in refusal(drawn([leaf, other, picture, third, leaf]))
    assert lines(drawn([picture, leaf, other, third, picture])) == ["甲站开门。", "乙站开门。", "丙站开门。"]


def test_a_password_is_named_and_mere_restrictions_are_no_obstacle():
    leaf = texts((90, 100, "驿站开门。"))
    assert "密码" in refusal(drawn([leaf], encrypt="secret"))


def test_cut_or_garbled_files_are_refused_whole():
    whole = as_pdf("\n\n".join(f"第{number}段：{LONG}" for number in range(1, 40)))
    for part in (whole[: len(whole) // 2], whole[:-400], b"%PDF-1.7\n1 0 obj\n", b"%PDF-1.7 ..."):
        assert "损坏" in refusal(part)


def test_text_cut_off_in_its_stream_is_refused():
    text = b"BT /F 12 Tf 72 700 Td (Door open) Tj ET " * 200
    whole = stream(text)
    kids = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    assert lines(assembled([CATALOG, kids, page(), whole, FONT]))
    start = whole.index(b"stream\n") + 7
    cut = b"<< /Length 40 /Filter /FlateDecode >>\nstream\n" + whole[start : start + 40] + b"\nendstream"
    assert "损坏" in refusal(assembled([CATALOG, kids, page(), cut, FONT]))
    assert "损坏" in refusal(assembled([CATALOG, kids, page(b"9 0 R"), whole, FONT]))


def test_a_tree_of_pages_that_lacks_some_or_bites_its_tail_is_refused():
    text = stream(b"BT /F 12 Tf 72 700 Td (Door open) Tj ET")
    for kids in (b"/Count 3 /Kids [3 0 R]", b"/Count 2 /Kids [3 0 R 2 0 R]", b"/Kids []"):
        tree = b"<< /Type /Pages %s >>" % kids
        assert "损坏" in refusal(assembled([CATALOG, tree, page(), text, FONT]))


@pytest.mark.parametrize("box", [b"0 0 595 (q) 842", b"0 0", b"0 0 595 /A", b""])
def test_a_page_without_a_right_size_is_damaged(box):
    kids = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    text = stream(b"BT /F 12 Tf 72 700 Td (Door open) Tj ET")
    leaf = page().replace(b"[0 0 595 842]", b"[%s]" % box)
    assert "损坏" in refusal(assembled([CATALOG, kids, leaf, text, FONT]))


def test_loops_do_not_hang():
    form = stream(b"/X Do BT /F 12 Tf 72 700 Td (Door open) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    kids = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    looping = assembled([CATALOG, kids, page(b"6 0 R"), form, FONT, stream(b"/X Do")])
    assert "Door open" in lines(looping)[0]
    length = b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"
    assert refusal(assembled([CATALOG, kids, page(), length, FONT]))
    tail = b"<< /Type /Pages /Count 1 /Kids [2 0 R 3 0 R] >>"
    text = stream(b"BT /F 12 Tf 9 9 Td (Open) Tj ET")
    assert lines(assembled([CATALOG, tail, page(), text, FONT])) == ["Open"]
    whole = assembled([CATALOG, kids, page(), text, FONT])
    start = int(whole.rsplit(b"startxref\n", 1)[1].split()[0])
    assert refusal(whole.replace(b"/Root 1 0 R >>", b"/Root 1 0 R /Prev %d >>" % start))


def test_a_page_however_large_and_a_tree_however_deep_come_to_an_end():
    text = stream(b"BT /F 12 Tf 9 9 Td (Open) Tj ET")
    kids = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    large = page().replace(b"0 0 595 842", b"0 0 1000000000 1000000000")
    assert lines(assembled([CATALOG, kids, large, text, FONT])) == ["Open"]
    endless = page().replace(b"0 0 595 842", b"0 0 1e300 1e300")
    assert "损坏" in refusal(assembled([CATALOG, kids, endless, text, FONT]))
    above, depth = b"<< /Type /Pages /Count 1 /Kids [6 0 R] >>", 5000
    tree = [b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % number for number in range(7, 6 + depth)]
    assert "损坏" in refusal(assembled([CATALOG, above, page(), text, FONT, *tree, kids]))


def test_streams_that_unpack_without_end_are_stopped():
    kids = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    bomb = stream(bytes(65 * 1024**2))
    assert "过大" in refusal(assembled([CATALOG, kids, page(), bomb, FONT]))
    packer = zlib.compressobj(1)
    first, next_ = (packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    nested = zlib.compress(first + next_ * 1023, 9)  # a gigabyte
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    packed = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(nested), nested)
    text = stream(b"BT /F 12 Tf 72 700 Td <0041> Tj ET")
    assert "过大" in refusal(assembled([CATALOG, kids, page(), text, font, packed]))


def test_too_many_pages_are_refused():
    kids = b" ".join([b"3 0 R"] * 3)
    pages = b"".join(b"%d 0 R " % number for number in range(6, 1010))
    tree = b"<< /Type /Pages /Count 1004 /Kids [%s] >>" % (kids and pages)
    text = stream(b"BT /F 12 Tf 72 700 Td (Open) Tj ET")
    assert "1000 页" in refusal(assembled([CATALOG, tree, b"null", text, FONT, *[page()] * 1004]))


ENDLESS = assembled([CATALOG, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page(), b"4 0 R", FONT])


def test_reading_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr(pdf, "LEAST", 1)
    assert "占用处理器超过 1 秒" in refusal(ENDLESS)


def test_a_reader_that_waits_for_ever_is_stopped(monkeypatch, tmp_path):
    waiting = tmp_path / "python"
    waiting.write_text("#!/bin/sh\nexec sleep 60\n")
    waiting.chmod(0o700)
    monkeypatch.setattr(pdf.sys, "executable", str(waiting))
    monkeypatch.setattr(pdf, "LEAST", 1)
    monkeypatch.setattr(pdf, "PATIENCE", 2)
    assert "等待超过 2 秒" in refusal(as_pdf("驿站开门。"))


def test_a_reader_that_is_stopped_leaves_no_core(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONPATH", str(pdf.ROOT))
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    (tmp_path / "办法.pdf").write_bytes(ENDLESS)
    with (tmp_path / "办法.pdf").open() as file:
        reader = subprocess.Popen(
            [sys.executable, "-m", "ingest.reading.pdf.process", "1"],
            stdin=file,
            cwd=tmp_path,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (most, most)),
        )
    _, status = os.waitpid(reader.pid, 0)
    assert (os.WTERMSIG(status), os.WCOREDUMP(status)) == (signal.SIGXCPU, False)


def test_a_reader_that_dies_is_an_error_and_not_a_crash(monkeypatch):
    monkeypatch.setattr(pdf.sys, "executable", "/bin/false")
    assert "另存" in refusal(as_pdf("驿站开门。"))


@pytest.mark.parametrize("name", ["TERM", "KILL", "INT"])
def test_a_reader_that_is_ended_from_outside_tells_nothing_of_the_file(monkeypatch, tmp_path, name):
    monkeypatch.setattr(pdf.sys, "executable", str(ended_by(name, tmp_path)))
    with pytest.raises(ReaderEndedError, match="请稍后再试"):
        read(as_pdf("驿站开门。"), "办法.pdf")


def test_letters_without_meaning_are_refused():
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    kids = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    text = stream(b"BT /F 12 Tf 72 700 Td <00410042004300440045> Tj ET")
    assert "OCR" in refusal(assembled([CATALOG, kids, page(), text, font, descendant]))
