"""What tests share: where the real issues lie, and a transaction for all tests of a file."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

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


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker) -> Iterator[None]:
    """What is written in it once for a file stands for each of its tests, which are rolled back to it.

    Not for files with a test that commits (`transaction=True`), or that wants an empty base.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def back_to_what_is_kept(request) -> None:
    """A test of such a file has a transaction of its own, ask for it or not."""
    if "kept" in request.fixturenames:
        request.getfixturevalue("db")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected stays to the end: it need not be looked at for garbage again and again."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
