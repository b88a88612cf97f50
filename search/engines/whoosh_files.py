"""How Whoosh's files are read: where they lie, in parts, by any number of threads.

Whoosh itself would map every file and copy it into memory besides, for each reader anew.
"""

import os
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile

SEGMENT = ".seg"  # a file that holds all the files of one segment


class Folder(FileStorage):
    """The folder of an index."""

    def __init__(self, folder: Path):
        super().__init__(str(folder), supports_mmap=False)

    def open_file(self, name: str, **options: Any) -> StructFile:
        if not name.endswith(SEGMENT):
            return super().open_file(name, **options)
        file = (Path(self.folder) / name).open("rb", buffering=0)
        return _Part(file, 0, os.fstat(file.fileno()).st_size, name)


class _Part(BufferFile):
    """`length` bytes of a file that never changes, from `start` on; the file is closed with the last part of it."""

    def __init__(self, source: BinaryIO, start: int, length: int, name: str | None):
        self._source, self._start, self._length = source, start, length
        StructFile.__init__(self, BufferedReader(_Stream(source, start, length)), name=name)

    def subset(self, position: int, length: int, name: str | None = None) -> "_Part":
        return _Part(self._source, self._start + position, length, name or self._name)

    def get(self, position: int, length: int) -> bytes:
        return os.pread(self._source.fileno(), length, self._start + position)


class _Stream(RawIOBase):
    """A part of a file with a place of its own in it."""

    def __init__(self, source: BinaryIO, start: int, length: int):
        self._source, self._start, self._length, self._at = source, start, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)[: max(self._length - self._at, 0)]
        read = os.preadv(self._source.fileno(), [view], self._start + self._at)
        self._at += read
        return read
