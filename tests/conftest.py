"""What tests share: where the real issues lie, and a small base made by hand."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the real issues and their truth; without it the test is skipped, unless CI requires it."""
    folder = Path(os.environ.get("POLICY_SHARED", ROOT.parent / "shared"))
    if not (folder / "issues").is_dir():
        if os.environ.get("REQUIRE_SHARED"):
            pytest.fail(f"REQUIRE_SHARED is set, but there is no {folder}/issues")
        pytest.skip(f"no {folder}/issues: set POLICY_SHARED to the folder of the real issues")
    return folder.resolve()
