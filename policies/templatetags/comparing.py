"""How differences are put on a page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from policies.differences import Piece, differences, excerpts, shortened
from policies.models import Provision
from policies.selectors.comparing_policies import Side
from policies.selectors.history import Difference
from policies.templatetags.reading import beside, label

register = template.Library()

SAID = {"del": "删去", "ins": "增加"}
SHORT = 20  # characters of a value that is shown whole, before and after
OPENING = 24  # characters by which a clause without heading is told from others


@register.filter
def versioned(pieces: Iterable[Piece], tag: str) -> SafeString:
    """A text in which what differs stands in `tag`, del or ins, and is said to be so to who does not see it."""
    return format_html_join(
        "",
        "{}",
        ((format_html(_MARKED[tag], piece.text),) if piece.differs else (piece.text,) for piece in pieces),
    )


_MARKED = {
    tag: f'<{tag}><span class="hidden">〔{said}：</span>{{}}<span class="hidden">〕</span></{tag}>'
    for tag, said in SAID.items()
}


@register.filter
def changed(change: Difference) -> SafeString:
    """A value before and after; of long ones what is around the words that differ, which are marked."""
    if min(len(change.before), len(change.after)) <= SHORT:
        return format_html("<del>{}</del> → <ins>{}</ins>", shortened(change.before), shortened(change.after))
    before, after = differences(*excerpts(change.before, change.after))
    return format_html("{} → {}", versioned(before, "del"), versioned(after, "ins"))


@register.filter
def opening(provision: Provision) -> str:
    """What tells a clause from others in a list: 第八条 数据共享, or its label and how its text begins."""
    words = provision.heading or "".join((provision.text or provision.tail).split())
    shown = words if len(words) <= OPENING else f"{words[:OPENING]}……"
    return beside(label(provision), shown)


@register.filter
def place(things: Sequence[Any], number: int) -> Any:
    return things[number]


@register.filter
def having(sides: Iterable[Side], fact: str) -> bool:
    """Whether any of the policies has this fact, named as in a template."""
    return any(template.Variable(f"side.policy.{fact}").resolve(template.Context({"side": side})) for side in sides)
