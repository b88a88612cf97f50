"""An intake: the good is taken, the rest is named with its reason, and nothing goes beyond the bounds."""

import pytest

from ingest import intake
from ingest.intake import Intake
from tests.ingest.builders import zipped

TEXT = "大数据发展动态\n".encode()


def taken(files: dict[str, bytes]) -> tuple[list[str], dict[str, str]]:
    found = Intake()
    for name, content in files.items():
        found.add(name, content)
    return [file.name for file in found.good], {file.name: file.reason for file in found.refused}


def test_good_members_go_through_and_the_others_are_named():
    good, refused = taken({"包.zip": zipped({"甲.txt": TEXT, "乙.txt": b"", "丙.png": b"\x89PNG\r\n"}), "丁.txt": TEXT})
    assert good == ["包.zip／甲.txt", "丁.txt"]
    assert list(refused) == ["包.zip／乙.txt", "包.zip／丙.png"]
    assert "PNG 图片" in refused["包.zip／丙.png"]


def test_a_word_document_is_a_file_and_what_is_called_zip_must_be_one():
    word = zipped({"[Content_Types].xml": b"", "word/document.xml": b""})
    good, refused = taken({"甲.docx": word, "乙.zip": TEXT, "丙": zipped({"丙.txt": TEXT})})
    assert good == ["甲.docx", "丙／丙.txt"]
    assert "压缩包已损坏" in refused["乙.zip"]


@pytest.mark.parametrize(
    ("name", "value", "reason"), [("MOST", 1, "最多 200 个"), ("TOTAL", len(TEXT), "合计超过 100 MB")]
)
def test_no_more_is_taken_than_the_bounds_allow(monkeypatch, name, value, reason):
    monkeypatch.setattr(intake, name, value)
    found = Intake(room=intake.TOTAL)
    found.add("包.zip", zipped({"甲.txt": TEXT, "乙.txt": TEXT}))
    assert [file.name for file in found.good] == ["包.zip／甲.txt"]
    assert reason in found.refused[0].reason


def test_a_large_member_is_not_even_read(settings):
    settings.UPLOAD_LIMIT = len(TEXT)
    good, refused = taken({"包.zip": zipped({"大.txt": TEXT * 2, "小.txt": TEXT})})
    assert good == ["包.zip／小.txt"]
    assert "太大" in refused["包.zip／大.txt"]
