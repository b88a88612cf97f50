"""`manage.py export`: the same files as the API's, from the command line."""

import csv
import errno
import json
import os

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.usefixtures("kept_library")


def test_a_selection_into_a_file(library, tmp_path):
    file = tmp_path / "目标.csv"
    call_command("export", "targets.csv", str(file), "--published", "--where", "unit=PFLOPS")
    with file.open(encoding="utf-8-sig", newline="") as handle:
        assert [row["指标"] for row in csv.DictReader(handle)] == ["算力规模"]
    assert list(tmp_path.iterdir()) == [file]


def test_drafts_unless_only_what_is_published(library, tmp_path):
    for arguments, count in (([], 3), (["--published"], 2)):
        call_command("export", "policies.jsonl", str(tmp_path / "a"), "--site", "https://example.org/", *arguments)
        records = [json.loads(line) for line in (tmp_path / "a").read_text(encoding="utf-8").splitlines()]
        assert len(records) == count
        assert all(record["page_url"].startswith("https://example.org/policies/") for record in records)


def test_a_document_to_standard_output(library, capfdbinary):
    call_command("export", f"policies/{library.law.slug}.xml")
    assert b"<akomaNtoso" in capfdbinary.readouterr().out


@pytest.mark.parametrize("what", ["wishes.csv", "targets.pdf", "policies/none.xml", "targets"])
def test_what_is_not_there_is_told(library, what):
    with pytest.raises(CommandError):
        call_command("export", what)


def test_an_unknown_filter_is_told(library, tmp_path):
    with pytest.raises(CommandError, match="colour"):
        call_command("export", "targets.csv", str(tmp_path / "a"), "--where", "colour=red")
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_told_and_gets_its_room_back(library, tmp_path, monkeypatch):
    def full(*lines):
        yield b"half"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("policies.management.commands.export._blocks", full)
    with pytest.raises(CommandError, match=r"无法写入.*磁盘已满"):
        call_command("export", "targets.csv", str(tmp_path / "a"))
    assert not list(tmp_path.iterdir())
