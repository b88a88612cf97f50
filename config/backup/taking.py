"""Taking a backup, while the knowledge base is in use."""

import math
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from config.backup import archive, server
from config.backup.archive import BackupError, Manifest

MB = 1024 * 1024
SHRINKS = 4  # a database takes at least so many times the room of its backup
SUFFIX = ".zip"
NAME = f"policy-%Y%m%dT%H%M%SZ{SUFFIX}"  # UTC
NAMES = f"policy-[0-9]*Z{SUFFIX}"


def back_up(target: Path) -> tuple[Path, Manifest]:
    """Write a backup to the file `target`, which ends in .zip, or else into that folder, under a name of its own.

    Gives back the file and its manifest.  A folder that is not there is made, and what killed backups left in it goes.
    The backup is of one state of the base, whatever is written to it meanwhile.  Must not run in a transaction.
    Raises BackupError, and OSError where the file cannot be written; then there is none.
    """
    now = datetime.now(UTC)
    path = target
    if target.is_dir() or target.suffix.lower() != SUFFIX:
        target.mkdir(parents=True, exist_ok=True)
        path = target / now.strftime(NAME)
        archive.sweep(target, NAMES)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), pg_database_size(current_database())")
        snapshot, size = cursor.fetchone()
        _require_room(path.parent, size)
        manifest = Manifest(
            program=settings.VERSION,
            made=now.isoformat(timespec="seconds"),
            postgresql=server.major(),
            migrations=sorted(".".join(name) for name in MigrationRecorder(connection).applied_migrations()),
            rows=rows(),
            database_bytes=size,
        )
        return path, archive.write(path, manifest, server.dumped(snapshot))


def age() -> float:
    """For how many seconds no backup was made in POLICY_VAR/backups, by its own name; endless where there is none."""
    newest = max((settings.VAR / "backups").glob(NAMES), default=None)
    return time.time() - newest.stat().st_mtime if newest else math.inf


def rows() -> dict[str, int]:
    """How many rows each table has that a backup holds."""
    with connection.cursor() as cursor:
        counts = {}
        for table in sorted(set(connection.introspection.table_names(cursor)) - server.LEFT_OUT):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 it is quoted
            counts[table] = cursor.fetchone()[0]
    return counts


def _require_room(folder: Path, size: int) -> None:
    """Raise BackupError unless the disk has room for a backup of a database of `size` bytes."""
    free, need = shutil.disk_usage(folder).free, size // SHRINKS
    if free < need:
        raise BackupError(f"{folder} 所在的磁盘只剩 {free // MB} MB，备份可能要 {need // MB} MB；没有备份。")
