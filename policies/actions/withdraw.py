"""Withdraw: readers no longer see an issue and its policies, or a policy that stands alone."""

from django.contrib.auth.models import AnonymousUser, User

from policies.editable import InvalidError
from policies.history import require
from policies.models import Action, Issue, Policy
from policies.publishing import AWAY, move


def withdraw(subject: Issue | Policy, *, user: User | AnonymousUser | None, note: str) -> Action | None:
    """Published → withdrawn, with the reason; the action, None if nothing changed.

    `user` needs policies.publish_issue.  Raises PermissionDenied, PublishError, and InvalidError without a reason.
    """
    require(user, AWAY.permission, AWAY.verb.label)
    if not note.strip():
        raise InvalidError({"note": ["请写明撤回的原因"]})
    return move(subject, AWAY, user=user, note=note)
