"""Places: where in a policy a line, a path or a quote lies."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from policies.eids import is_editors
from policies.lines import squeezed
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

        What editors split off has the quotes that went with its words, what they merged stands in another.
        """
        found = self._by_path.get(path, []) if path else []
        printed = next((p for p in found if p.start_line <= line <= p.end_line), found[0] if found else None)
        place = printed or self.around(line)
        here = place is not None and line <= place.end_line
        if place is None or not (here and quote in place.words()):
            split_off = (p for p in self._added if p.start_line <= line <= p.end_line)
            place = next((p for p in split_off if not here or quote in p.words()), place)
        return self._standing(place, quote) if place else None

    def around(self, line: int) -> Provision | None:
        """The innermost provision that `line` lies in."""
        index = bisect_right(self._starts, line) - 1
        provision = self._by_line[index] if index >= 0 else None
        while provision is not None and provision.end_line < line:
            provision = provision.parent
        return self._standing(provision) if provision else None

    def _standing(self, place: Provision, quote: str = "") -> Provision:
        """The place itself, or, for one that was merged away, the one before it that has its words now."""
        if place.review != Review.REJECTED:
            return place
        beside = [p for p in self._outline if p.parent == place.parent and p.position < place.position]
        before = next((p for p in reversed(beside) if p.review != Review.REJECTED), None)
        words = squeezed(before.words()) if before else ""
        merged = any(part and part in words for part in map(squeezed, (place.text, quote)))
        return before if before and merged else place
