"""Whether tantivy's files are whole.

tantivy writes a checksum at the end of each and looks at it only when it is told to, which Python
cannot; and on a damaged file it may end the process.  Files never change once they are written.
"""

import json
import zlib
from pathlib import Path

MAGIC = 1337  # the last four bytes; before them the length of a footer in JSON
TAIL = 8  # bytes of these two numbers
META = "meta.json"  # which files make up the last commit


def verify(folder: Path, known: set[str]) -> set[str]:
    """The names of the files of the last commit, of which those not in `known` were read and found whole.

    Raises ValueError where one is not, OSError where one cannot be read.
    """
    segments = json.loads((folder / META).read_bytes())["segments"]
    ids = {segment["segment_id"].replace("-", "") for segment in segments}
    files = [file for file in folder.iterdir() if file.name.partition(".")[0] in ids]
    for file in files:
        if file.name not in known:
            _verify(file)
    return {file.name for file in files}


def _verify(file: Path) -> None:
    data = memoryview(file.read_bytes())
    length, magic = (int.from_bytes(data[-TAIL:][at : at + 4], "little") for at in (0, 4))
    if magic != MAGIC:
        raise ValueError(f"{file.name} has no end")
    footer = bytes(data[-TAIL - length : -TAIL])
    if json.loads(footer)["crc"] != zlib.crc32(data[: -TAIL - length]):
        raise ValueError(f"{file.name} is damaged")
