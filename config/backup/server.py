"""The PostgreSQL server as backup and restore meet it: its own programs, and databases beside the one in use."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import connection
from psycopg import errors, pq, sql
from psycopg.conninfo import make_conninfo

from config.backup.archive import CHUNK, BackupError
from config.database import binaries
from config.embedded.base import is_private

LEFT_OUT = {"django_session"}  # tables whose rows no backup holds
SAID = 2000  # characters of a program's last words in a message
DEBIANS = "/usr/lib/postgresql/{}/bin"  # where Debian keeps the programs of each major version
IN_USE = "知识库正在使用中，不能恢复；请先停止网站、任务进程和索引进程。"


def major() -> int:
    """The major version of the server."""
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10000


def dumped(snapshot: str) -> Iterator[bytes]:
    """The database as an exported snapshot shows it, in pg_dump's custom format, uncompressed; without sessions.

    Raises BackupError.
    """
    options = ("--format=custom", "--compress=0", "--no-owner", "--no-privileges")
    left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
    with _running("pg_dump", f"--snapshot={snapshot}", *options, *left_out, stdout=subprocess.PIPE) as process:
        while chunk := process.stdout.read(CHUNK):
            yield chunk


def fill(database: str, dump: Iterable[bytes]) -> None:
    """Put a dump into an empty database.  Raises BackupError."""
    options = ("--exit-on-error", "--no-owner", "--no-privileges")
    with _running("pg_restore", *options, database=database, stdin=subprocess.PIPE) as process:
        with suppress(BrokenPipeError):  # it ended before its input did, and says why
            for chunk in dump:
                process.stdin.write(chunk)
        process.stdin.close()


def make(database: str) -> None:
    """Make an empty database that sorts as the one in use does; one of the name, left by a failure, is dropped.

    Raises BackupError where that is not allowed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()")
        collate, ctype = cursor.fetchone()
    new = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}")
    drop(database)
    with _beside() as server:
        try:
            server.execute(new.format(sql.Identifier(database), sql.Literal(collate), sql.Literal(ctype)))
        except errors.InsufficientPrivilege as error:
            user = server.info.user
            raise BackupError(
                f"恢复要先建一个新的数据库，但数据库用户 {user} 无权建立；"
                f"请让数据库管理员执行：ALTER ROLE {user} CREATEDB"
            ) from error


def drop(database: str) -> None:
    """Drop a database, if there is one of that name."""
    with _beside() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(database)))


@contextmanager
def swapped(database: str, *, old: str, new: str) -> Iterator[None]:
    """Rename `database` to `old` and `new` to `database`, both or none; for others only when the block is done.

    This process must have closed its connections, and open none.  Raises BackupError where others are connected.
    """
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with _beside() as server:
        try:
            with server.transaction():
                server.execute(rename.format(sql.Identifier(database), sql.Identifier(old)))
                server.execute(rename.format(sql.Identifier(new), sql.Identifier(database)))
                yield
        except errors.ObjectInUse as error:
            raise BackupError(IN_USE) from error


def require_unused() -> None:
    """Raise BackupError if other processes are connected to the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type IS DISTINCT FROM 'autovacuum worker'"
        )
        if cursor.fetchone()[0]:
            raise BackupError(IN_USE)


@contextmanager
def using(database: str) -> Iterator[None]:
    """Let this process work on another database of the server."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


@contextmanager
def _running(program: str, *arguments: str, database: str = "", **pipes: Any) -> Iterator[Any]:
    """A program of PostgreSQL's at work on `database`, else the one in use.  Raises BackupError if it fails."""
    address, secret = _address(database)
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        command, environment = [_found(program), *arguments, f"--dbname={address}"], os.environ | secret
        process = subprocess.Popen(command, bufsize=0, env=environment, stderr=said, **pipes)
        try:
            yield process
            code = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        said.seek(0)
        if code:
            raise BackupError(f"{program} 失败：\n{said.read()[-SAID:]}")


def _address(database: str) -> tuple[str, dict[str, str]]:
    """The address of `database`, else of the one in use, as libpq's programs read it, and the variable of its password.

    Only what somebody set is in it: theirs may be an older libpq, which does not know all that ours would say.
    """
    connection.ensure_connection()
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    given = {name: value for name, value in connection.get_connection_params().items() if name in known}
    password = given.pop("password", None)
    given["dbname"] = database or connection.connection.info.dbname
    return make_conninfo(**given), {"PGPASSWORD": str(password)} if password else {}


def _found(program: str) -> str:
    """Where the program is: the embedded server's own, else Debian's, else the one on PATH.

    Raises BackupError where there is none of the server's major version.  An older one cannot read the server; what a
    newer one wrote, or sends, no client and server of the same version may understand when it is to be restored.
    """
    if is_private():
        return str(binaries() / program)
    need = major()
    wanted = f"请安装 PostgreSQL {need} 的客户端程序（如 postgresql-client-{need}）。"
    path = shutil.which(program, path=os.pathsep.join((DEBIANS.format(need), os.environ.get("PATH", os.defpath))))
    if path is None:
        raise BackupError(f"没有找到 {program}：{wanted}")
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+", version.partition(")")[2])
    if found is None or int(found.group()) != need:
        raise BackupError(f"{path} 与服务器的版本不同（{version.strip()}，服务器是 {need}）：{wanted}")
    return path


@contextmanager
def _beside() -> Iterator[psycopg.Connection]:
    """A connection to the server's maintenance database, for what cannot be done from inside a database."""
    connection.ensure_connection()
    info = connection.connection.info
    address = make_conninfo(info.dsn, dbname="postgres", **({"password": info.password} if info.password else {}))
    connection.close()  # a database with a connection can be neither renamed nor dropped
    with psycopg.connect(address, autocommit=True) as server:
        yield server
