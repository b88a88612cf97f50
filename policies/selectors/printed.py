"""A policy's lines by the printed page that they stand on, and which of these pages may be shown."""

from dataclasses import dataclass
from itertools import groupby

from policies.models import Policy, Printed


@dataclass(frozen=True, slots=True)
class Sheet:
    """Numbered lines that begin on one page; `page` is None where the source has no pages."""

    page: int | None
    shown: bool
    lines: list[tuple[int, str]]


def sheets(policy: Policy, user) -> list[Sheet]:
    """All lines of the policy, in order."""
    lines = enumerate(policy.source.lines()[policy.start_line - 1 : policy.end_line], policy.start_line)
    printed = getattr(policy.source, "printed", None)
    if printed is None:
        return [Sheet(None, False, list(lines))]
    shown = shown_pages(printed, policy, user)
    groups = groupby(lines, key=lambda line: printed.pages[line[0] - 1])
    return [Sheet(page, page in shown, list(group)) for page, group in groups]


def shown_pages(printed: Printed, policy: Policy, user) -> set[int]:
    """The pages with lines of the policy, less those that hold something of one which `user` may not read."""
    others = Policy.objects.filter(source=printed.source_id).exclude(pk__in=Policy.objects.visible_to(user))
    hidden = {
        page for start, end in others.values_list("start_line", "end_line") for page in printed.pages[start - 1 : end]
    }
    return set(printed.pages[policy.start_line - 1 : policy.end_line]) - hidden
