import codecs

import pytest

from ingest import reading as reading_package
from ingest.reading import LIMIT, ReadingError, read, read_path
from tests.ingest.reading.renderings import FORMATS

TEXT = "云溪省数据条例\n\n第一条 为了规范数据活动，制定本条例。\r\n第二条 适用 5G 与 IPv6。\r第三条 “示例”。\n"
LINES = ["云溪省数据条例", "", "第一条 为了规范数据活动，制定本条例。", "第二条 适用 5G 与 IPv6。", "第三条 “示例”。"]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("gb18030"), "gb18030"),
    ],
)
def test_the_same_lines_come_out_of_every_encoding(content, encoding):
    reading = read(content, "甲.txt")
    assert reading.lines == LINES
    assert (reading.encoding, reading.format) == (encoding, "txt")


def test_lines_are_those_of_splitlines():
    text = "甲\x0b乙\x0c丙\u2028丁\x85戊"
    assert read(text.encode(), "甲.txt").lines == text.splitlines()


def test_a_name_tells_markdown():
    assert read("# 标题".encode(), "某省条例(2020-01-01).MD").format == "md"


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", codecs.BOM_UTF8, "\u3000\n".encode()])
def test_nothing_printed_is_an_empty_file(content):
    with pytest.raises(ReadingError, match="文件是空的"):
        read(content, "甲.txt")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "旧版 Office 文件"),
        (b"\x89PNG\r\n", " PNG 图片"),
        (b"\x7fELF\x02", "可执行文件"),
    ],
)
def test_files_that_are_no_documents_are_named(content, said):
    with pytest.raises(ReadingError, match=f"这是{said}"):
        read(content, "甲.txt")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("甲\n乙\x00丙\n".encode(), "第 2 行含有空字符"),
        ("甲\n乙\n丙\x07丁".encode(), r"第 3 行含有控制字符 U\+0007"),
        (bytes(range(256)) * 20, "不是文本：第 1 行"),
        ("甲乙丙，丁戊。\n".encode() * 20 + "己庚".encode()[:-1], "第 21 行.*可能被截断"),
        ("甲乙丙，丁戊。\n".encode() * 20 + b"\xff" + "己\n".encode() * 20, r"第 21 行（文件第 441 个字节）"),
        (b"\xd0\xfe\xa9\xee" * 300, "无法识别文件的编码"),
    ],
)
def test_damage_is_told_with_its_place(content, said):
    with pytest.raises(ReadingError, match=said):
        read(content, "甲.txt")


def test_too_large_a_file_is_refused_before_it_is_decoded():
    with pytest.raises(ReadingError, match="超过 20 MB"):
        read(b"\xff" * (LIMIT + 1), "甲.txt")


def test_a_text_of_any_format_has_a_bounded_length(monkeypatch):
    text = "驿站应当每日开门。\n\n" * 10
    for written in (str.encode, *FORMATS.values()):
        content = written(text)
        monkeypatch.setattr(reading_package, "MOST", 3_000_000)
        lines = read(content, "甲.txt").lines
        monkeypatch.setattr(reading_package, "MOST", sum(map(len, lines)) + len(lines) - 1)
        with pytest.raises(ReadingError, match="文字太多"):
            read(content, "甲.txt")


def test_a_million_lines_are_refused():
    with pytest.raises(ReadingError, match="超过 30 万行"):
        read("驿\n".encode() * 1_000_000, "甲.txt")


def test_a_file_on_disk_reads_as_its_bytes_do(tmp_path):
    path = tmp_path / "甲.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    assert read_path(path) == read(path.read_bytes(), "甲.txt")


@pytest.mark.parametrize(
    ("encoding", "name", "text"),
    [
        ("big5", "Big5", "驛站應當每日開門，不得無故關閉。市長為方便旅客，在站內設置座位，並公布開放的時間。"),
        (
            "shift_jis",
            "Shift-JIS",
            "駅は毎日開かなければならない。市長は、駅の利用について必要な規則を定めることができる。",
        ),
        ("euc_kr", "EUC-KR", "역은 매일 열어야 한다. 시장은 역의 이용에 관하여 필요한 규칙을 정할 수 있다."),
    ],
)
def test_text_of_another_encoding_is_named(encoding, name, text):
    with pytest.raises(ReadingError, match=f"很可能是 {name}.*另存为 UTF-8"):
        read((text * 3).encode(encoding), "甲.txt")
    with pytest.raises(ReadingError, match=f"很可能是 {name}"):
        read(f"<html><body><p>{text * 3}</p></body></html>".encode(encoding), "甲.html")
