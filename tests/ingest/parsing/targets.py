"""Targets as tests write them: 指标: >= 10家 @2031."""

from ingest.parsing.nodes import Node, Outline
from ingest.parsing.outline import build_outline
from ingest.parsing.present import NOWHEN, Present
from ingest.parsing.targets import find_targets
from ingest.parsing.text import JoinedText
from ingest.records import TargetRecord


def shown(target: TargetRecord) -> str:
    """指标: >= 10家 @2021–2025"""
    value = f"{target.value:g}" if target.value_max is None else f"{target.value:g}–{target.value_max:g}"
    comparator = "" if target.op in ("=", "range") else f"{target.op} "
    years = f" @{target.year}" if target.year else ""
    if target.year_from:
        years = f" @{target.year_from}–{target.year}"
    return f"{target.indicator}: {comparator}{value}{target.unit}{years}"


def found(text: str, kind: str = "plan", type_: str = "item", present: Present = NOWHEN) -> list[str]:
    """The targets of one provision of `type_`."""
    node = Node(type_, "1", "1", "item_1", 1, 1, text=JoinedText.of_line(text))
    return [shown(target) for target in find_targets(Outline([node]), kind, present)]


def found_in(document: str, kind: str = "plan") -> list[tuple[str | None, str]]:
    """The targets of a document, each behind its path."""
    lines = document.strip("\n").split("\n")
    return [(t.path, shown(t)) for t in find_targets(build_outline(lines, 1, len(lines), kind).outline, kind)]
