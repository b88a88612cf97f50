"""Places: where in a policy a line, a path or a quote lies."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from policies.eids import is_editors
from policies.models import Provision
from policies.models.extracted import Review


class Places:
    """The provisions of one policy as the machine's paths and lines name them, whatever editors made of its outline."""

    def __init__(self, provisions: Iterable[Provision], paths: Iterable[tuple[str, Provision]]):
        """`provisions` in the order of the outline, with their parents set; `paths` as printed, in the same order."""
        self._outline = list(provisions)
        self._by_line = sorted(self._outline, key=lambda provision: provision.start_line)
        self._starts = [provision.start_line for provision in self._by_line]
        self._by_eid = {provision.eid: provision for provision in self._outline}
        self._added = [p for p in self._outline if is_editors(p.eid) and p.review != Review.REJECTED]
        self._by_path: defaultdict[str, list[Provision]] = defaultdict(list)
        for path, provision in paths:
            self._by_path[path].append(provision)

    def of(self, eid: str) -> Provision | None:
        """The provision of this address."""
        return self._by_eid.get(eid)

    def at(self, path: str | None, line: int, quote: str) -> Provision | None:
        """The provision of this path, the one around `line` where several have it; else by line alone.

        What editors split off, or merged, holds the quotes that went with its words.
        """
        split_off = (p for p in self._added if p.start_line <= line <= p.end_line and quote in p.words())
        found = self._by_path.get(path, []) if path else []
        printed = next((p for p in found if p.start_line <= line <= p.end_line), found[0] if found else None)
        place = next(split_off, printed or self.around(line))
        return self._merged(place, quote) if place and place.review == Review.REJECTED else place

    def around(self, line: int) -> Provision | None:
        """The innermost provision that `line` lies in."""
        index = bisect_right(self._starts, line) - 1
        provision = self._by_line[index] if index >= 0 else None
        while provision is not None and provision.end_line < line:
            provision = provision.parent
        return provision

    def _merged(self, rejected: Provision, quote: str) -> Provision:
        """The nearest provision that has a rejected one's words, if one has."""
        standing: Sequence[Provision] = [p for p in self._outline if p.review != Review.REJECTED and quote in p.words()]
        return min(standing, key=lambda p: abs(p.position - rejected.position), default=rejected)
