"""What an upload brings, sorted out: files to ingest, and what is refused, each with its reason."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.conf import settings

from ingest.archives import ArchiveError, is_archive, members
from ingest.reading import ReadingError, glance

MOST = 200  # files of one upload, those of its archives counted
TOTAL = 100 * 1024**2  # bytes of them
LIMIT_WORDS = f"{settings.UPLOAD_LIMIT // 1024**2} MB"
TOO_LARGE = f"文件太大：超过 {LIMIT_WORDS} 的上限，没有接收。"
TOO_MANY = f"文件太多：一次最多 {MOST} 个，没有接收。"
TOO_MUCH = f"这一批太大：合计超过 {TOTAL // 1024**2} MB，没有接收。"


class RefusedError(Exception):
    """A file that is not taken; the message is Chinese and says why."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to ingest; `name` is its path where it came out of an archive."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    name: str
    reason: str


@dataclass(slots=True)
class Intake:
    """The files of one upload, at most MOST of at most TOTAL bytes; what is good is taken all the same."""

    good: list[File] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    room: int = TOTAL

    def add(self, name: str, content: bytes) -> None:
        """Take a file, or the members of an archive, or say why not."""
        if not is_archive(content) and PurePosixPath(name).suffix.lower() != ".zip":
            self._take(name, len(content), lambda: content)
            return
        try:
            for member in members(content):
                self._take(f"{name}／{member.name}", member.size, member.read)
        except ArchiveError as error:
            self.refuse(name, str(error))

    def refuse(self, name: str, reason: str) -> None:
        self.refused.append(Refused(name, reason))

    def _take(self, name: str, size: int, read: Callable[[], bytes]) -> None:
        """What is beyond the bounds is not even read."""
        try:
            self._bound(size)
            content = read()
            glance(content, name)
        except (RefusedError, ArchiveError, ReadingError) as error:
            self.refuse(name, str(error))
            return
        self.good.append(File(name, content))
        self.room -= len(content)

    def _bound(self, size: int) -> None:
        if size > settings.UPLOAD_LIMIT:
            raise RefusedError(TOO_LARGE)
        if len(self.good) >= MOST:
            raise RefusedError(TOO_MANY)
        if size > self.room:
            raise RefusedError(TOO_MUCH)
