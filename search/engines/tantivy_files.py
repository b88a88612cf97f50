"""Which of tantivy's files make up the last commit, and whether they are whole.

tantivy writes a checksum at the end of each and looks at it only when it is told to, which Python
cannot; and on a damaged file it may end the process.  Files never change once they are written.
Killed in the midst of a commit it leaves files that the next one would stumble over.
"""

import json
import re
import zlib
from pathlib import Path

MAGIC = 1337  # the last four bytes; before them the length of a footer in JSON
TAIL = 8  # bytes of these two numbers
SEGMENT = re.compile(r"[0-9a-f]{32}\..+")
META = "meta.json"  # which files make up the last commit


def verify(folder: Path, known: set[str]) -> set[str]:
    """The names of the files of the last commit, of which those not in `known` were read and found whole.

    Raises ValueError where one is not, OSError where one cannot be read.
    """
    commit = _commit(folder)
    files = [file for file in _segment_files(folder) if _of_commit(file, commit)]
    for file in files:
        if file.name not in known:
            _verify(file)
    return {file.name for file in files}


def sweep(folder: Path) -> None:
    """Delete what a killed writer left; only for who alone may write."""
    commit = _commit(folder)
    for file in _segment_files(folder):
        if not _of_commit(file, commit):
            file.unlink()


def _commit(folder: Path) -> dict[str, str]:
    """The segments of the last commit, each with the mark of its deletions, empty where there are none."""
    segments = json.loads((folder / META).read_bytes())["segments"]
    return {s["segment_id"].replace("-", ""): str(s["deletes"]["opstamp"]) if s["deletes"] else "" for s in segments}


def _segment_files(folder: Path) -> list[Path]:
    """Named segment.part, the deletions segment.mark.del."""
    return [file for file in folder.iterdir() if SEGMENT.fullmatch(file.name)]


def _of_commit(file: Path, commit: dict[str, str]) -> bool:
    segment, part, *rest = file.name.split(".")
    return segment in commit and (not rest or part == commit[segment])


def _verify(file: Path) -> None:
    data = memoryview(file.read_bytes())
    length, magic = (int.from_bytes(data[-TAIL:][at : at + 4], "little") for at in (0, 4))
    if magic != MAGIC:
        raise ValueError(f"{file.name} has no end")
    footer = bytes(data[-TAIL - length : -TAIL])
    if json.loads(footer)["crc"] != zlib.crc32(data[: -TAIL - length]):
        raise ValueError(f"{file.name} is damaged")
