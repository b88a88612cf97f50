"""Withdraw: readers no longer see an issue and its policies, or a policy that stands alone."""

from django.contrib.auth.models import AnonymousUser, User

from policies.models import Action, Issue, Policy, State
from policies.publishing import PUBLISH, move


def withdraw(subject: Issue | Policy, *, user: User | AnonymousUser | None, note: str = "") -> bool:
    """Published → withdrawn, with the reason; whether anything changed.

    `user` needs policies.publish_issue.  Raises PermissionDenied and PublishError.
    """
    out_of, verb = (State.PUBLISHED,), Action.Verb.WITHDRAW
    return move(subject, State.WITHDRAWN, verb, out_of=out_of, permission=PUBLISH, user=user, note=note)
