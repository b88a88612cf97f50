"""Form fields of lists of agencies, a line each; JSON lists are taken too, as `policies.editable.told` gives them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from policies.models import ResponsibleAgency

SEPARATOR = "|"
NO_NUL = ProhibitNullCharactersValidator()
ROLES = {label: role for role, label in ResponsibleAgency.Role.choices}


class NamesField(forms.Field):
    """Names of agencies, each once: `青川省数据局` on a line.  Gives a list of strings."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return list(dict.fromkeys(_without_nul(name for line in lines if (name := str(line).strip()))))


class MentionsField(forms.Field):
    """Responsible agencies: `牵头 | 省数据局 | 青川省数据局` on a line, role, printed name, and full name if that
    differs.  Gives a list of (position, agency's name, printed name, role).
    """

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(_line(mention) for mention in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[tuple[int, str, str, str]]:
        if isinstance(value, list):
            return [_mention(row) for row in value]
        lines = [line for line in str(value or "").splitlines() if line.strip()]
        return [_read(line, position) for position, line in enumerate(lines, start=1)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines differ: their order counts, the gaps in stored positions do not."""
        try:
            return [mention[1:] for mention in self.to_python(initial)] != [row[1:] for row in self.to_python(data)]
        except ValidationError:
            return True


def _line(mention: Sequence[Any]) -> str:
    _, agency, printed, role = mention
    return f" {SEPARATOR} ".join(
        [ResponsibleAgency.Role(role).label, printed, *([agency] if agency != printed else [])]
    )


def _read(line: str, position: int) -> tuple[int, str, str, str]:
    role, *names = _without_nul(part.strip() for part in line.split(SEPARATOR))
    if role not in ROLES or not 1 <= len(names) <= 2 or not all(names):
        raise ValidationError(f"“{line.strip()}”应写成“{'、'.join(ROLES)}之一 {SEPARATOR} 原文名称 {SEPARATOR} 全称”。")
    return position, names[-1], names[0], ROLES[role]


def _mention(row: Any) -> tuple[int, str, str, str]:
    try:
        position, agency, printed, role = row
        agency, printed = _without_nul([str(agency), str(printed)])
        return int(position), agency, printed, str(ResponsibleAgency.Role(role))
    except (TypeError, ValueError) as error:
        raise ValidationError("每个责任部门应是次序、全称、原文名称、角色四项。") from error


def _without_nul(words: Iterable[str]) -> list[str]:
    """The words.  Raises ValidationError for a character that the database takes nowhere."""
    words = list(words)
    for word in words:
        NO_NUL(word)
    return words
