"""`make bench [CORPUS=FOLDER]`: how fast it reads, loads, indexes and finds, measured on the spot.

Without a corpus the sample issues are measured.  Everything happens in a temporary folder with a
database of its own.
"""

import argparse
import os
import tempfile
from pathlib import Path


def main() -> None:
    arguments = argparse.ArgumentParser(prog="make bench", description=__doc__)
    arguments.add_argument("--corpus", type=Path, help="a folder of .md or .txt files")
    arguments.add_argument("--files", type=int, default=0, help="take only so many of them")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ["POLICY_VAR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        os.environ.pop("DATABASE_URL", None)
        os.environ["API_LIMIT_ANONYMOUS"] = "1000000"  # requests are counted, and none is refused
        import django

        django.setup()
        from benchmarks import api, exactness, exports, extraction, knowledge_base, pages
        from benchmarks.queries import mix
        from benchmarks.tables import show
        from search.engines import ENGINES

        root = options.corpus or Path(__file__).resolve().parent.parent / "fixtures" / "samples"
        files = sorted(p for p in root.rglob("*") if p.suffix in (".md", ".txt") and p.name != "README.md")
        files = files[: options.files or None]
        show("Reading and parsing, no database", extraction.measure(files))
        with knowledge_base.made():
            show("Loading", knowledge_base.measure_loading(files))
            show("Exporting", exports.measure())
            show("Lists of 50 over the API", api.measure())
            engines = list(ENGINES)
            show("Indexing", knowledge_base.measure_indexing(engines))
            show("Finding exactly what is there", exactness.measure(engines))
            show("200 queries, whole pages over HTTP", pages.measure(engines, mix()))


if __name__ == "__main__":
    main()
