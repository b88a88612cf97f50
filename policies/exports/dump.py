"""The whole base in a folder: JSON Lines for each kind, and a manifest with counts and checksums."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from policies.exports.jsonlines import json_lines
from policies.exports.kinds import ALL, SOURCES, Kind

MANIFEST = "manifest.json"
VERSION = 1  # of the dump's own shape


def dump(folder: Path, user: Any, root: str) -> dict[str, Any]:
    """Write all that `user` may read into the new folder `folder`; gives back the manifest.

    Of one state of the base, whatever is written to it meanwhile; the same base gives the same bytes.  The folder
    is made whole beside its place, as `<folder>.partial`, and then moved there: one that fails or is killed leaves
    none.  Must not run in a transaction.  Raises FileExistsError where `folder` is there already.
    """
    if folder.exists():
        raise FileExistsError(folder)
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)  # what a killed one left
    partial.mkdir(parents=True)
    try:
        manifest = _fill(partial, user, root)
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial)  # a full disk, say, gets its room back
        raise
    return manifest


def _fill(folder: Path, user: Any, root: str) -> dict[str, Any]:
    """Write every kind's file and the manifest, which it gives back."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        files = [_write(folder / f"{kind.name}.jsonl", kind, user, root) for kind in (*ALL, SOURCES)]
    manifest = {"version": VERSION, "site": root, "files": files}
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return manifest


def _write(path: Path, kind: Kind, user: Any, root: str) -> dict[str, Any]:
    """Write a kind's file; gives back its entry in the manifest."""
    digest, count, size = hashlib.sha256(), 0, 0
    with path.open("wb") as file:
        for line in _lines(kind, user, root):
            file.write(line)
            digest.update(line)
            count += 1
            size += len(line)
    return {"name": path.name, "records": count, "bytes": size, "sha256": digest.hexdigest()}


def _lines(kind: Kind, user: Any, root: str) -> Iterator[bytes]:
    return (line.encode() for line in json_lines(kind, kind.stream(kind.rows(user), user), root))
