"""Submit: an issue, or a policy that stands alone, is ready for the chief editor."""

from django.contrib.auth.models import AnonymousUser, User

from policies.history import EDIT
from policies.models import Action, Issue, Policy, State
from policies.publishing import move

FROM = (State.DRAFT, State.WITHDRAWN)


def submit(subject: Issue | Policy, *, user: User | AnonymousUser | None) -> bool:
    """Draft or withdrawn → in review; whether anything changed.

    `user` needs policies.edit_records.  Raises PermissionDenied and PublishError.
    """
    return move(subject, State.IN_REVIEW, Action.Verb.SUBMIT, out_of=FROM, permission=EDIT, user=user)
