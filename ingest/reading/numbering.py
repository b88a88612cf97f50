"""Word's automatic numbering: the label that a paragraph is printed with, though its text does not hold it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.reading.numerals import numeral

PLACE = re.compile(r"%([1-9])")
CLOSED = tuple("、）)．.：:】〕》—")  # after these no space is printed
MOST_INHERITED = 20  # styles that one style is based on
LONGEST = 100  # characters of a label's pattern


@dataclass(slots=True)
class Level:
    """A level of a list; it counts anew after each of the first `restart` levels, if they are above it;
    `arabic`: it shows all numbers in digits."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    space: bool = True
    paragraph_style: str = ""
    restart: int = 9
    arabic: bool = False


@dataclass(slots=True)
class Lists:
    """The definitions of a document, and how far each has been counted."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)  # abstract list: the style that defines it
    numbers: dict[str, str] = field(default_factory=dict)  # list: abstract list
    starts: dict[str, dict[int, int]] = field(default_factory=dict)  # list: where its levels begin anew
    own: dict[str, dict[int, Level]] = field(default_factory=dict)  # list: levels that it defines otherwise
    styles: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # style: its list, level, base
    counted: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, paragraph: etree._Element) -> str:
        """The label of the next paragraph, with the space that follows it; "" without one."""
        place = self._place(paragraph)
        if not place:
            return ""
        number, depth = place
        name = self._abstract(number)
        levels = self._levels(number)
        level = levels.get(depth)
        if not level:
            return ""
        counts = self.counted.setdefault(name, {})
        if number not in self.begun:
            self.begun.add(number)
            for at, start in self.starts.get(number, {}).items():
                counts[at] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if depth < min(at, levels.get(at, level).restart)]:
            del counts[deeper]
        if level.style in ("bullet", "none") and "%" not in level.text:
            return ""
        text = PLACE.sub(lambda match: _shown(levels, counts, int(match[1]) - 1, level.arabic), level.text)
        return text if not text or not level.space or text.endswith(CLOSED) else text + " "

    def _levels(self, number: str) -> dict[int, Level]:
        return {**self.abstract.get(self._abstract(number), {}), **self.own.get(number, {})}

    def _abstract(self, number: str) -> str:
        name = self.numbers.get(number, "")
        if name in self.linked and not self.abstract.get(name):
            place = self.styles.get(self.linked[name], ("", "", ""))
            name = self.numbers.get(place[0], name)
        return name

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, or those of its style; None outside of lists."""
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle"))
        own = child(properties, "numPr")
        number, depth = value(child(own, "numId")), value(child(own, "ilvl"))
        inherited = ""
        for _ in range(MOST_INHERITED):
            if number or style not in self.styles:
                break
            number, from_style, base = self.styles[style]
            depth = depth or from_style
            inherited, style = style, base
        if number in ("", "0"):
            return None
        if not depth and inherited:
            levels = self._levels(number)
            return number, next((at for at, level in levels.items() if level.paragraph_style == inherited), 0)
        return number, int(depth) if depth.isdecimal() and len(depth) < 3 else 0


def read_lists(numbering: etree._Element | None, styles: etree._Element | None) -> Lists:
    """The lists of numbering.xml and styles.xml, either of which may be missing."""
    lists = Lists()
    for element in _children(numbering):
        kind = local(element)
        if kind == "abstractNum":
            name = attribute(element, "abstractNumId")
            lists.abstract[name] = {_depth(e): _level(e) for e in _children(element, "lvl")}
            link = value(child(element, "numStyleLink"))
            if link:
                lists.linked[name] = link
        elif kind == "num":
            number = attribute(element, "numId")
            lists.numbers[number] = value(child(element, "abstractNumId"))
            for override in _children(element, "lvlOverride"):
                start, level = child(override, "startOverride"), child(override, "lvl")
                if start is not None:
                    lists.starts.setdefault(number, {})[_depth(override)] = _number(value(start))
                if level is not None:
                    lists.own.setdefault(number, {})[_depth(override)] = _level(level)
    for style in _children(styles, "style"):
        numbered = child(child(style, "pPr"), "numPr")
        place = (value(child(numbered, "numId")), value(child(numbered, "ilvl")), value(child(style, "basedOn")))
        lists.styles[attribute(style, "styleId")] = place
    return lists


def _level(element: etree._Element) -> Level:
    return Level(
        start=_number(value(child(element, "start"))),
        style=value(child(element, "numFmt")) or "decimal",
        text=value(child(element, "lvlText"))[:LONGEST],
        space=value(child(element, "suff")) != "nothing",
        paragraph_style=value(child(element, "pStyle")),
        restart=_number(value(child(element, "lvlRestart")) or "9"),
        arabic=is_on(child(element, "isLgl")),
    )


def _shown(levels: dict[int, Level], counts: dict[int, int], depth: int, arabic: bool) -> str:
    level = levels.get(depth, Level())
    return numeral(counts.get(depth, level.start), "decimal" if arabic else level.style)


def _depth(element: etree._Element) -> int:
    text = attribute(element, "ilvl")
    return int(text) if text.isdecimal() and len(text) < 3 else 0


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def local(element: etree._Element) -> str:
    """An element's name without its namespace: the same in the transitional and the strict kind of a document."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str:
    if element is None:
        return ""
    return next((str(found) for key, found in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def value(element: etree._Element | None) -> str:
    return attribute(element, "val")


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is there that need not say more than its name."""
    return element is not None and value(element) not in ("0", "false", "off")


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    return next(_children(element, name), None)


def _children(element: etree._Element | None, name: str = "") -> Iterator[etree._Element]:
    for inner in element if element is not None else ():
        if not name or local(inner) == name:
            yield inner
