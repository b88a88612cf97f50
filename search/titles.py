"""The titles and numbers of all policies, folded once."""

from policies.models import Policy
from search.analysis import fold
from search.kept import Kept

Titles = dict[int, tuple[str, str]]  # of each policy, unpublished ones too


def _gathered() -> Titles:
    rows = Policy.objects.order_by().values_list("pk", "title", "doc_number")
    return {pk: (fold(title), fold(number)) for pk, title, number in rows}


_titles = Kept(_gathered)


def titled(*folded: str) -> list[int]:
    """The policies whose title contains all the folded texts, the shortest title first."""
    found = sorted(
        (len(title), pk) for pk, (title, _) in _titles.get().items() if all(text in title for text in folded)
    )
    return [pk for _, pk in found]


def numbered(folded: str) -> list[int]:
    """The policies whose document number contains the folded text."""
    return [pk for pk, (_, number) in _titles.get().items() if folded in number]
