"""What every page brings along stays small."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

STATIC = Path(__file__).resolve().parents[2] / "static"


@pytest.mark.parametrize(("ending", "most"), [("css", 40_000), ("js", 60_000)])
def test_styles_and_scripts_are_small(ending, most):
    files = [*STATIC.rglob(f"*.{ending}")]
    if ending == "js":
        files.append(Path(finders.find("django_htmx/htmx-2.min.js") or ""))
    assert 0 < sum(file.stat().st_size for file in files) <= most


def test_nothing_is_fetched_from_elsewhere():
    for file in STATIC.rglob("*"):
        if file.suffix in {".css", ".js"}:
            words = file.read_text(encoding="utf-8")
            assert "://" not in words, file
            assert "@import" not in words, file
