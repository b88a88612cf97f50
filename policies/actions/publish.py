"""Publish: readers see an issue and its policies, or a policy that stands alone."""

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from policies.models import Action, Doubt, Issue, Policy, State
from policies.publishing import PUBLISH, TO_READERS, PublishError, move
from policies.turns import take_turn

__all__ = ["PublishError", "UnsettledError", "publish"]


class UnsettledError(PublishError):
    """Something of the text may be missing or lost, and nobody has said that it is all right."""

    def __init__(self, count: int):
        super().__init__(f"还有 {count} 条必须处理的提示没有处理；确认仍要发布，请再次提交。")
        self.count = count


def publish(
    subject: Issue | Policy, *, user: User | AnonymousUser | None, despite_doubts: bool = False
) -> Action | None:
    """Publish an issue with all its policies, or a policy without an issue; the action, None if nothing changed.

    `user` needs policies.publish_issue; None is the system, which may, and is not asked about doubts.
    What is published already stays as it is.

    Raises PermissionDenied, PublishError for a policy that belongs to an issue, and UnsettledError for
    unsettled must-fix doubts unless `despite_doubts`.
    """
    own = {"issue": subject} if isinstance(subject, Issue) else {"policy": subject}
    with transaction.atomic():
        if user is not None and not despite_doubts and user.has_perm(PUBLISH):
            take_turn()  # or a load could bring another doubt meanwhile
            count = Doubt.objects.filter(**own).must_fix().unsettled().count()
            if count and subject.state != State.PUBLISHED:
                raise UnsettledError(count)
        return move(subject, TO_READERS, user=user)
