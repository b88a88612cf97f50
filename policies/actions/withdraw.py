"""Withdraw: readers no longer see an issue and its policies, or a policy that stands alone."""

from django.contrib.auth.models import AnonymousUser, User

from policies.models import Issue, Policy
from policies.publishing import AWAY, move


def withdraw(subject: Issue | Policy, *, user: User | AnonymousUser | None, note: str = "") -> bool:
    """Published → withdrawn, with the reason; whether anything changed.

    `user` needs policies.publish_issue.  Raises PermissionDenied and PublishError.
    """
    return move(subject, AWAY, user=user, note=note)
