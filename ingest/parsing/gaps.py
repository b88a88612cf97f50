"""Doubts about an outline's numbering: numbers that are missing, that come twice, or out of order."""

import re

from ingest.parsing.nodes import Node, Outline
from ingest.records import WarningRecord

_IN_TEXT = re.compile(r"[是要]$|^第[一二三四五六七八九十]+$")  # 一是, 一要, 第一: lists within paragraphs
_COUNTED = ("part", "chapter", "section", "article", "subsection", "item", "subitem")


def numbering_warnings(outline: Outline) -> list[WarningRecord]:
    """One warning for every provision whose number does not follow from the one before.

    Articles count through chapters; chapters, subsections and items may run on through what encloses them
    (1…25) or begin anew.
    """
    warnings: list[WarningRecord] = []
    before: dict[tuple[int, str], Node] = {}
    latest: dict[str, Node] = {}
    for node in outline.walk():
        if node.type not in _COUNTED or _IN_TEXT.search(node.label or ""):
            continue
        parent = _attachment(node) if node.type == "article" else node.parent
        key = (id(parent), node.eid_part.split("_")[0] + (node.label or "")[:1] * (node.type == "subitem"))
        previous = before.get(key)
        place = _place(node)
        if not _follows(_place(previous) if previous else (0, 0), place):
            runs_on = not previous and node.type in latest and _follows(_place(latest[node.type]), place)
            if not runs_on or node.type == "subitem":
                warnings.append(_warning(node, previous))
        before[key] = latest[node.type] = node
    return warnings


def _attachment(node: Node) -> Node | None:
    while node.parent:
        node = node.parent
    return node if node.type == "attachment" else None


def _place(node: Node) -> tuple[int, int]:
    numbers = [int(part) for part in node.eid_part.split("_")[1:]]
    if "." in (node.label or ""):  # 2.3 counts among those under 2
        numbers = numbers[-1:]
    return numbers[0], numbers[1] if len(numbers) > 1 else 0


def _follows(before: tuple[int, int], place: tuple[int, int]) -> bool:
    return place in ((before[0] + 1, 0), (before[0], before[1] + 1), (1, 0))


def _warning(node: Node, previous: Node | None) -> WarningRecord:
    family = "article" if node.type == "article" else "number"
    if previous is None:
        return WarningRecord(f"{family}-gap", node.start_line, f"编号从“{node.label}”开始，之前的内容可能缺失。")
    if _place(node) > _place(previous):
        message = f"“{previous.label}”之后是“{node.label}”，中间可能缺了内容。"
        return WarningRecord(f"{family}-gap", node.start_line, message)
    message = f"“{node.label}”排在“{previous.label}”之后，编号重复或次序有误。"
    return WarningRecord(f"{family}-order", node.start_line, message)
