"""Files of tantivy that a killed writer left, or that are damaged."""

from pathlib import Path

import pytest

from search.engines.tantivy_files import sweep, verify
from tests.search.builders import entry, fill, new_engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index with deletions in it."""
    engine = new_engine("tantivy", tmp_path)
    fill(engine, [entry(n, "驿站", policy=n) for n in range(9)])
    with engine.writer() as writer:
        writer.remove(3)
    return tmp_path


def test_sweeps_what_is_of_no_commit_and_nothing_else(folder: Path):
    kept = {file.name for file in folder.iterdir()}
    deletions = next(folder.glob("*.del"))
    segment = deletions.name.split(".")[0]
    for left in (f"{segment}.99.del", f"{'0a' * 16}.idx", f"{'0a' * 16}.3.del"):
        (folder / left).write_bytes(b"half")
    sweep(folder)
    assert {file.name for file in folder.iterdir()} == kept


def test_reads_each_file_once(folder: Path):
    known = verify(folder, set())
    assert known == {file.name for file in folder.iterdir() if len(file.name.split(".")[0]) == 32}
    file = folder / min(known)
    file.write_bytes(file.read_bytes()[:-1] + b"\1")
    assert verify(folder, known) == known
    with pytest.raises(ValueError, match=r"has no end|damaged"):
        verify(folder, known - {file.name})
