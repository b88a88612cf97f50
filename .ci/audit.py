"""Ask what is known against the locked dependencies, and say plainly of which of them nothing could be learnt.

Ends with 1 if anything is known against one of them.  pip-audit alone says "No known vulnerabilities found" of
packages for which its source has no entry, or which it could not ask for.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PATIENCE = 300  # seconds
LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"


def verdict(report: dict[str, Any]) -> tuple[int, list[str]]:
    """The exit status, and what to print, of a report as pip-audit's `--format json` gives it."""
    dependencies = report["dependencies"]
    known = [
        f"{dependency['name']} {dependency['version']}: {flaw['id']}, mended in {' '.join(flaw['fix_versions'])}"
        for dependency in dependencies
        for flaw in dependency.get("vulns", [])
    ]
    unasked = [dependency["name"] for dependency in dependencies if "skip_reason" in dependency]
    audited = len(dependencies) - len(unasked)
    lines = [*known, f"{audited} of {len(dependencies)} locked packages audited, {len(known)} known vulnerabilities."]
    if unasked:
        lines.append(f"NOT AUDITED, for no advisories could be had: {', '.join(unasked)}")
    return (1 if known else 0), lines


def main() -> int:
    command = [sys.executable, "-m", "pip_audit", "-r", str(LOCK), "--require-hashes", "--disable-pip"]
    try:
        asked = subprocess.run(
            [*command, "--format", "json", "--progress-spinner", "off"],
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        report = json.loads(asked.stdout)
    except subprocess.TimeoutExpired as slow:
        print(f"NOT AUDITED, for no advisories could be had: {slow}")
        return 0
    except json.JSONDecodeError:
        print(f"NOT AUDITED, for no advisories could be had:\n{asked.stderr}")
        return 0
    status, lines = verdict(report)
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main())
