"""Where a policy's records stand in its text: links from the words to what was made of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from policies.models import Reference, Responsibility, Target
from policies.quotes import QuoteFinder


@dataclass(frozen=True, slots=True)
class Link:
    """[start, end) of a paragraph's text, and the address that it leads to; `target` where the words set one."""

    start: int
    end: int
    address: str
    target: Target | None = None


class Linked(Protocol):
    """A paragraph."""

    text: str
    links: list[Link]


Found = tuple[Linked, Link]
Quoted = Iterable[tuple[int | None, str, str, Target | None]]  # provision, words, address, target


def link(
    paragraphs: dict[int, list[Linked]],
    references: Sequence[Reference],
    targets: Sequence[Target],
    duties: Sequence[Responsibility],
) -> None:
    """Give the paragraphs of each provision their links, from left to right and apart from each other."""
    rows: list[Quoted] = [
        ((row.provision_id, row.quote, row.cited_address, None) for row in references if row.cited_address),
        (
            (duty.provision_id, row.name, row.agency.get_absolute_url(), None)
            for duty in duties
            for row in sorted(duty.agencies.all(), key=lambda row: row.position)
        ),
        ((row.provision_id, row.quote, f"#t{row.pk}", row) for row in targets),
    ]
    found: defaultdict[int, list[Found]] = defaultdict(list)
    for kind in rows:
        for paragraph, made in _found(paragraphs, kind):
            found[id(paragraph)].append((paragraph, made))
    for places in found.values():
        paragraph = places[0][0]
        for _, made in sorted(places, key=lambda place: (place[1].start, -place[1].end)):
            if not paragraph.links or made.start >= paragraph.links[-1].end:
                paragraph.links.append(made)


def _found(paragraphs: dict[int, list[Linked]], rows: Quoted) -> Iterator[Found]:
    """Those whose words stand in a paragraph of their provision; rows of one provision come in its order."""
    finders = {pk: QuoteFinder([part.text for part in parts]) for pk, parts in paragraphs.items()}
    for provision, words, address, target in rows:
        finder = finders.get(provision or 0)
        place = finder.next(words) if finder and words else None
        if place:
            index, start = place
            yield paragraphs[provision or 0][index], Link(start, start + len(words), address, target)
