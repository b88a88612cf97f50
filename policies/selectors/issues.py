"""An issue as it was printed: its columns, and its neighbours."""

from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Q

from policies.models import Issue, Policy
from policies.selectors.policies import listed_policies


@dataclass(slots=True)
class Line:
    """A line of 本期要目: what is printed, and the policy if the reader may read it."""

    title: str
    page: int | None
    policy: Policy | None


@dataclass(slots=True)
class Column:
    name: str
    lines: list[Line] = field(default_factory=list)


def columns_of(issue: Issue, user) -> list[Column]:
    """The columns in their printed order; policies that 本期要目 leaves out stand in a last one."""
    policies = {policy.pk: policy for policy in listed_policies(user).filter(issue=issue).order_by("order")}
    columns = [
        Column(name, [Line(entry.title, entry.page, policies.pop(entry.policy_id or 0, None)) for entry in entries])
        for name, entries in groupby(issue.contents.all(), key=lambda entry: entry.column)
    ]
    if policies:
        columns.append(Column("要目未列", [Line(policy.title, policy.page, policy) for policy in policies.values()]))
    return columns


def neighbours(issue: Issue, user) -> tuple[Issue | None, Issue | None]:
    """The issues before and after it among those that `user` may read."""
    issues = Issue.objects.visible_to(user)
    earlier = Q(year__lt=issue.year) | Q(year=issue.year, number__lt=issue.number)
    later = Q(year__gt=issue.year) | Q(year=issue.year, number__gt=issue.number)
    return (
        issues.filter(earlier).order_by("-year", "-number").first(),
        issues.filter(later).order_by("year", "number").first(),
    )
