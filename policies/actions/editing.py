"""The frame of every edit: who may, whose turn, the rows as the editor saw them, one action, links anew."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model
from django.utils import timezone

from policies.actions.link_editions import link_editions
from policies.actions.resolve_references import resolve_references
from policies.eids import is_editors
from policies.history import EDIT, SUMMARY, ConflictError, EditError, event_model, recording, require, version
from policies.models import Action, Policy, Provision, Review
from policies.models.history import LISTED
from policies.turns import take_turn

RULE = "editor"  # the rule of rows that editors add
DEED = "审核和更正记录"
NONE_CHOSEN = "没有选择任何记录。"
WORDS = 60  # characters of a record in a summary

Editor = User | AnonymousUser | None


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit under way: its rows as they are now, locked, in the order in which they were given."""

    action: Action
    rows: list[Any]
    what: str = ""

    def narrow(self, rows: Sequence[Any]) -> None:
        """Let the summary speak of these rows alone, told as they were: the others were so already."""
        if 0 < len(rows) < len(self.rows):
            self.action.summary = f"{describe(rows)}{self.what}"[:SUMMARY]
            self.action.save(update_fields=["summary"])

    @property
    def done(self) -> Action | None:
        """Once it is over, the action; None if nothing changed."""
        return self.action if self.action.pk else None


@contextmanager
def editing(
    verb: Action.Verb, rows: Iterable[Any], *, user: Editor, seen: str | None = None, note: str = "", what: str = ""
) -> Iterator[Edit]:
    """One action around a change of these rows, after any load that is under way.

    `seen` is `version_of` the rows as the editor saw them; None asks for no check.  `what` ends the summary.
    Raises PermissionDenied, ConflictError if they changed meanwhile, EditError if one is gone or there is none.
    """
    require(user, EDIT, DEED)
    rows = list(rows)
    if not rows:
        raise EditError(NONE_CHOSEN)
    with recording(verb, f"{describe(rows)}{what}", user=user, note=note) as action:
        take_turn()
        locked = _locked(rows)
        if seen is not None and version_of(*locked) != seen:
            raise _conflict(locked)
        yield Edit(action, locked, what)


def version_of(*rows: Any) -> str:
    """`history.version` of rows just read, with the agencies and topics that hang on them; three queries at most."""
    return version(*_parts(rows))


def describe(rows: Sequence[Any]) -> str:
    """The rows in a few words, for summaries: 目标“智算中心 12 个”（《…》）, 3 条目标（《…》等）."""
    first = rows[0]
    if len(rows) == 1 and isinstance(first, Policy):
        return f"《{first}》"
    kinds = "、".join(dict.fromkeys(str(row._meta.verbose_name) for row in rows))
    several = "等" if len({policy_id(row) for row in rows}) > 1 else ""
    what = f"{len(rows)} 条{kinds}" if len(rows) > 1 else f"{kinds}“{str(first)[:WORDS]}”"
    return f"{what}（《{first if isinstance(first, Policy) else first.policy}》{several}）"


def policy_id(row: Any) -> int:
    """The policy that a record is, or is of."""
    return row.pk if isinstance(row, Policy) else row.policy_id


def vouched(row: Any) -> Review:
    """What a row's review is once an editor vouches for it as it stands."""
    if is_added(row):
        return Review.ADDED
    return Review.CORRECTED if row.original else Review.CONFIRMED


def is_added(row: Any) -> bool:
    """Whether an editor made the row; the machine had put nothing there."""
    return is_editors(row.eid) if isinstance(row, Provision) else getattr(row, "rule", "") == RULE


def keep_original(row: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Note in `original` what the machine had put into the columns that change; one put back leaves it."""
    if is_added(row):
        return
    original = dict(row.original or {})
    for name, value in after.items():
        if value != before[name]:
            original.setdefault(name, before[name])
        if name in original and original[name] == value:
            del original[name]
    row.original = original or None


def relink(policy_ids: Iterable[int], *, titles: Iterable[str] = ()) -> None:
    """Find anew what these policies cite, who cites them, and their editions; `titles` are former title keys."""
    ids, former = set(policy_ids), set(titles)
    resolve_references(ids, titles=former)
    link_editions(ids, titles=former)


def _locked(rows: Sequence[Any]) -> list[Any]:
    there: dict[tuple[type[Model], int], Any] = {}
    for model in sorted({type(row) for row in rows}, key=lambda model: model._meta.label):
        keys = sorted({row.pk for row in rows if type(row) is model})
        found = model._default_manager.select_for_update(of=("self",)).order_by("pk").filter(pk__in=keys)
        there |= {(model, row.pk): row for row in found}
    if len(there) < len({(type(row), row.pk) for row in rows}):
        raise EditError("有的记录已经不在了，可能刚刚重新采集过；请刷新后再试。")
    return [there[type(row), row.pk] for row in rows]


def _parts(rows: Iterable[Any]) -> list[Any]:
    """The rows, and those that hang on them by the order of their ids."""
    rows = list(rows)
    parts = list(rows)
    for parent, model, name, _ in LISTED:
        if keys := [row.pk for row in rows if isinstance(row, parent)]:
            parts += model._default_manager.filter(**{f"{name}__in": keys}).order_by("pk")
    return parts


def last_action(rows: Iterable[Any]) -> Action | None:
    """The last action that changed one of the rows, or what hangs on them."""
    contexts = set()
    parts = _parts(rows)
    for model in {type(part) for part in parts}:
        keys = [part.pk for part in parts if type(part) is model]
        events = event_model(model).objects.filter(pgh_obj__in=keys).exclude(pgh_context=None)
        contexts |= set(events.order_by("-pgh_id").values_list("pgh_context", flat=True)[:1])
    return Action.objects.filter(pk__in=contexts).select_related("user").order_by("-at").first()


def _conflict(rows: Iterable[Any]) -> ConflictError:
    """What tells who changed one of the rows last, and when."""
    action = last_action(rows)
    if action is None:
        return ConflictError("您打开之后，记录有了改动，请刷新后再试。")
    who = action.user.get_username() if action.user else "系统"
    at = timezone.localtime(action.at)
    told = f"您打开之后，{who}在{at:%Y-%m-%d %H:%M}改动过（{action}）；没有保存，请看过现在的内容再改。"
    return ConflictError(told, action)
