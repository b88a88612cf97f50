"""Words that the base itself teaches jieba: its agencies, regions and indicators.

They are gathered when an index is made, and lie beside it, so that clauses and queries are cut alike.
A word that comes later only ranks a little worse until the next rebuild: finding needs no dictionary.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from policies.models import Agency, AgencyName, Policy, Region, Target
from search import analysis
from search.analysis import fold

FILE = "words.txt"
LONGEST = 8  # characters: what is longer is a phrase, and nobody asks for just that
REGION = re.compile("^(?:.{1,8}?(?:省|自治区|市|自治州|县|区)|[省市区县州])(?=.{3})")


def gather(folder: Path) -> None:
    """Write the words that the base has now into the index's folder."""
    words = sorted({word for name in _names() for word in _words(name)})
    (folder / FILE).write_text("\n".join(words), encoding="utf-8")


def learn(folder: Path) -> None:
    """Teach the cutter the words beside the index, where it has any."""
    file = folder / FILE
    if file.exists():
        analysis.learn(file.read_text(encoding="utf-8").split("\n"))


def _names() -> Iterator[str]:
    known = Agency.objects.filter(known=True)
    yield from known.values_list("name", flat=True)
    yield from AgencyName.objects.filter(agency__in=known).values_list("name", flat=True)
    regions = Region.objects.filter(pk__in=Policy.objects.order_by().values("region"))
    yield from chain.from_iterable(regions.values_list("name", "short_name"))
    yield from Target.objects.standing().order_by().values_list("indicator", flat=True).distinct()


def _words(name: str) -> Iterable[str]:
    """The Han runs of a name that may be words; an agency's without the region before it."""
    runs = (run.group() for run in analysis.RUN.finditer(fold(name)) if run.lastgroup == "han")
    bare = (REGION.sub("", run) for run in runs)
    return [run for run in bare if 2 <= len(run) <= LONGEST]
