"""How records are put into words on a page."""

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from policies.measures import measured, plain
from policies.models import Observation, Policy, Provision, Target
from policies.selectors.anchors import Link
from policies.selectors.reading import Clause, Paragraph
from search.highlight import cut, with_marks

register = template.Library()
register.filter(plain)

Type = Provision.Type
UNLABELLED = {Type.PARAGRAPH, Type.PREAMBLE, Type.BODY, Type.CLOSING}
ENDS = "。；：！？.;:!?"
CHINESE_NUMBERS = set("〇零一二三四五六七八九十百")


@register.filter
def years(target: Target) -> str:
    """2025年, 2021—2025年, or nothing."""
    if target.year is None:
        return ""
    return f"{target.year_from}—{target.year}年" if target.year_from else f"{target.year}年"


@register.filter
def when(observation: Observation) -> str:
    """The time that a value is of: 2022年, 2022年末, 2022年12月, 2023年1—10月."""
    first, _, last = observation.when.partition("/")
    told = _moment(first)
    if not last:
        return told
    if first[:5] == last[:5] and told.endswith("月"):
        return f"{told.removesuffix('月')}—{_moment(last).partition('年')[2]}"
    return f"{told}—{_moment(last)}"


def _moment(said: str) -> str:
    numbers = said.split("-")
    if not all(number.isdigit() for number in numbers):
        return said
    return "".join(f"{int(number)}{unit}" for number, unit in zip(numbers, "年月日", strict=False))


@register.filter
def level(observation: Observation) -> str:
    """The value with its unit, 401644 亿元, or a dash where the text gives its change alone."""
    return _measured(observation.value, observation.unit) or "—"


@register.filter
def change(observation: Observation) -> str:
    """The change with its sign, +3.4%, -0.2 个百分点, or nothing."""
    sign = "+" if observation.yoy and observation.yoy > 0 else ""
    told = _measured(observation.yoy, observation.yoy_unit)
    return f"{sign}{told}" if told else ""


def _measured(value: Decimal | None, unit: str) -> str:
    return "" if value is None else measured(plain(value), unit)


@register.filter
def period(policy: Policy) -> str:
    """The years that a plan is for: 2023—2027年."""
    if policy.period_start == policy.period_end:
        return f"{policy.period_end}年" if policy.period_end else ""
    return f"{policy.period_start}—{policy.period_end}年"


@register.filter
def label(provision: Provision) -> str:
    """The label as a page prints it: 第八条, 一、, 1., ——; nothing where the text has none."""
    printed = provision.label
    if not printed or provision.type in UNLABELLED:
        return ""
    if provision.type == Type.GOAL:
        return "——"
    if provision.type == Type.SECTION and set(printed) <= CHINESE_NUMBERS:
        return f"{printed}、"
    return f"{printed}." if printed.isascii() and printed.isdigit() else printed


@register.filter
def name(provision: Provision) -> str:
    """What to call a clause in a link: its path, or for unlabelled text what it is."""
    return provision.path or provision.get_type_display()


def beside(printed: str, words: str) -> str:
    """A label and what it heads: 第八条 数据共享; 一、总体要求, where the label's own mark keeps them apart."""
    return f"{printed}{'' if printed[-1:] in tuple('、）') else ' '}{words}".strip()


@register.filter
def headed(provision: Provision) -> str:
    """A clause as an outline lists it, by its label and heading."""
    return beside(label(provision), provision.heading) or (
        provision.get_type_display() if provision.type == Type.ATTACHMENT else ""
    )


def closed(heading: str) -> str:
    """A heading that text follows on its own line, with its full stop."""
    return heading if not heading or heading[-1] in ENDS else f"{heading}。"


@register.filter
def heading(clause: Clause) -> SafeString:
    """A clause's heading with its marks."""
    words = clause.provision.heading
    return with_marks(closed(words) if clause.run_in and clause.parts else words, clause.marks)


@register.filter
def running(paragraph: Paragraph) -> SafeString:
    """A paragraph with its links and marks; a target's link says what it sets."""

    def part(start: int, end: int) -> SafeString:
        return with_marks(paragraph.text[start:end], cut(paragraph.marks, start, end))

    pieces, at = [], 0
    for link in paragraph.links:
        pieces += [part(at, link.start), _link(link, part(link.start, link.end))]
        at = link.end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, part(at, len(paragraph.text))]))


def _link(link: Link, words: SafeString) -> SafeString:
    if not link.target:
        return format_html('<a href="{}">{}</a>', link.address, words)
    told = "，".join(filter(None, (link.target.quantity, years(link.target))))
    return format_html('<a href="{}" title="{}">{}</a>', link.address, told, words)


@register.filter
def ref(clause: Clause) -> SafeString | str:
    """A clause's line in the source, which leads to its page: permalink, citation, words, source, report of a problem.

    Nothing for a tail, which is the clause's.  A long law has hundreds: all that can be done with a clause
    hangs on this one link, which the page's script opens on the spot.
    """
    if clause.is_tail:
        return ""
    return format_html('<a href="cite/?clause={}">{}</a>', clause.provision.eid, clause.provision.start_line)


@register.filter
def line(number: int) -> SafeString:
    """A record's line in the source."""
    return format_html('<a class="line" href="source/#L{}">{}</a>', number, number)


@register.filter
def edit(record: Any) -> SafeString:
    """An editor's way to a record's page at the desk."""
    address = reverse("desk:question", args=[record._meta.model_name, record.pk])
    return format_html('<a class="edit" href="{}">编辑</a>', address)
