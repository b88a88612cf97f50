"""Settle: an editor answers a doubt of the machine, or a reader's report, and says how; or opens it again."""

from django.utils import timezone

from policies.actions.editing import Editor
from policies.history import EDIT, EditError, recording, require, without_nul
from policies.models import Action, Doubt, Problem
from policies.turns import take_turn

WORDS = 60  # characters of the question in a summary
PERMISSIONS: dict[type[Doubt | Problem], str] = {Doubt: EDIT, Problem: "policies.settle_problem"}


def settle_doubt(doubt: Doubt, note: str, *, user: Editor) -> Action | None:
    """Settle a warning, or dismiss a decision that no longer fits; the action, None if somebody had already.

    `user` needs policies.edit_records.  Raises PermissionDenied, and EditError for a note to what was settled before.
    """
    return _write(doubt, note, user)


def settle_problem(problem: Problem, note: str, *, user: Editor) -> Action | None:
    """Settle a reader's report; the action, None if somebody had already.

    `user` needs policies.settle_problem.  Raises as `settle_doubt`.
    """
    return _write(problem, note, user)


def reopen(question: Doubt | Problem, *, user: Editor) -> Action | None:
    """Ask it again; the action, None if it is open.  What was said to it goes.  Permissions as for settling."""
    return _write(question, None, user)


def _write(question: Doubt | Problem, note: str | None, user: Editor) -> Action | None:
    """Write down the answer, or with None take it away."""
    model = type(question)
    require(user, PERMISSIONS[model], f"处理{model._meta.verbose_name}")
    settled = note is not None
    with recording(Action.Verb.SETTLE, f"{'' if settled else '重新打开'}{_describe(question)}", user=user) as action:
        take_turn()
        this, said = model._default_manager.filter(pk=question.pk), without_nul(note or "")
        written = this.filter(settled_at__isnull=settled).update(
            settled_at=timezone.now() if settled else None,
            settled_by=user if settled else None,
            note=said,
        )
        if said and not written and this.exclude(note=said).exists():
            raise EditError("早已处理完毕，这次的说明没有记下；要另作说明，请先重新打开。")
    return action if action.pk else None


def _describe(question: Doubt | Problem) -> str:
    words = question.message if isinstance(question, Doubt) else question.text
    of = f"《{question.policy}》" if question.policy else str(getattr(question, "issue", ""))
    return f"{question._meta.verbose_name}“{words[:WORDS]}”（{of}）"
