"""Split: what the machine took for one clause are two."""

from policies.actions.editing import Editor, editing, keep_original, relink, vouched
from policies.actions.rearranging import follow_words, keep_place
from policies.editable import fill
from policies.eids import eid_after
from policies.history import EditError
from policies.lines import line_of
from policies.models import Action, Provision, Review
from policies.outline import LONGEST, Outline

BEHIND_LABEL = "、.． \t\u3000"  # what parts a label from the words
GOES_ON = "（续）"  # how the path calls a second half without a label


def split(
    provision: Provision, at: int, *, user: Editor, label: str = "", type_: str = "", seen: str | None = None
) -> Provision:
    """Make a clause of its own of what stands in `provision.text` from the offset `at` (characters); the new clause.

    It follows the first half, whose type it has unless `type_` says another, and takes over what is below and its
    tail.  A label that its words begin with is left out of them.  Its address is new (policies.eids); the first half
    keeps its own.  What was found in the words follows them.
    `user` needs policies.edit_records; `seen` is `version_of(provision)`.
    Raises PermissionDenied, ConflictError, EditError where a half would be empty, InvalidError for label or type.
    """
    with editing(Action.Verb.OUTLINE, [provision], user=user, seen=seen, what="，分为两条") as edit:
        outline = Outline(edit.rows[0].policy)
        first = outline.rows[provision.pk]
        second = _second_half(first, at, outline)
        fill(second, {"label": label, "type": type_ or first.type})
        shared = _share_lines(first, second, first.text[:at])
        if label and second.text.startswith(label):  # said once
            second.text = second.text.removeprefix(label).lstrip(BEHIND_LABEL)
        second.save()
        _shorten(first, first.text[:at].rstrip(), second)
        outline.put(second, first.parent, first)
        outline.name(second, label)
        below = list(outline.children[first.pk])
        for child, after in zip(below, [None, *below], strict=False):
            outline.put(child, second, after)
        outline.write()
        for child in below:
            keep_place(child, parent=first.eid)
        follow_words(first, second, shared=shared)
        relink([first.policy_id])
    return second


def _second_half(first: Provision, at: int, outline: Outline) -> Provision:
    """What is split off, unsaved, with the first's lines still."""
    text = first.text[at:].lstrip()
    if not 0 < at < len(first.text) or not text or not first.text[:at].strip():
        raise EditError("分开的两半都要有文字。")
    eid = eid_after(first.eid, {row.eid for row in outline.rows.values()})
    if eid is None:
        raise EditError("这一条已经分得太多，没有可用的锚点。")
    return Provision(
        policy=first.policy,
        parent=first.parent,
        position=len(outline.rows) + 1,
        depth=first.depth,
        path=f"{first.path}{GOES_ON}"[:LONGEST],
        eid=eid,
        text=text,
        tail=first.tail,
        start_line=first.start_line,
        end_line=first.end_line,
        topics=first.topics,
        review=Review.ADDED,
    )


def _share_lines(first: Provision, second: Provision, before: str) -> bool:
    """Give each half its lines; whether the second begins in the midst of one."""
    lines = first.policy.source.lines()[first.start_line - 1 : first.end_line]
    place, begins = line_of(second.text, f"{first.label}{first.heading}{before}", lines) or (0, False)
    second.start_line = first.start_line + place
    first.end_line = max(second.start_line - begins, first.start_line)
    return not begins


def _shorten(first: Provision, text: str, second: Provision) -> None:
    """Leave the first half its words."""
    keep_original(first, {"text": first.text, "tail": first.tail}, {"text": text, "tail": ""})
    first.text, first.tail = text, ""
    first.review = vouched(first)
    first.save()
