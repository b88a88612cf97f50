"""LibreOffice, which opens files as people do."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

needs_office = pytest.mark.skipif(
    not shutil.which("soffice") and "REQUIRE_OFFICE" not in os.environ, reason="no LibreOffice here to open files with"
)


def opened(files: list[Path], to: str, folder: Path, *options: str) -> list[str]:
    """What LibreOffice writes of each file in the format `to`, a text in UTF-8; `folder` is for it alone."""
    folder.mkdir(exist_ok=True)
    convert = ["soffice", "--headless", *options, "--convert-to", to, "--outdir", str(folder), *map(str, files)]
    subprocess.run(convert, check=True, timeout=120, cwd=folder)
    made = [folder / file.with_suffix(f".{to.partition(':')[0]}").name for file in files]
    return [file.read_text(encoding="utf-8-sig") for file in made]
