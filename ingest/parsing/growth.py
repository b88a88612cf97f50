"""How an outline grows line by line: where a label's provision belongs, and whose text a paragraph is.

A label continues the deepest open list of its style whose number it follows; otherwise it begins a list
under the deepest open provision of a higher level.  A paragraph without a label belongs to the provision it
stands in, except after a list: under an article, after goals, and after points that semicolons part, it
belongs to what the list belongs to.
"""

import re
from collections import Counter

from ingest.parsing.closing import attachment_label
from ingest.parsing.drafts import Draft, Paragraph, of_label
from ingest.parsing.entries import Entry
from ingest.parsing.headings import run_in_heading
from ingest.parsing.joining import is_finished, text_of, width
from ingest.parsing.labels import ARABIC, ARABIC_PAREN, ARTICLE, CIRCLED, DASH, DECIMAL, HAN, HAN_PAREN, ROMAN, Label

RUNNING_TEXT_KINDS = ("report", "news", "statistics")

_LISTS = (HAN_PAREN, ARABIC, ARABIC_PAREN, CIRCLED)
_POINTS = (ARABIC_PAREN, CIRCLED)  # lists within a task, never tasks themselves
_DUTY = re.compile(r"[（(【〔\[]?\s?(?:责任|牵头|配合|落实|实施|主责)(?:单位|部门)\s?[:：]")
_DUTY_LINE = re.compile(r"[（(【〔\[][^（(【〔\[]{2,200}(?:牵头|负责|配合|参与|参加|落实)[）)】〕\]]$")
_DUTY_NOTE = re.compile(r"责任(?:单位|部门)|牵头|负责[）)】〕\]。]*$")
_LONGEST_NOTE = 400
_LONGEST_LEAD = 44
_LONGEST_DOUBTFUL = 16
_MOST_LOST = 3
_NEW_TERM = re.compile(r"(?:到|至)?\s?20\d\d\s?年|.*[:：]$")


class Growth:
    """Grows the outline of one document; `add` every entry in order, then read `root`."""

    def __init__(self, kind: str):
        self.kind = kind
        self.root = Draft("root", None, "", "", 0, 0)
        self._open = [self.root]
        self._last_arabic = 0
        self._counts: Counter[str] = Counter()
        self._broken = False
        self._line = 0
        self._paragraph: Paragraph | None = None  # the last one, which a page-broken line goes on

    def add(self, entry: Entry) -> None:
        if entry.role == "text":
            if entry.label and self._accepts(entry, entry.label):
                self._begin(entry, entry.label)
            else:
                self._add_text(entry)
        elif entry.role == "attachment":
            self._begin_attachment(entry)
        elif entry.role == "listing" and self._open[0] is not self.root:
            self._paragraph = list(entry.line.pieces)
            self._open[0].own.append(self._paragraph)
        else:
            self._add_apart(entry)
        self._broken = entry.broken
        self._line = entry.line.number

    # labels

    def _accepts(self, entry: Entry, label: Label) -> bool:
        if label.style == DASH:
            leads = 0 < entry.rest.find("。") <= _LONGEST_LEAD
            return leads or not (self._broken or label.slipped)
        if label.style == DECIMAL:
            alone = not is_finished(entry.rest) and width(entry.rest[:80]) <= _LONGEST_DOUBTFUL
            return not self._broken and (alone or not label.doubtful) and self._counts_on(entry, label)
        if label.style not in (ROMAN, HAN, *_LISTS):
            return True
        if label.slipped or label.doubtful:
            return not self._broken and self._is_due(label) and self._reads_as_lead(entry, label)
        return not self._broken or self._is_due(label) or self._skips_a_few(entry, label)

    def _counts_on(self, entry: Entry, label: Label) -> bool:
        """Whether 2.3 is the number due, or the first of a row that goes on with the next label."""
        if label.number > 1:
            return self._list_before(label) is not None
        following = entry.next_label
        goes_on = following and (following.above, following.number) in (
            (label.above, label.number + 1),
            ((*label.above, label.number), 1),
        )
        return bool(goes_on) or any(draft.holds(label) for draft in self._open)

    def _is_due(self, label: Label) -> bool:
        if label.number == 1:
            return True
        if label.style == ARABIC and label.number == self._last_arabic + 1:
            return True
        return self._list_before(label) is not None

    def _skips_a_few(self, entry: Entry, label: Label) -> bool:
        """Whether a label after a line that was cut off goes on with its list all the same, some of it lost."""
        none_open = self._last_arabic if label.style == ARABIC else 0
        before = next((draft.number for draft in reversed(self._open) if draft.style == label.style), none_open)
        return before < label.number <= before + _MOST_LOST and 0 < entry.rest.find("。") <= _LONGEST_LEAD

    def _reads_as_lead(self, entry: Entry, label: Label) -> bool:
        """Whether the words after a label without its mark are a heading, alone or run in."""
        if not label.slipped:
            return True
        if label.doubtful:
            return 0 < run_in_heading(entry.rest, in_article=False, alone=False) <= _LONGEST_DOUBTFUL
        stop = entry.rest.find("。")
        touches = not entry.line.text[: label.end].endswith((" ", "\u3000"))
        if (label.style, label.number) == (ARABIC, 1) and touches and (stop >= 0 or not self._heads_a_row(entry)):
            return False
        return 0 < stop <= _LONGEST_LEAD or (stop < 0 and not is_finished(entry.rest) and width(entry.rest[:80]) <= 30)

    def _heads_a_row(self, entry: Entry) -> bool:
        """Whether 1范围 is followed by 2术语, or by 1.1, printed as it is."""
        after = entry.next_label
        if after is None:
            return False
        return after.above == (1,) or (after.style == ARABIC and after.number == 2 and after.slipped)

    def _list_before(self, label: Label) -> Draft | None:
        """The last provision of the deepest open list that `label` follows, rather one written like it: behind
        2 要求, 2.1, 1.… and 2.…, 3 附则 goes on with 2 要求."""
        found = [draft for draft in reversed(self._open) if draft.goes_on_with(label)]
        return next((draft for draft in found if draft.slipped == label.slipped), found[0] if found else None)

    def _begin(self, entry: Entry, label: Label) -> None:
        parent = self._parent_for(label)
        del self._open[self._open.index(parent) + 1 :]
        draft = of_label(label, entry.line.number, parent)
        parent.append(draft)
        self._open.append(draft)
        if label.style == ARABIC:
            self._last_arabic = label.number
        self._paragraph = entry.line.cut(label.end)
        draft.own.append(self._paragraph)
        if entry.line.bold_end > label.end:
            draft.bold_end = entry.line.bold_end - label.end

    def _parent_for(self, label: Label) -> Draft:
        if holder := next((draft for draft in reversed(self._open) if draft.holds(label)), None):
            return holder
        before = self._list_before(label)
        if before and before.parent:
            return before.parent
        if label.number == 1 and (nested := self._nested_parent(label)):
            return nested
        for draft in reversed(self._open):
            if draft.style == label.style and draft.parent:
                return draft.parent
            if draft.level < label.level:
                return draft
        return self.root

    def _nested_parent(self, label: Label) -> Draft | None:
        """What a list that begins with 1 hangs under against the order of levels, if it does."""
        deepest = self._open[-1]
        article = next((draft for draft in reversed(self._open) if draft.style == ARTICLE), None)
        announced = _ends_with(deepest, "：:")
        if article and label.style == HAN and (announced or _ends_with(article, "：:")):
            return article
        if article and label.style == HAN_PAREN:
            open_styles = [draft.style for draft in self._open[self._open.index(article) :]]
            return None if HAN_PAREN in open_styles else (deepest if HAN in open_styles else article)
        if label.style == HAN_PAREN and deepest.style == ARABIC and announced:
            return deepest
        if label.style in (ARABIC, HAN_PAREN):
            return next((draft for draft in reversed(self._open) if draft.style == DECIMAL), None)
        return None

    # text

    def _add_text(self, entry: Entry) -> None:
        if self._paragraph is not None and (self._broken or self._line == entry.line.number):
            self._paragraph.extend(entry.line.pieces)
            return
        owner = self._owner(entry)
        self._paragraph = list(entry.line.pieces)
        (owner.tail if owner.children else owner.own).append(self._paragraph)

    def _owner(self, entry: Entry) -> Draft:
        """The provision that a paragraph without a label belongs to."""
        if len(self._open) == 1:
            if self._open[0].type == "attachment":
                return self._open[0]
            return self._around(self._front_type(entry), entry)
        deepest = self._open[-1]
        article = next((draft for draft in self._open if draft.style == ARTICLE), None)
        following = entry.next_label
        for draft in reversed(self._open[self._open.index(article) + 1 :] if article else [deepest]):
            if following and draft.style in _LISTS and draft.goes_on_with(following):
                return self._close_to(draft)
        if article:
            return self._close_to(article)
        above = deepest.parent
        if not above or above is self.root:
            return deepest
        if deepest.style == DASH:
            goes_on = following and following.style == DASH and not _NEW_TERM.match(entry.line.text)
            return deepest if goes_on else self._close_to(above)
        if _DUTY.match(entry.line.text) or _DUTY_LINE.match(entry.line.text):
            return self._close_to(_noted(deepest, entry.line.text))
        before = _before(deepest)
        if deepest.style in _LISTS and before and _ends_with(before, "；;"):
            return self._close_to(above)  # the points are parts of one sentence
        return deepest

    def _close_to(self, draft: Draft) -> Draft:
        del self._open[self._open.index(draft) + 1 :]
        return draft

    def _front_type(self, entry: Entry) -> str:
        """What text outside of all labels is: the preamble of rules and plans, the body of reports and news."""
        if self.kind not in RUNNING_TEXT_KINDS:
            return "preamble"
        return "body" if self._counts["body"] or is_finished(entry.line.text) or entry.broken else "preamble"

    def _around(self, kind: str, entry: Entry) -> Draft:
        """The preamble, body or closing that lines without a label add to."""
        container = self._open[0]
        last = container.children[-1] if container.children else None
        if last and last.type == kind:
            return last
        names = {"preamble": "前言", "body": "正文", "closing": "落款", "attachment": "附件"}
        self._counts[kind] += 1
        number = self._counts[kind]
        eid = kind if number == 1 and kind != "body" else f"{kind}_{number}"
        part = names[kind] if number == 1 else f"{names[kind]}{number}"
        return container.append(Draft(kind, None, part, eid, entry.line.number, 1))

    def _add_apart(self, entry: Entry) -> None:
        """The printed 目录 and the closing: lines that keep to themselves."""
        if entry.role == "closing":
            self._open = [self.root]
            draft = self._around("closing", entry)
        else:
            del self._open[1:]
            draft = self._around("body" if self.kind in RUNNING_TEXT_KINDS else "preamble", entry)
        self._paragraph = list(entry.line.pieces)
        draft.own.append(self._paragraph)

    def _begin_attachment(self, entry: Entry) -> None:
        label, end = attachment_label(entry.line.text)
        self._counts["attachment"] += 1
        number = self._counts["attachment"]
        draft = self.root.append(Draft("attachment", label, label, f"att_{number}", entry.line.number, 0))
        self._open = [draft]
        self._last_arabic = 0
        self._paragraph = entry.line.cut(end)
        if self._paragraph:
            draft.own.append(self._paragraph)


def _ends_with(draft: Draft, marks: str) -> bool:
    """Whether the last line added to a provision's own text ends with one of `marks`."""
    text = text_of(draft.own[-1]).rstrip() if draft.own else ""
    return bool(text) and text[-1] in marks


def _before(draft: Draft) -> Draft | None:
    """The point before in the list of a point that was added last."""
    before = draft.parent.children[-2] if draft.parent and len(draft.parent.children) > 1 else None
    return before if before and before.style == draft.style else None


def _noted(deepest: Draft, text: str) -> Draft:
    """The provision that a line on who is responsible belongs to: what the points before it belong to, unless
    a point before had such a line itself."""
    draft = deepest
    while draft.parent and (before := _before(draft)):
        in_list = draft.style in _POINTS or (draft is deepest and draft.style in _LISTS and _DUTY.match(text))
        own = any(_DUTY_NOTE.search(text_of(paragraph)[-_LONGEST_NOTE:]) for paragraph in before.own + before.tail)
        if not in_list or own:
            break
        draft = draft.parent
    return draft
