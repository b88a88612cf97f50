"""The words of every clause stand in its lines."""

from collections.abc import Iterator, Sequence

from ingest.parsing.misread import repaired
from policies.models import Policy, Provision, Review, Source
from policies.verification.check import Check, place
from policies.verification.texts import portions

PARTS = ("heading", "text", "tail")
BETWEEN = frozenset({"page", "column"})  # what a page put between the lines of a clause
LEFT_OUT = str.maketrans("", "", "\u200b\ufeff*")  # with white space, what joining lines leaves out
SHOWN = 30  # characters of words


def unprinted() -> Iterator[str]:
    """Clauses with words that their lines do not have; of what editors corrected, the words that they found."""
    for portion in portions():
        lines = {pk: _lines(source, portion.lines[pk]) for pk, source in portion.sources.items()}
        rows = Provision.objects.filter(policy__in=portion.policies).exclude(review=Review.ADDED).order_by("pk")
        for row in rows.defer("topics").iterator():
            policy = portion.policies[row.policy_id]
            words = _missing(row, policy, lines[policy.source_id])
            if words:
                where = place(policy.slug, row.eid, row.start_line)
                yield f"{where}：条款 {row.pk} 的“{words[:SHOWN]}”不在它的行里"


def _lines(source: Source, printed: Sequence[str]) -> list[str]:
    """The printed lines as `_compact` sees words, those empty that are no part of a clause."""
    lines = [_compact(line) for line in printed]
    for segment in source.segments:
        if segment["kind"] in BETWEEN:
            first, last = segment["start_line"], min(segment["end_line"], len(lines))
            lines[first - 1 : last] = [""] * (last - first + 1)
    return lines


def _missing(row: Provision, policy: Policy, lines: Sequence[str]) -> str:
    """The first paragraph that is not printed there; blank if there is none."""
    original = row.original or {}
    place: Provision | Policy = policy if original else row  # an editor may have parted a clause from its lines
    printed = "".join(lines[place.start_line - 1 : place.end_line])
    paragraphs = [words for part in PARTS for words in original.get(part, getattr(row, part)).split("\n")]
    return next((words for words in paragraphs if _compact(words) not in printed), "")


def _compact(words: str) -> str:
    return repaired("".join(words.split()).translate(LEFT_OUT))


CHECKS = (Check("条款的文字在它的行里", unprinted),)
