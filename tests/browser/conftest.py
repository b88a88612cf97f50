"""A browser, and a site that holds the invented samples."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, sync_playwright

from config.backup import server
from config.setup import prepare_database
from ingest.pipeline import ingest
from search import indexing
from tests import databases

SAMPLES = Path(__file__).resolve().parents[2] / "fixtures" / "samples"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium; without one the test is skipped, unless CI requires it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set, but there is no chromium on PATH")
        pytest.skip("no chromium on PATH")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in the thread of the tests
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=program,
                args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
            )
            yield browser
            browser.close()


@pytest.fixture(scope="session")
def samples(django_db_blocker, tmp_path_factory, worker_id) -> Iterator[tuple[str, Path]]:
    """A database with both samples published and the roles of accounts, and its index.

    The database has a name of this worker of pytest-xdist: a server that DATABASE_URL names serves all of them.
    """
    name = f"samples_{worker_id}"
    index = tmp_path_factory.mktemp("samples") / "index"
    with django_db_blocker.unblock():
        server.make(name)
        with server.using(name), override_settings(INDEX_FOLDER=index):
            prepare_database()
            for file in sorted(SAMPLES.glob("*.txt")):
                ingest(file.read_bytes(), file.name, publish=True)
            indexing.rebuild()
    yield name, index
    with django_db_blocker.unblock():
        server.drop(name)


@pytest.fixture
def site(chromium, samples, live_server, settings, tmp_path) -> Iterator[str]:
    """The address of a site with the samples, which a test may change."""
    filled, index = samples
    name = f"site_of_{filled}"
    settings.INDEX_FOLDER = shutil.copytree(index, tmp_path / "index", symlinks=True)
    databases.copy(filled, name)
    with server.using(name):
        yield live_server.url
    databases.drop(name)
