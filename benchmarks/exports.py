"""How long the whole base takes to be dumped and its targets to be written as a workbook."""

import tempfile
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management import call_command

from benchmarks.tables import Rows, timed
from policies.exports.dump import dump
from policies.models import Provision, Target


def measure() -> Rows:
    with tempfile.TemporaryDirectory(prefix="dump-") as folder:
        place = Path(folder)
        dumped = timed(lambda: dump(place / "dump", User(is_staff=True), "https://example.org"))
        size = sum(file.stat().st_size for file in (place / "dump").iterdir())
        written = timed(lambda: call_command("export", "targets.xlsx", str(place / "targets.xlsx")))
    return [
        ("dump", f"{dumped:.1f} s, {size / 1e6:.0f} MB, {Provision.objects.count()} provisions"),
        ("targets.xlsx", f"{written:.1f} s, {Target.objects.count()} targets"),
    ]
