"""The file of a backup, while others work in its folder."""

import fcntl

from config.backup import archive
from config.backup.archive import Manifest

MANIFEST = Manifest("1.0.0", "2031-01-05T08:15:00+00:00", postgresql=17, migrations=[], rows={}, database_bytes=0)


def test_a_file_that_is_swept_away_before_it_is_locked_is_made_again(tmp_path, monkeypatch):
    target = tmp_path / "policy-20310105T081500Z.zip"
    partial = target.with_name(target.name + archive.PARTIAL)
    lock, sweeps = fcntl.flock, iter([partial.unlink])

    def swept(file, operation):
        next(sweeps, lambda: None)()
        lock(file, operation)

    monkeypatch.setattr(fcntl, "flock", swept)
    written = archive.write(target, MANIFEST, [b"dump"])
    with archive.opened(target) as (manifest, dump):
        assert (manifest, b"".join(dump)) == (written, b"dump")
    assert list(tmp_path.iterdir()) == [target]
