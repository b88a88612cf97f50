"""The states of issues and of policies that stand alone: who moves them, and from which to which."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User

from policies.history import EDIT, EditError, recording, require
from policies.models import Action, Issue, Policy, State
from policies.turns import take_turn

PUBLISH = "policies.publish_issue"


class PublishError(EditError):
    """What cannot change its state by itself, or not from the one that it has."""


@dataclass(frozen=True, slots=True)
class Move:
    """A step in the life of an issue: what it is called, where it leads, from where, and which permission it needs."""

    verb: Action.Verb
    to: State
    out_of: frozenset[State]
    permission: str


TO_REVIEW = Move(Action.Verb.SUBMIT, State.IN_REVIEW, frozenset({State.DRAFT, State.WITHDRAWN}), EDIT)
TO_READERS = Move(
    Action.Verb.PUBLISH, State.PUBLISHED, frozenset({State.DRAFT, State.IN_REVIEW, State.WITHDRAWN}), PUBLISH
)
AWAY = Move(Action.Verb.WITHDRAW, State.WITHDRAWN, frozenset({State.PUBLISHED}), PUBLISH)
MOVES = (TO_REVIEW, TO_READERS, AWAY)


def moves_open_to(user: User | AnonymousUser, subject: Issue | Policy) -> list[Move]:
    """The moves that the user may make with the subject as it is now."""
    return [move for move in MOVES if subject.state in move.out_of and user.has_perm(move.permission)]


def move(subject: Issue | Policy, step: Move, *, user: User | AnonymousUser | None, note: str = "") -> Action | None:
    """Bring an issue with all its policies, or a policy without an issue, into a state.

    Returns the action, None if nothing changed.

    Policies of other states than those of the step are moved too: an issue and its policies are one.
    Raises PermissionDenied, and PublishError for a policy of an issue or a subject that is elsewhere.
    """
    name = step.verb.label
    require(user, step.permission, name)
    if isinstance(subject, Policy) and subject.issue_id:
        raise PublishError(f"《{subject}》属于{subject.issue}，随该期一起{name}。")
    own = {"issue": subject} if isinstance(subject, Issue) else {"pk": subject.pk}
    with recording(step.verb, str(subject), user=user, note=note) as action:
        take_turn()  # or two who change the same policies could wait for each other
        locked = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        if locked.state not in {*step.out_of, step.to}:
            raise PublishError(f"{subject}现在是“{State(locked.state).label}”，不能{name}。")
        rows: list[Issue | Policy] = list(
            Policy.objects.filter(**own).exclude(state=step.to).order_by("pk").select_for_update()
        )
        if isinstance(locked, Issue) and (rows or locked.state != step.to):
            rows.append(locked)
        for row in rows:
            row.state = step.to
            row.save(update_fields=["state", "updated_at"])
    subject.state = step.to
    return action if action.pk else None
