"""Zip archives of files to ingest, unpacked in memory and within bounds.

Nothing is written to a disk, and no name leads anywhere: the path of a member is only shown.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.reading.markup import BROKEN, ENCRYPTED, METHODS, is_overfull
from ingest.reading.signatures import ZIP

MEMBERS = 1000  # entries of one archive
RATIO = 200  # unpacked to packed, beyond which a member that is not small is taken for a bomb
SMALL = 1024**2  # bytes
DAMAGED = "已损坏，或压缩方法不受支持，无法解压；请重新打包后再试。"
UNREADABLE = "压缩包已损坏或不完整，无法解压；请重新打包后再试。"
UTF_8 = 0x800  # the bit that says how its name is encoded
# What an archive holds that is a document itself: Office and OpenDocument files, electronic books, OFD.
DOCUMENT = {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "mimetype", "META-INF/container.xml", "OFD.xml"}
LITTER = {"__MACOSX", "Thumbs.db", "desktop.ini"}


class ArchiveError(Exception):
    """An archive, or a member of one, that is not unpacked; the message is Chinese and says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path with its name decoded, and the bytes that it unpacks to at most."""

    name: str
    size: int
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    def read(self) -> bytes:
        """Its bytes.  Raises ArchiveError for what is encrypted, damaged, itself an archive or beyond bounds."""
        if self.info.flag_bits & ENCRYPTED:
            raise ArchiveError("加了密码，无法解压；请去掉密码后再试。")
        if self.size > max(SMALL, RATIO * self.info.compress_size):
            raise ArchiveError(f"解压后是原来的 {RATIO} 倍以上，可能是压缩炸弹，没有解压。")
        if self.name.startswith("/") or ".." in PurePosixPath(self.name).parts or ":" in self.name:
            raise ArchiveError("路径指向压缩包以外，没有解压。")
        if self.info.compress_type not in METHODS:
            raise ArchiveError(DAMAGED)
        try:
            with self.archive.open(self.info) as packed:
                content = packed.read(max(self.size, 1))  # without a bound zipfile unpacks all before it cuts
        except BROKEN as error:
            raise ArchiveError(DAMAGED) from error
        if is_archive(content):
            raise ArchiveError("是压缩包里的压缩包，没有解开；请解压后直接上传。")
        return content


def is_archive(content: bytes) -> bool:
    """Whether the bytes are a zip archive of files, and not a document that is stored as one (.docx)."""
    if not content.startswith(ZIP) or is_overfull(content):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return DOCUMENT.isdisjoint(archive.namelist())
    except BROKEN:
        return False


def members(content: bytes) -> Iterator[Member]:
    """The files of an archive, in its order, without folders, hidden files and what systems leave behind.

    Raises ArchiveError for one that is damaged, empty, or holds more than MEMBERS entries.
    """
    if is_overfull(content):
        raise ArchiveError(f"压缩包里的文件超过 {MEMBERS} 个的上限，没有解压。")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN as error:
        raise ArchiveError(UNREADABLE) from error
    with archive:
        entries = archive.infolist()
        if len(entries) > MEMBERS:
            raise ArchiveError(f"压缩包里有 {len(entries)} 个文件，超过 {MEMBERS} 个的上限，没有解压。")
        if not all(info.filename for info in entries):
            raise ArchiveError(UNREADABLE)
        found = [(_name(info), info) for info in entries if not info.is_dir()]
        wanted = [(name, info) for name, info in found if not _is_litter(name)]
        if not wanted:
            raise ArchiveError("压缩包里没有文件。")
        for name, info in wanted:
            yield Member(name, info.file_size, archive, info)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name, its folders parted by slashes though Windows packed it."""
    return _decoded(info).replace("\\", "/")


def _decoded(info: zipfile.ZipInfo) -> str:
    """A member's name as packed; without the bit for UTF-8 it is that or, from Chinese Windows, GBK."""
    if info.flag_bits & UTF_8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")  # as which zipfile took it
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part in LITTER or (part.startswith(".") and part != "..") for part in parts)
