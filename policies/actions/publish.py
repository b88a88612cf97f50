"""Publish: readers see an issue and its policies, or a policy that stands alone."""

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from policies.history import recording
from policies.models import Action, Issue, Policy, State

PERMISSION = "policies.publish_issue"


class PublishError(Exception):
    """What cannot be published by itself; the message is Chinese."""


def publish(subject: Issue | Policy, *, user: User | AnonymousUser | None) -> bool:
    """Publish an issue with all its policies, or a policy without an issue; whether anything changed.

    `user` needs policies.publish_issue; None is the system, which may.  What is published already stays as it is.

    Raises PermissionDenied, and PublishError for a policy that belongs to an issue.
    """
    if user is not None and not user.has_perm(PERMISSION):
        raise PermissionDenied("没有发布的权限。")
    if isinstance(subject, Policy) and subject.issue_id:
        raise PublishError(f"《{subject}》属于{subject.issue}，随该期一起发布。")
    own = {"issue": subject} if isinstance(subject, Issue) else {"pk": subject.pk}
    with recording(Action.Verb.PUBLISH, str(subject), user=user):
        locked = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        waiting = [policy.pk for policy in Policy.objects.filter(**own).exclude(state=State.PUBLISHED)]
        if locked.state == State.PUBLISHED and not waiting:
            return False
        type(subject)._default_manager.filter(pk=subject.pk).update(state=State.PUBLISHED, updated_at=timezone.now())
        Policy.objects.filter(pk__in=waiting).update(state=State.PUBLISHED, updated_at=timezone.now())
    subject.state = State.PUBLISHED
    return True
