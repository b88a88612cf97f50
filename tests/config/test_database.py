"""The embedded PostgreSQL: it starts when needed, is shared, outlives killed clients, and stops with its last user."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from config.database import Cluster, EmbeddedDatabaseError, binaries

HOLDER = """
import sys
from pathlib import Path
from config.database import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.ensure("policy")
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def cluster(tmp_path):
    cluster = Cluster(tmp_path / "postgres")
    yield cluster
    cluster.release()
    assert not cluster.accepts()


def hold(folder: Path) -> subprocess.Popen:
    """Another process that uses the cluster until its standard input closes."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def server_pid(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_makes_starts_and_stops(cluster):
    assert not cluster.accepts()
    cluster.ensure("policy")
    assert cluster.accepts()
    with psycopg.connect(host=str(cluster.sockets), user="policy", dbname="policy") as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    cluster.release()
    assert not cluster.accepts()


def test_its_log_holds_a_week_and_no_more(cluster):
    cluster.ensure("policy")
    with psycopg.connect(host=str(cluster.sockets), user="policy", dbname="policy") as connection:
        assert connection.execute("SHOW log_truncate_on_rotation").fetchone() == ("on",)
        with pytest.raises(psycopg.errors.UndefinedTable):
            connection.execute("SELECT FROM nowhere")
    cluster.release()
    (today,) = cluster.log.iterdir()
    assert 'relation "nowhere" does not exist' in today.read_text()
    os.utime(today, (0, 0))
    cluster.starting.write_text("begun\n" * 1000)
    cluster.ensure("policy")
    assert "nowhere" not in today.read_text()
    assert "begun" not in cluster.starting.read_text()


def test_what_kept_it_from_starting_is_told(cluster):
    cluster.ensure("policy")
    cluster.release()
    (cluster.data / "global" / "pg_control").write_bytes(b"")
    with pytest.raises(EmbeddedDatabaseError, match="pg_control"):
        cluster.ensure("policy")


def test_last_user_stops_it(cluster):
    other = hold(cluster.folder)
    cluster.ensure("policy")
    other.communicate()
    assert cluster.accepts(), "the first to leave must not stop the server under the others"


def test_killed_client_leaves_a_server_that_the_next_one_uses_and_stops(cluster):
    other = hold(cluster.folder)
    pid = server_pid(cluster)
    other.kill()
    other.wait()
    assert cluster.accepts()
    cluster.ensure("policy")
    assert server_pid(cluster) == pid


def test_killed_server_is_started_again_with_what_it_held(cluster):
    cluster.ensure("policy")
    with psycopg.connect(host=str(cluster.sockets), user="policy", dbname="policy") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(server_pid(cluster), signal.SIGKILL)
    successor = Cluster(cluster.folder)
    successor.ensure("policy")
    with psycopg.connect(host=str(cluster.sockets), user="policy", dbname="policy") as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
    successor.release()
    cluster.release()


def test_killed_server_is_revived_under_those_who_use_it(cluster):
    cluster.ensure("policy")
    pid = server_pid(cluster)
    cluster.revive()
    assert server_pid(cluster) == pid, "one that lives is left alone"
    os.kill(pid, signal.SIGKILL)
    cluster.revive()
    assert cluster.accepts()


def test_interrupted_making_starts_over(cluster):
    half_made = cluster.folder / "data.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18")
    cluster.ensure("policy")
    assert cluster.accepts()


def test_long_paths_get_a_short_socket(tmp_path):
    deep = Cluster(tmp_path / ("很长的路径" * 10) / "postgres")
    deep.ensure("policy")
    assert deep.accepts()
    deep.release()
    assert not deep.accepts()


@pytest.mark.parametrize("name", ["两个 词", "o'neil", "a,b"])
def test_any_path_will_do(tmp_path, name):
    odd = Cluster(tmp_path / name)
    odd.ensure("policy")
    assert odd.accepts()
    odd.release()
    assert not odd.accepts()


def test_a_port_in_the_environment_does_not_matter(cluster, monkeypatch):
    monkeypatch.setenv("PGPORT", "6543")
    cluster.ensure("policy")
    monkeypatch.delenv("PGPORT")
    assert cluster.accepts()


def test_a_socket_folder_that_another_made_is_refused(cluster, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    cluster.folder.mkdir()
    cluster.sockets.symlink_to(elsewhere)
    with pytest.raises(EmbeddedDatabaseError, match="属于别的用户"):
        cluster.ensure("policy")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server under another account")
def test_root_may_keep_all_of_it_in_a_folder_closed_to_others(tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "bin").symlink_to(binaries())
    monkeypatch.setattr("config.database.binaries", lambda: closed / "bin")
    cluster = Cluster(closed / "postgres")
    cluster.ensure("policy")
    assert cluster.accepts()
    cluster.release()
