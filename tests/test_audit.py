"""The audit of dependencies: what is known against one fails it, and silence is not taken for good news."""

import runpy
from pathlib import Path

verdict = runpy.run_path(str(Path(__file__).resolve().parents[1] / ".ci" / "audit.py"))["verdict"]
SOUND = {"name": "sound", "version": "1.0", "vulns": []}
FLAWED = {"name": "flawed", "version": "2.1", "vulns": [{"id": "PYSEC-2031-1", "fix_versions": ["2.2"]}]}
UNKNOWN = {"name": "unknown", "skip_reason": "could not be audited"}


def test_a_known_vulnerability_fails():
    status, lines = verdict({"dependencies": [SOUND, FLAWED]})
    assert (status, lines[0]) == (1, "flawed 2.1: PYSEC-2031-1, mended in 2.2")


def test_what_nothing_is_known_of_is_named():
    status, lines = verdict({"dependencies": [SOUND, UNKNOWN]})
    assert status == 0
    assert lines == [
        "1 of 2 locked packages audited, 0 known vulnerabilities.",
        "NOT AUDITED, for no advisories could be had: unknown",
    ]
