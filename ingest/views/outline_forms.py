"""Forms that rearrange a clause: where to split it, where to move it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from policies.lines import squeezed
from policies.models import Provision
from policies.selectors.outline import OutlineView
from policies.templatetags.reading import label

SENTENCE_END = re.compile(r"[。；！？][”’）》]*\s*|\n+")
MOST_PLACES = 80
WHERE = [("after", "它之后，同级"), ("before", "它之前，同级"), ("last", "它之内，最后"), ("first", "它之内，最前")]
OPENING = 24  # characters of a clause in a list


def called(row: Any) -> str:
    """A provision in a list: 第八条 运营单位应当…"""
    words = row.heading or row.opening or row.get_type_display()
    cut = f"{words[:OPENING]}…" if len(words) > OPENING else words
    return f"{label(row)} {cut}".strip()


class SplitForm(forms.Form):
    """Where the second half begins: at a paragraph or sentence, or at the words that are typed; gives `offset`."""

    at = forms.TypedChoiceField(label="从哪里分开", required=False, coerce=int, empty_value=None)
    words = forms.CharField(
        label="或者：后一条开头的几个字", required=False, max_length=200, help_text="照正文写到能认出是哪一处为止。"
    )
    label = forms.CharField(label="后一条的标号", required=False, max_length=40)
    type_ = forms.ChoiceField(label="后一条的类型", choices=Provision.Type)

    def __init__(self, data: Any = None, *, row: Provision):
        super().__init__(data, prefix="split", initial={"type_": row.type})
        self.text = row.text
        ends = [found.end() for found in SENTENCE_END.finditer(row.text)]
        places = [(end, f"“{row.text[end : end + OPENING]}”") for end in ends if row.text[end:].strip()]
        self.fields["at"].choices = [("", "（选择一句）"), *places[:MOST_PLACES]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if words := squeezed(cleaned.get("words", "")):
            cleaned["offset"] = self._offset(words)
        elif "at" in cleaned:
            cleaned["offset"] = cleaned["at"]
            if cleaned["at"] is None:
                raise ValidationError("选择从哪里分开，或写出后一条开头的几个字。")
        return cleaned

    def _offset(self, words: str) -> int:
        """Where the text says these words, white space aside; not at its very beginning."""
        pattern = r"\s*".join(map(re.escape, words))
        found = [match.start() for match in re.finditer(pattern, self.text) if match.start()]
        if len(found) == 1:
            return found[0]
        self.add_error("words", "正文中不止一处是这样，请多写几个字。" if found else "正文中间没有这几个字。")
        return 0


class MoveForm(forms.Form):
    """A place beside or in another provision; gives `parent` and `after`, as `policies.actions.move_provision` takes
    them.
    """

    how = forms.ChoiceField(label="移到", choices=WHERE)
    other = forms.TypedChoiceField(label="哪一条", coerce=int)

    def __init__(self, data: Any = None, *, row: Provision, outline: OutlineView):
        super().__init__(data, prefix="move")
        self.row, self.outline = row, outline
        self.others = {other.pk: other for other in outline.elsewhere(row)}
        choices = [(pk, f"{'　' * other.depth}{called(other)}") for pk, other in self.others.items()]
        self.fields["other"].choices = choices  # type: ignore[attr-defined]
        earlier, later = outline.neighbours(row)
        self.initial["other"] = getattr(earlier or later, "pk", row.parent_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"how", "other"} <= cleaned.keys():
            other, how = self.others[cleaned["other"]], cleaned["how"]
            inside = how in ("first", "last")
            below = self._others_below(other.pk if inside else other.parent_id)
            at = below.index(other) if not inside else 0
            ends = {"after": below[: at + 1], "before": below[:at], "last": below, "first": []}[how]
            cleaned["after"] = ends[-1] if ends else None
            cleaned["parent"] = other if inside else self.others.get(other.parent_id or 0)
        return cleaned

    def _others_below(self, pk: int | None) -> list[Provision]:
        return [row for row in self.outline.below(pk) if row.pk != self.row.pk]


class MergeForm(forms.Form):
    glue = forms.ChoiceField(label="两条的文字之间", choices=[("line", "另起一段"), ("none", "直接相连")])

    def __init__(self, data: Any = None):
        super().__init__(data, prefix="merge")
