"""Bases of earlier releases, as databases of their own on the tests' server."""

import json
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.backup import server

HERE = Path(__file__).parent
FACTS: dict[str, Any] = json.loads((HERE / "facts-0.1.0.json").read_text(encoding="utf-8"))


@contextmanager
def own_database(name: str, *, dump: Path | None = HERE / "base-0.1.0.dump.xz") -> Iterator[None]:
    """Work on a database of that name, made now and dropped in the end: the dump's base, or an empty one."""
    server.make(name)
    try:
        if dump:
            with lzma.open(dump) as file:
                server.fill(name, file)
        with server.using(name):
            yield
    finally:
        server.drop(name)
