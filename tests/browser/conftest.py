"""A browser, and a site that holds the invented samples."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, sync_playwright

from ingest.pipeline import ingest
from policies.roles import set_up_roles
from search import indexing

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


@pytest.fixture
def site(chromium, live_server, settings, tmp_path) -> str:
    """The address of a site with both samples published and indexed, and the roles of accounts."""
    settings.INDEX_FOLDER = tmp_path / "index"
    call_command("loadgazetteer", verbosity=0)
    set_up_roles()
    for file in sorted(SAMPLES.glob("*.txt")):
        ingest(file.read_bytes(), file.name, publish=True)
    indexing.rebuild()
    return live_server.url
