"""Decisions: what becomes of editors' words about records when their text is loaded again."""

import json
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from policies.history import column_values
from policies.measures import plain
from policies.models import Doubt, Issue, Policy, Provision, Responsibility
from policies.models.doubt import LOST, OUTDATED
from policies.models.extracted import ExtractedRow, Review, Reviewed

SHOWN = 60  # characters of a record's words in a message


def is_decided(row: Model) -> bool:
    """Whether an editor has said something of it."""
    return isinstance(row, Reviewed) and (row.review != Review.MACHINE or row.original is not None)


def as_stored(value: Any) -> Any:
    """A value as `original` holds it: dates as ISO strings, decimals as strings without needless noughts."""
    if isinstance(value, Decimal):
        return plain(value)
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def keep_corrected(policy: Policy, name: str, read: list[str]) -> bool:
    """Whether an editor corrected this list of a policy; what the machine reads now is then kept beside it."""
    if policy.original is None or name not in policy.original:
        return False
    if policy.original[name] != read:
        policy.original[name] = read
        policy.save(update_fields=["original"])
    return True


def agencies_said(responsibility: Responsibility) -> list[tuple[int, str, str, str]]:
    """The agencies of a stored responsibility: position, agency's name, printed name, role."""
    return [(part.position, part.agency.name, part.name, part.role) for part in responsibility.agencies.all()]


class Decisions:
    """How many decisions a load kept, and doubts of those that the new text does not bear out."""

    def __init__(self, issue: Issue | None):
        self._issue = issue
        self.kept = 0
        self.doubts: list[Doubt] = []

    @property
    def lost(self) -> int:
        return sum(doubt.code == LOST for doubt in self.doubts)

    def lose(self, row: Any, policy: Policy, line: int) -> None:
        """A decided record whose words the policy no longer has; `line` is where its clause stands, or the policy."""
        self._lose(row, policy, line, "这篇文件的新版本中已没有这段文字")

    def lose_with(self, policy: Policy, row: Any) -> None:
        """A decided record, or the policy itself, that goes with its policy."""
        self._lose(row, None, 0, f"新版本中已没有《{policy}》")

    def _lose(self, row: Any, policy: Policy | None, line: int, why: str) -> None:
        if row.review == Review.REJECTED:
            return  # it leaves nothing to look at
        columns = column_values(row)
        if isinstance(row, Responsibility):
            columns["agencies"] = agencies_said(row)
        lost = {"kind": row._meta.model_name, "review": row.review, "columns": as_stored(columns)}
        words = row.quote if isinstance(row, ExtractedRow) else str(row)
        message = f"{row.get_review_display()}的{row._meta.verbose_name}“{words[:SHOWN]}”不再吻合：{why}。"
        self._doubt(LOST, policy, line, message, words, lost)

    def outdate(self, row: Provision, policy: Policy, line: int, changed: str) -> None:
        """A clause whose printed words are other ones than an editor corrected or rejected; `changed` says what."""
        message = f"{row.get_review_display()}的条款“{row.path}”，原文的{changed}已有变动，请核对。"
        self._doubt(OUTDATED, policy, line, message, row.words()[:SHOWN], None)

    def _doubt(self, code: str, policy: Policy | None, line: int, message: str, words: str, lost: Any) -> None:
        self.doubts.append(
            Doubt(issue=self._issue, policy=policy, code=code, line=line, message=message, words=words, lost=lost)
        )
