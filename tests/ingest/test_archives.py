"""Archives: their files come out within bounds, with readable names, or with the reason why not."""

import io
import zipfile

import pytest

from ingest import archives
from ingest.archives import ArchiveError, is_archive, members
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


@pytest.mark.parametrize("name", ["../甲.txt", "/etc/甲.txt", "C:/甲.txt", "2031/../../甲.txt"])
def test_names_that_lead_out_of_the_archive_are_refused(name):
    assert "压缩包以外" in refusal(zipped({name: TEXT}))


def test_archives_in_archives_are_refused_but_word_documents_are_not():
    word = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    assert not is_archive(word)
    assert contents(zipped({"甲.docx": word})) == {"甲.docx": word}
    assert "压缩包里的压缩包" in refusal(zipped({"内.zip": zipped({"甲.txt": TEXT})}))


def test_a_bomb_is_not_unpacked():
    assert "压缩炸弹" in refusal(zipped({"甲.txt": b"0" * (archives.SMALL * 2)}))


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
