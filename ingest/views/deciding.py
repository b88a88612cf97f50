"""What an editor decides on one page: a record beside its lines, a doubt, a reader's report, an unknown agency."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from ingest.views.asking import question_of
from policies.actions.confirm import confirm
from policies.actions.correct import correct
from policies.actions.editing import version_of
from policies.actions.reject import reject
from policies.actions.settle import settle_doubt, settle_problem
from policies.editable import EditForm, Kind
from policies.history import ConflictError, EditError
from policies.models import Doubt, Policy, Problem, Provision

AROUND = 3  # lines shown before and after the one that it is about
MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: its number, and its words before, in and after the quote; `here` is the one meant."""

    number: int
    before: str
    quote: str
    after: str
    here: bool


def lines_around(policy: Policy, first: int, last: int, quote: str = "") -> list[Line]:
    """The policy's lines from `first` to `last` with some around them, the quote of `first` apart."""
    printed = policy.source.lines()
    start, end = max(first - AROUND, 1), min(last + AROUND, len(printed), first + MOST_LINES)
    lines = []
    for number in range(start, end + 1):
        words = printed[number - 1]
        at = words.find(quote) if quote and number == first else -1
        cut = (words[:at], quote, words[at + len(quote) :]) if at >= 0 else (words, "", "")
        lines.append(Line(number, *cut, here=first <= number <= last))
    return lines


def with_plain_newlines(posted: QueryDict) -> QueryDict:
    """What was sent, its line ends as they are stored: browsers send CRLF, which would look like a change."""
    plain = posted.copy()
    for name, values in posted.lists():
        plain.setlist(name, [value.replace("\r\n", "\n") for value in values])
    return plain


class Page(ABC):
    """One thing to decide on."""

    template: str
    address: str  # where to go when nothing follows in the queue

    @abstractmethod
    def decide(self, posted: QueryDict, user: Any) -> str:
        """Do what the editor chose; what to tell him.  Raises EditError and PermissionDenied."""

    @abstractmethod
    def context(self) -> dict[str, Any]: ...

    def conflict(self, error: EditError) -> bool:
        return isinstance(error, ConflictError)


class RecordPage(Page):
    """A record with its form; with what was typed where it could not be saved."""

    template = "ingest/record.html"

    def __init__(self, kind: Kind, row: Any):
        self.kind, self.row = kind, row
        self.form = kind.form(instance=row)
        self.seen = version_of(row)
        self.question = ""
        self.address = reverse("desk:question", args=[kind.slug, row.pk])

    @property
    def policy(self) -> Policy:
        return self.row if isinstance(self.row, Policy) else self.row.policy

    def decide(self, posted: QueryDict, user: Any) -> str:
        seen, note, do = posted.get("seen", ""), posted.get("note", "")[:2000], posted.get("do")
        if do == "confirm":
            self._refuse_typed(posted)
            confirm([self.row], user=user, seen=seen)
            return f"已确认：{self.row}"
        if do == "reject":
            reject([self.row], user=user, seen=seen, note=note)
            return f"已否决：{self.row}"
        if do != "correct":
            raise EditError("没有选择要做什么。")
        posted = with_plain_newlines(posted)
        self.form = self._filled(posted)
        self.form.is_valid()  # so that what was typed, and what is wrong with it, is shown again
        changes = {name: self._typed(name, posted) for name in self.form.changed_data}
        if not changes:
            raise EditError("没有改动任何内容；原样无误的，请选“确认”。")
        self.question = question_of(self.form, getattr(self.row, "quote", ""), changes, "保存更正")
        if self.question and posted.get("asked") != self.question:
            raise EditError(self.question)
        correct(self.row, changes, user=user, seen=seen, note=note)
        self.row.refresh_from_db()
        return f"已更正：{self.row}"

    def _filled(self, posted: QueryDict) -> EditForm:
        return self.kind.form(posted, instance=type(self.row)._default_manager.get(pk=self.row.pk))

    def _refuse_typed(self, posted: QueryDict) -> None:
        """Raises EditError where fields were sent that differ from the record as the editor saw it."""
        if posted.get("seen") != self.seen or not posted.keys() & self.form.fields.keys():
            return
        form = self._filled(with_plain_newlines(posted))
        if form.changed_data:
            self.form = form
            names = "、".join(self.kind.fields[name] for name in form.changed_data)
            raise EditError(f"您改了{names}，没有确认；要保存请点“保存更正”，要放弃改动请重新打开这一页。")

    def _typed(self, name: str, posted: QueryDict) -> Any:
        several = isinstance(self.form.fields[name], forms.ModelMultipleChoiceField)
        return posted.getlist(name) if several else posted.get(name, "")

    def context(self) -> dict[str, Any]:
        row = self.row
        if isinstance(row, Policy):
            first, last, quote = row.start_line, min(row.start_line + 12, row.end_line), ""
        elif isinstance(row, Provision):
            first, last, quote = row.start_line, row.end_line, ""
        else:
            first, last, quote = row.line, row.line, row.quote
        names = self.kind.fields
        original = [(names.get(name, name), value) for name, value in (row.original or {}).items()]
        lines = lines_around(self.policy, first, last, quote)
        return {"row": row, "policy": self.policy, "form": self.form, "lines": lines, "original": original}


class DoubtPage(Page):
    """A warning, or a decision that no longer fits."""

    template = "ingest/doubt.html"
    address = "/desk/review/"

    def __init__(self, doubt: Doubt):
        self.doubt = doubt

    def decide(self, posted: QueryDict, user: Any) -> str:
        settle_doubt(self.doubt, posted.get("note", "").strip()[:2000], user=user)
        return "已记为处理完毕。"

    def context(self) -> dict[str, Any]:
        doubt = self.doubt
        policy = doubt.policy or (doubt.issue.policies.order_by("order").first() if doubt.issue else None)
        lines = lines_around(policy, doubt.line, doubt.line) if policy and doubt.line else []
        return {"doubt": doubt, "policy": doubt.policy, "lines": lines}


class ProblemPage(Page):
    """What a reader reported."""

    template = "ingest/problem.html"
    address = "/desk/problems/"

    def __init__(self, problem: Problem):
        self.problem = problem

    def decide(self, posted: QueryDict, user: Any) -> str:
        note = posted.get("note", "").strip()[:2000]
        return "已记为处理完毕。" if settle_problem(self.problem, note, user=user) else "这一条早已有人处理。"

    def context(self) -> dict[str, Any]:
        problem = self.problem
        clause = problem.policy.provisions.filter(eid=problem.eid).first() if problem.eid else None
        lines = lines_around(problem.policy, clause.start_line, clause.end_line) if clause else []
        return {"problem": problem, "policy": problem.policy, "clause": clause, "lines": lines}
