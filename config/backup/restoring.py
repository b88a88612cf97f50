"""Restoring a backup: into a new database, which takes the place of the old one only when all is well."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config.backup import archive, server
from config.backup.archive import BackupError, Manifest
from config.backup.taking import MB, rows
from config.embedded.base import is_private
from config.setup import prepare_database
from search import indexing


def restore(path: Path, *, replace: bool = False, tell: Callable[[str], None] = lambda step: None) -> Manifest:
    """Make the database what the backup `path` holds, and migrate it to this program; its manifest.

    The base must be stopped; it must be empty, unless `replace`.  `tell` hears of each step.  Until the last one
    nothing of the base that is there is touched.  Search then lacks its index.  Raises BackupError and OSError.
    """
    tell("校验备份")
    with archive.opened(path) as (manifest, dump):
        _require_known(manifest)
        _require_place(replace)
        _require_room(manifest)
        name = connection.settings_dict["NAME"]
        new, old = f"{name}_restoring", f"{name}_replaced"
        server.make(new)
        try:
            tell("恢复数据库")
            server.fill(new, dump)
            with server.using(new):
                _require_complete(manifest)
                tell("更新到这个版本的程序")
                prepare_database()
            tell("换上恢复的数据库")
            server.drop(old)
            with server.swapped(name, old=old, new=new):
                indexing.discard()
        except BaseException:
            server.drop(new)
            raise
    server.drop(old)
    return manifest


def _require_known(manifest: Manifest) -> None:
    """Raise BackupError for a backup of a later program, or of a later PostgreSQL."""
    known = {".".join(name) for name in MigrationLoader(None).disk_migrations or {}}
    if unknown := [name for name in manifest.migrations if name not in known]:
        raise BackupError(
            f"备份来自更新的程序（{manifest.program}，这里是 {settings.VERSION}；不认识 {unknown[0]} 等"
            f" {len(unknown)} 个迁移）；请先升级程序，再恢复。"
        )
    if manifest.postgresql > server.major():
        raise BackupError(
            f"备份来自 PostgreSQL {manifest.postgresql}，这里的服务器是 {server.major()}；要恢复到同样或更新的服务器。"
        )


def _require_place(replace: bool) -> None:
    """Raise BackupError where the base is in use, or holds something that nobody said may go."""
    server.require_unused()
    if not replace and connection.introspection.table_names():
        raise BackupError("数据库不是空的，没有恢复；确认要用备份代替现有的全部内容，请加 --replace。")


def _require_room(manifest: Manifest) -> None:
    """Raise BackupError unless the embedded server's disk has room for another database of that size."""
    if not is_private():
        return  # whose disk is not ours to see
    free = shutil.disk_usage(settings.VAR).free
    if free < manifest.database_bytes:
        need = manifest.database_bytes // MB
        raise BackupError(f"{settings.VAR} 所在的磁盘只剩 {free // MB} MB，恢复要 {need} MB；没有恢复。")


def _require_complete(manifest: Manifest) -> None:
    """Raise BackupError unless the restored tables hold the rows that were backed up."""
    found = rows()
    if differing := sorted(name for name in found | manifest.rows if found.get(name) != manifest.rows.get(name)):
        raise BackupError(f"恢复后的行数与备份的清单不符：{'、'.join(differing)}")
