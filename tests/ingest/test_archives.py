"""Archives: their files come out within bounds, with readable names, or with the reason why not."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from ingest import archives
from ingest.archives import ArchiveError, is_archive, members
from ingest.intake import TOTAL, Intake
from ingest.reading.markup import ENTRY
from tests.ingest.builders import zipped

TEXT = "大数据发展动态\n".encode()


def contents(archive: bytes) -> dict[str, bytes]:
    return {member.name: member.read() for member in members(archive)}


def refusal(archive: bytes) -> str:
    with pytest.raises(ArchiveError) as caught:
        contents(archive)
    return str(caught.value)


def test_files_come_out_without_folders_and_litter():
    litter = {"2031/": b"", "__MACOSX/2031/._甲.txt": b"x", ".DS_Store": b"x", "2031/Thumbs.db": b"x", ".git/a": b"x"}
    assert contents(zipped({**litter, "2031/甲.txt": TEXT})) == {"2031/甲.txt": TEXT}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_a_mark_are_read_as_utf_8_or_gbk(encoding):
    raw = "第1期.txt".encode(encoding)
    stand_in = "x" * len(raw)
    archive = zipped({stand_in: TEXT}).replace(stand_in.encode(), raw)
    assert contents(archive) == {"第1期.txt": TEXT}


@pytest.mark.parametrize(
    "name", ["../甲.txt", "/etc/甲.txt", "C:/甲.txt", "2031/../../甲.txt", "..\\甲.txt", "\\\\a\\甲.txt"]
)
def test_names_that_lead_out_of_the_archive_are_refused(name):
    assert "压缩包以外" in refusal(zipped({name: TEXT}))


def test_archives_in_archives_are_refused_but_word_documents_are_not():
    word = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    assert not is_archive(word)
    assert contents(zipped({"甲.docx": word})) == {"甲.docx": word}
    assert "压缩包里的压缩包" in refusal(zipped({"内.zip": zipped({"甲.txt": TEXT})}))


def test_a_bomb_is_not_unpacked():
    assert "压缩炸弹" in refusal(zipped({"甲.txt": b"0" * (archives.SMALL * 2)}))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_that_lies_about_its_size_takes_no_memory(method):
    bomb = bytearray(zipped({"甲.txt": bytes(64 * 1024**2)}, method))
    for header, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = bomb.index(header) + place
        bomb[at : at + 4] = struct.pack("<L", 100)
    tracemalloc.start()
    assert "无法解压" in refusal(bytes(bomb))
    assert tracemalloc.get_traced_memory()[1] < 4 * 1024**2
    tracemalloc.stop()


def test_members_that_share_their_bytes_are_bound_like_others():
    one = zipped({"甲.txt": b"0" * archives.SMALL})
    directory, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    entries = one[directory:end] * 500  # each of them leads to the same packed bytes
    counts = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 500, 500, len(entries), directory, 0)
    found = Intake()
    found.add("包.zip", one[:directory] + entries + counts)
    assert sum(len(file.content) for file in found.good) <= TOTAL
    assert "合计超过" in found.refused[-1].reason


def test_a_directory_of_very_many_entries_is_not_even_listed(monkeypatch):
    archive = zipped({"甲.txt": TEXT}) + ENTRY * 20_001
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert not is_archive(archive)
    assert "超过 1000 个" in refusal(archive)


@pytest.mark.parametrize("name", ["a" * 60_000 + ".txt", "甲\u202e\u200b.txt", "<b>甲</b>.txt", "=1+1.txt"])
def test_a_strange_name_is_only_a_name(name):
    assert contents(zipped({name: TEXT})) == {name: TEXT}


def test_a_link_is_a_file_that_holds_a_name():
    link = zipfile.ZipInfo("甲.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert contents(buffer.getvalue()) == {"甲.txt": b"/etc/passwd"}


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MEMBERS", 2)
    assert "3 个文件" in refusal(zipped(dict.fromkeys("甲乙丙", TEXT)))


def test_an_encrypted_member_is_refused():
    archive = bytearray(zipped({"a.txt": TEXT}))
    archive[6] |= archives.ENCRYPTED  # the flags of the member's own header
    archive[archive.index(b"PK\x01\x02") + 8] |= archives.ENCRYPTED  # and those in the directory
    assert "密码" in refusal(bytes(archive))


def test_damage_is_told_from_emptiness():
    whole = zipped({"a.txt": TEXT})
    assert "压缩包已损坏" in refusal(whole[:-30])
    assert "没有文件" in refusal(zipped({}))
    damaged = bytearray(whole)
    damaged[40] ^= 0xFF
    assert "已损坏" in refusal(bytes(damaged))


def test_an_unknown_method_is_a_refusal():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", TEXT)
    content = bytearray(buffer.getvalue())
    content[8] = content[content.index(b"PK\x01\x02") + 10] = 9  # Deflate64
    assert "压缩方法不受支持" in refusal(bytes(content))


def test_a_member_without_a_name_is_damage():
    archive = zipped({"甲.txt": TEXT})
    nameless = archive.replace("甲.txt".encode(), b"\0" * len("甲.txt".encode()))
    assert "压缩包已损坏" in refusal(nameless)
