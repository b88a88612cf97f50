"""Submit: an issue, or a policy that stands alone, is ready for the chief editor."""

from django.contrib.auth.models import AnonymousUser, User

from policies.models import Action, Issue, Policy
from policies.publishing import TO_REVIEW, move


def submit(subject: Issue | Policy, *, user: User | AnonymousUser | None) -> Action | None:
    """Draft or withdrawn → in review; the action, None if nothing changed.

    `user` needs policies.edit_records.  Raises PermissionDenied and PublishError.
    """
    return move(subject, TO_REVIEW, user=user)
