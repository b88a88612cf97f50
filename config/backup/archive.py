"""The file of a backup: a zip archive of a database dump and the manifest that tells what it is."""

import fcntl
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

DUMP = "database.dump"
MANIFEST = "manifest.json"
PARTIAL = ".partial"  # what an archive's name ends in until it is whole
FORMAT = 1  # of the archive's own shape
CHUNK = 1024 * 1024


class BackupError(RuntimeError):
    """A backup that cannot be made or restored; the message is Chinese and says what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    `program` is the version that made it, at `made` (ISO 8601, UTC); `postgresql` the major version of the server and
    its pg_dump; `migrations` those applied, as app.name; `rows` are by table; `database_bytes` is the size of the
    database on disk; `bytes` and `sha256` are those of the dump.
    """

    program: str
    made: str
    postgresql: int
    migrations: list[str]
    rows: dict[str, int]
    database_bytes: int
    bytes: int = 0
    sha256: str = ""
    format: int = FORMAT


def write(target: Path, manifest: Manifest, dump: Iterable[bytes]) -> Manifest:
    """Make the archive `target`, readable by its owner only; gives back the manifest, with the dump's checksum.

    It is made whole under PARTIAL, brought to the disk, and then named.  Raises BackupError where there is such a file,
    or another process is making it, and OSError where it cannot be written.
    """
    if target.exists():
        raise BackupError(f"已有这个文件，没有备份：{target}")
    with _partial(target) as file:
        digest, size = hashlib.sha256(), 0
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open(DUMP, "w", force_zip64=True) as part:
                for chunk in dump:
                    part.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
            manifest = replace(manifest, bytes=size, sha256=digest.hexdigest())
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n")
    return manifest


@contextmanager
def _partial(target: Path) -> Iterator[IO[bytes]]:
    """A file to write, which becomes `target` if all goes well and else is gone."""
    partial = target.with_name(target.name + PARTIAL)
    try:
        file = _locked(partial)
    except BlockingIOError:
        raise BackupError(f"另一个进程正在写这个备份：{target}") from None
    with file:
        try:
            file.truncate()  # what a killed backup left
            yield file
            file.flush()
            os.fsync(file.fileno())
            partial.rename(target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    _sync(target.parent)


def _locked(path: Path) -> IO[bytes]:
    """The file of that name, made where there is none, and locked.  Raises BlockingIOError if another has it."""
    while True:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        file.close()  # before we had it locked, another process swept it away or gave it its name


def sweep(folder: Path, names: str) -> None:
    """Delete what killed processes left of archives of such names (a pattern)."""
    for partial in folder.glob(names + PARTIAL):
        # Left alone is what another process is making, or did delete, and what another account made.
        with suppress(BlockingIOError, FileNotFoundError, PermissionError), partial.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            partial.unlink()


def _sync(folder: Path) -> None:
    """Bring a folder's names to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, Iterator[bytes]]]:
    """The manifest of the archive, checked to be whole, and the dump.

    Raises BackupError for what is no backup, or damaged, or of a shape that a later version made; OSError.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, path)
            digest = hashlib.sha256()
            for chunk in _chunks(archive):
                digest.update(chunk)
            if digest.hexdigest() != manifest.sha256:
                raise BackupError(f"备份已损坏，校验和不符：{path}")
            yield manifest, _chunks(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BackupError(f"不是完整的备份文件，或已损坏：{path}") from error


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        facts = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError) as error:
        raise BackupError(f"这不是知识库的备份：{path}") from error
    if facts.get("format") != FORMAT:
        raise BackupError(f"备份 {path} 的格式（{facts.get('format')}）这个版本的程序不认识；请先升级程序。")
    return Manifest(**facts)


def _chunks(archive: zipfile.ZipFile) -> Iterator[bytes]:
    with archive.open(DUMP) as part:
        while chunk := part.read(CHUNK):
            yield chunk
