"""The states of issues and of policies that stand alone: who moves them, and from which to which."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser, User

from policies.history import EditError, recording, require
from policies.models import Action, Issue, Policy, State

PUBLISH = "policies.publish_issue"


class PublishError(EditError):
    """What cannot change its state by itself, or not from the one that it has."""


def move(
    subject: Issue | Policy,
    to: State,
    verb: Action.Verb,
    *,
    out_of: Collection[State],
    permission: str,
    user: User | AnonymousUser | None,
    note: str = "",
) -> bool:
    """Bring an issue with all its policies, or a policy without an issue, into a state; whether anything changed.

    Policies of other states than `out_of` and `to` are moved too: an issue and its policies are one.
    Raises PermissionDenied, and PublishError for a policy of an issue or a subject that is elsewhere.
    """
    require(user, permission, f"没有{verb.label}的权限。")
    if isinstance(subject, Policy) and subject.issue_id:
        raise PublishError(f"《{subject}》属于{subject.issue}，随该期一起{verb.label}。")
    own = {"issue": subject} if isinstance(subject, Issue) else {"pk": subject.pk}
    with recording(verb, str(subject), user=user, note=note):
        locked = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        if locked.state not in {*out_of, to}:
            raise PublishError(f"{subject}现在是“{State(locked.state).label}”，不能{verb.label}。")
        rows: list[Issue | Policy] = list(
            Policy.objects.filter(**own).exclude(state=to).order_by("pk").select_for_update()
        )
        if isinstance(locked, Issue) and (rows or locked.state != to):
            rows.append(locked)
        for row in rows:
            row.state = to
            row.save(update_fields=["state", "updated_at"])
    subject.state = to
    return bool(rows)
