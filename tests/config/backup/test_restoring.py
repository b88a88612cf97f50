"""The drill: a base is backed up, destroyed, restored, and the same; and what may go wrong leaves what was."""

import fcntl
import json
import os
import signal
import zipfile
from collections import namedtuple
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO

import psycopg
import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import conninfo_to_dict

from config.backup import archive, restoring, server
from config.backup.archive import BackupError
from config.environment import Environment
from policies.models import Policy
from search import indexing
from tests.upgrade.earlier import own_database

NAME = "drill"
TABLE = "policies_policy"
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(scope="module")
def old_backup(django_db_blocker, tmp_path_factory):
    """A backup of a base that 0.1.0 left."""
    with django_db_blocker.unblock(), own_database(NAME):
        return backed_up(tmp_path_factory.mktemp("backups"))


@pytest.fixture
def base(old_backup, django_db_blocker, settings, tmp_path):
    """An own database with one table, that of a knowledge base, and an index of its own."""
    settings.INDEX_FOLDER = tmp_path / "index"
    with django_db_blocker.unblock(), own_database(NAME, dump=None):
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {TABLE} AS SELECT 7 AS number")
        yield
        connection.close()


@pytest.fixture
def damaged(old_backup, tmp_path):
    """Makes a copy of the backup whose manifest or dump is another."""

    def make(dump: bytes = b"", **facts):
        path = tmp_path / "damaged.zip"
        with archive.opened(old_backup) as (manifest, chunks):
            archive.write(path, replace(manifest, **facts), [dump] if dump else chunks)
        return path

    return make


def backed_up(folder):
    call_command("backup", str(folder), stdout=StringIO())
    return max(folder.glob("policy-*.zip"))


def restored(path, **options):
    call_command("restore", str(path), stdout=(said := StringIO()), stderr=StringIO(), **options)
    return said.getvalue()


def databases():
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{NAME}%"])
        return {name for (name,) in cursor.fetchall()}


def assert_untouched():
    assert databases() == {NAME}
    assert connection.introspection.table_names() == [TABLE]


def dumped(folder):
    call_command("dump", str(folder), stdout=StringIO())
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_base_that_was_destroyed_comes_back_the_same(old_backup, base, tmp_path, monkeypatch):
    """The backup is older than the program: it is migrated; a backup of that, restored, is the same base.

    What is written while a backup is made is not in it, and does no harm.
    """
    restored(old_backup, replace=True)
    assert databases() == {NAME}
    call_command("migrate", check=True, verbosity=0)
    assert indexing.check().same
    Session.objects.create(session_key="k", session_data="d", expire_date=timezone.now())
    before = dumped(tmp_path / "before")
    monkeypatch.setattr(server, "dumped", write_and_dump(server.dumped))
    path = backed_up(tmp_path)
    assert Policy.objects.filter(title="改").exists()
    with server.using("postgres"):
        server.make(NAME)
    moment = f"{timezone.localtime():已恢复 %Y年%-m月%-d日 }"
    assert moment in restored(path)
    assert dumped(tmp_path / "after") == before
    assert indexing.check().same
    assert not Session.objects.exists()
    assert User.objects.filter(username="主编丁").exists()


def write_and_dump(dump):
    """Dumps as `dump` does, after another process wrote something."""

    def late(snapshot):
        with psycopg.connect(connection.connection.info.dsn) as other:
            other.execute("UPDATE policies_policy SET title = '改'")
            other.execute("DELETE FROM policies_problem")
        return dump(snapshot)

    return late


def test_what_is_there_is_not_replaced_unasked(old_backup, base):
    with pytest.raises(CommandError, match="--replace"):
        restored(old_backup)
    assert_untouched()


def test_a_base_in_use_is_left_alone(old_backup, base):
    connection.ensure_connection()
    with (
        psycopg.connect(connection.connection.info.dsn),
        pytest.raises(CommandError, match="请先停止网站"),
    ):
        restored(old_backup, replace=True)
    assert_untouched()


def test_a_base_that_comes_into_use_meanwhile_keeps_its_index(old_backup, base, settings, monkeypatch):
    index = settings.INDEX_FOLDER / "whoosh-2"
    index.mkdir(parents=True)
    monkeypatch.setattr(server, "fill", lambda database, dump: None)
    monkeypatch.setattr(restoring, "_require_complete", lambda manifest: None)
    monkeypatch.setattr(restoring, "prepare_database", lambda: None)
    monkeypatch.setattr(server, "swapped", in_use)  # as PostgreSQL says after five seconds
    with pytest.raises(CommandError, match="请先停止网站"):
        restored(old_backup, replace=True)
    assert_untouched()
    assert index.is_dir()


@contextmanager
def in_use(database, *, old, new):
    raise BackupError(server.IN_USE)
    yield


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"program": "9.0.0", "migrations": ["policies.9999_later"]}, "备份来自更新的程序（9.0.0"),
        ({"postgresql": 99}, "PostgreSQL 99"),
        ({"format": 9}, "请先升级程序"),
        ({"database_bytes": 10**18}, "没有恢复"),
        ({"dump": b"no dump at all"}, "pg_restore 失败"),
        ({"rows": {"policies_policy": 1}}, "行数与备份的清单不符"),
    ],
)
def test_what_cannot_be_restored_leaves_what_was(damaged, base, facts, words):
    with pytest.raises(CommandError, match=words):
        restored(damaged(**facts), replace=True)
    assert_untouched()


def test_a_damaged_file_is_told_before_anything_is_touched(old_backup, base, tmp_path):
    content = old_backup.read_bytes()
    middle = len(content) // 2
    changed = bytes([content[middle] ^ 255])
    for broken in (b"", b"text", content[:middle], content[:middle] + changed + content[middle + 1 :]):
        path = tmp_path / "broken.zip"
        path.write_bytes(broken)
        with pytest.raises(CommandError, match=r"已损坏：.*broken\.zip$"):
            restored(path, replace=True)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("readme.txt", "")
    with pytest.raises(CommandError, match="不是知识库的备份"):
        restored(tmp_path / "other.zip", replace=True)
    with pytest.raises(CommandError, match=r"无法读取 .*none\.zip：没有这个文件"):
        restored(tmp_path / "none.zip", replace=True)
    assert_untouched()


def test_who_may_make_no_database_is_told_so(old_backup, base, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE lowly LOGIN")
        cursor.execute(f"GRANT ALL ON {TABLE} TO lowly")
    connection.close()
    try:
        with monkeypatch.context() as patch:
            patch.setitem(connection.settings_dict, "USER", "lowly")
            with pytest.raises(CommandError, match="ALTER ROLE lowly CREATEDB"):
                restored(old_backup, replace=True)
            connection.close()
        assert_untouched()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP OWNED BY lowly")
            cursor.execute("DROP ROLE lowly")


def test_a_backup_that_fails_leaves_no_file(base, tmp_path, monkeypatch):
    def broken(snapshot):
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(server, "dumped", broken)
    with pytest.raises(CommandError, match="磁盘已满"):
        call_command("backup", str(tmp_path / "mine.zip"))
    assert not list(tmp_path.glob("mine*"))


def test_a_backup_that_is_ended_leaves_no_file(base, tmp_path, monkeypatch):
    def ended(snapshot):
        yield b"half"
        os.kill(os.getpid(), signal.SIGTERM)
        yield b"never"

    monkeypatch.setattr(server, "dumped", ended)
    with handler_kept(signal.SIGTERM), pytest.raises(SystemExit):
        call_command("backup", str(tmp_path))
    assert not list(tmp_path.iterdir())


@contextmanager
def handler_kept(number):
    handler = signal.getsignal(number)
    try:
        yield
    finally:
        signal.signal(number, handler)


def test_what_killed_backups_left_goes_with_the_next(base, tmp_path, monkeypatch):
    monkeypatch.setattr(server, "dumped", lambda snapshot: [b"dump"])
    killed, working = (tmp_path / f"policy-20310105T08150{n}Z.zip.partial" for n in range(2))
    others = tmp_path / "mine.zip.partial"
    for path in (killed, working, others):
        path.touch()
    with working.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        made = backed_up(tmp_path)
    assert set(tmp_path.iterdir()) == {working, others, made}


def test_a_backup_is_refused_where_there_is_no_room_or_a_file(base, tmp_path, monkeypatch):
    (tmp_path / "there.zip").write_text("kept")
    with pytest.raises(CommandError, match="已有这个文件"):
        call_command("backup", str(tmp_path / "there.zip"))
    assert (tmp_path / "there.zip").read_text() == "kept"
    monkeypatch.setattr("shutil.disk_usage", lambda folder: Usage(10**6, 10**6, 0))
    with pytest.raises(CommandError, match="只剩 0 MB"):
        call_command("backup", str(tmp_path))


def test_what_does_not_end_in_zip_is_a_folder_and_is_made(base, tmp_path, monkeypatch):
    monkeypatch.setattr(server, "dumped", lambda snapshot: [b"dump"])
    assert backed_up(tmp_path / "nights" / "2031").name.startswith("policy-")
    call_command("backup", str(tmp_path / "mine.zip"), stdout=StringIO())
    assert (tmp_path / "mine.zip").is_file()
    with pytest.raises(CommandError, match="无法写入"):
        call_command("backup", str(tmp_path / "none" / "new.zip"))


def test_a_backup_is_its_owners_and_says_what_it_is(old_backup, settings):
    assert old_backup.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(old_backup) as file:
        manifest = json.loads(file.read("manifest.json"))
    assert manifest["program"] == settings.VERSION
    assert manifest["rows"]["policies_policy"] == 20
    assert "policies.0017_changes_that_readers_saw" in manifest["migrations"]


@pytest.fixture
def pg_dump(base, tmp_path, monkeypatch):
    """Makes a pg_dump of that version the one on PATH, for a server that DATABASE_URL names; gives what it was told."""
    told = tmp_path / "told"
    connection.ensure_connection()
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.postgresql")
    monkeypatch.setattr(server, "DEBIANS", "/nowhere/{}")
    monkeypatch.setenv("PATH", str(tmp_path))

    def make(version):
        script = tmp_path / "pg_dump"
        said = f'if [ "$1" = --version ]; then echo "pg_dump (PostgreSQL) {version}.4 (Debian {version}.4-1)"'
        script.write_text(f'#!/bin/sh\n{said}\nelse printf "%s\\n" "$@" "$PGPASSWORD" > {told}; fi\n')
        script.chmod(0o755)
        return told

    return make


def test_programs_that_are_missing_or_of_another_version_are_named(pg_dump, tmp_path):
    """From 17 on they send what older servers do not know."""
    with pytest.raises(CommandError, match="没有找到 pg_dump：请安装 PostgreSQL"):
        call_command("backup", str(tmp_path))
    for version in (server.major() - 1, server.major() + 1):
        pg_dump(version)
        with pytest.raises(CommandError, match=f"与服务器的版本不同.* {version}.4"):
            call_command("backup", str(tmp_path))


def test_programs_are_told_the_address_as_it_was_given_and_nothing_that_older_ones_do_not_know(
    pg_dump, tmp_path, monkeypatch
):
    host, user = (connection.settings_dict[name] for name in ("HOST", "USER"))
    given = Environment.db_url_config(f"postgres:///{NAME}?host={host}&user={user}&password=geheim&sslmode=prefer")
    for name in ("HOST", "PORT", "USER", "PASSWORD", "OPTIONS"):
        monkeypatch.setitem(connection.settings_dict, name, given[name])
    told = pg_dump(server.major())
    backed_up(tmp_path)
    *words, password = told.read_text().splitlines()
    address = conninfo_to_dict(words[-1].removeprefix("--dbname="))
    assert address.pop("client_encoding") == "UTF8"
    assert address == {"host": host, "user": user, "dbname": NAME, "sslmode": "prefer"}
    assert password == "geheim"
