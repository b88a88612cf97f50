"""`python -m benchmarks.growth`: what pages, searches, loading and indexing cost as the base grows.

Bases of one, ten and a hundred times two issues (varied copies of the real ones where they are, else of the samples),
each measured in a process of its own.  `--folder` keeps the bases: they take long to make and little to measure.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.tables import Rows, show, timed

TIMES = (1, 10, 100)
ASKINGS = 15  # of each page
PAGES = (
    "/", "/issues/", "/policies/", "/regions/", "/agencies/", "/targets/", "/topics/", "/api/v1/policies/",
    "/api/v1/provisions/", "/api/v1/targets/", "/api/v1/statistics/", "/api/v1/changes/",
    "/search/suggestions/?q=zheng",
)  # fmt: skip
MORE = 5  # issues that are loaded on top, one by one


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    arguments.add_argument("--times", type=int, nargs="*", default=TIMES)
    arguments.add_argument("--folder", type=Path, help="keep the bases there, and use those that are there")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="growth-") as folder:
        told = [_of_base(options.folder or Path(folder), times) for times in options.times]
    rows: Rows = []
    for name in told[0]:
        figures = [base[name] for base in told]
        row = ", ".join(f"×{times} {figure:,.1f}" for times, figure in zip(options.times, figures, strict=True))
        rows.append((name, f"{row} ({figures[-1] / figures[0]:.1f} times)"))
    show("As the base grows", rows)


def _of_base(folder: Path, times: int) -> dict[str, float]:
    """Figure of each measurement in a base of so many times two issues."""
    environment = {**os.environ, "POLICY_VAR": str(folder / f"times-{times}"), "API_LIMIT_ANONYMOUS": "0"}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "benchmarks.growth", "of", str(times)]
    ran = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def _measure(times: int) -> None:
    """Make the base of this process where it is not there yet, and print what was measured."""
    import django

    django.setup()
    from benchmarks.knowledge_base import made
    from policies.models import Issue, Provision
    from search import indexing

    with made():
        make(times)
        indexing.warm()
        figures: dict[str, float] = {"clauses": Provision.objects.clauses().count()}
        figures |= _pages()
        more = Issue.objects.count()
        figures["loading an issue, s"] = median(timed(_loading(more + number)) for number in range(MORE))
        figures["taking it into the index, s"] = timed(indexing.update) / MORE
    print(json.dumps(figures))


def make(times: int) -> None:
    """Load, up to so many times two issues, what the base does not hold yet, and index it."""
    from policies.models import Issue
    from search import indexing

    there = Issue.objects.count()
    for number in range(there, 2 * times):
        _load(number)
    if there < 2 * times:
        indexing.rebuild()


def _load(number: int) -> None:
    """Load and publish the copy of that number."""
    from django.conf import settings

    from benchmarks.copies import copies
    from ingest.pipeline import ingest

    shared = Path(os.environ.get("POLICY_SHARED", settings.BASE_DIR.parent / "shared")) / "issues"
    folder = shared if shared.is_dir() else settings.FIXTURES / "samples"
    originals = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("20*.txt"))]
    for name, content in copies(originals, number, 1):
        ingest(content, name, publish=True)


def _loading(number: int) -> Callable[[], None]:
    return lambda: _load(number)


def _pages() -> dict[str, float]:
    """Milliseconds of pages and searches: medians."""
    from django.contrib.auth.models import AnonymousUser
    from django.test import Client

    from benchmarks.queries import mix
    from policies.models import Agency, Policy, Region
    from policies.selectors.agencies import busiest

    client = Client(SERVER_NAME="127.0.0.1")

    def milliseconds(path: str) -> float:
        began = time.perf_counter()
        if client.get(path).status_code != 200:
            raise RuntimeError(f"no answer from {path}")
        return 1000 * (time.perf_counter() - began)

    def usual(path: str) -> float:
        milliseconds(path)
        return median(milliseconds(path) for _ in range(ASKINGS))

    figures = {path: usual(path) for path in PAGES}
    policy = Policy.objects.filter(issue__number=1).order_by("issue", "pk").first()
    agency = busiest(Agency.objects.all(), AnonymousUser())[0]
    figures["a policy"] = usual(policy.get_absolute_url()) if policy else 0
    figures["the busiest agency"] = usual(agency.get_absolute_url())
    figures["the nation's page"] = usual(Region.objects.get(level=Region.Level.NATION).get_absolute_url())
    searches = [milliseconds(f"/search/?{query}") for _, query in mix()]
    figures["searches of 200"] = median(searches)
    figures["searches of 200, p95"] = sorted(searches)[len(searches) * 95 // 100]
    return figures


if __name__ == "__main__":
    _measure(int(sys.argv[2])) if sys.argv[1:2] == ["of"] else main()
