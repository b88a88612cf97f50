"""The handbooks say what is on the screen: names, keys, refusals; and their examples find what they promise."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from ingest.pipeline import ingest
from search import indexing
from search.query import parse

ROOT = Path(__file__).resolve().parent.parent
EDITORS, ANALYSTS = ROOT / "docs/editors.md", ROOT / "docs/analysts.md"
CODE = ("config", "ingest", "policies", "search")
CALLED = {"Esc": "Escape", "Ctrl": "ctrl"}  # keys as scripts call them


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def templates() -> dict[str, str]:
    return {str(path.relative_to(ROOT / "templates")): text(path) for path in (ROOT / "templates").rglob("*.html")}


@cache
def sources() -> str:
    """Whatever can put words on the screen."""
    python = (path for folder in CODE for path in (ROOT / folder).rglob("*.py"))
    return "\n".join([*templates().values(), *map(text, python), *map(text, (ROOT / "static").glob("*.js"))])


@cache
def names() -> set[str]:
    """Words that stand alone on the screen: between two tags, or as a whole string of the code."""
    pages = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "<>", sources())
    return {words.strip() for found in re.findall(r'>([^<>]+)<|"([^"\n]+)"', pages) for words in found}


def rows(document: Path, heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its own head."""
    section = text(document).split(f"# {heading}\n")[1].split("\n## ")[0]
    lines = re.findall(r"(?m)^\| (.+) \|$", section)
    return [re.split(r" \| ", line) for line in lines[1:]]


@pytest.mark.parametrize("handbook", [EDITORS, ANALYSTS], ids=lambda path: path.name)
def test_names_are_those_on_the_screen(handbook):
    named = set(re.findall(r"「([^」]+)」", text(handbook)))
    assert len(named) > 20
    assert named <= names()


def test_refusals_are_worded_as_they_appear():
    said = [cells[0] for cells in rows(EDITORS, "做不成时")]
    assert len(said) > 15
    for words in said:
        assert all(piece in sources() for piece in words.split("…")), words


def bound() -> set[str]:
    """Keys that do something on the pages that load desk.js: those that buttons name, and those it knows itself."""
    script = text(ROOT / "static/desk.js")
    loading = {name for name, page in templates().items() if "desk.js" in page}
    loading |= {name for name, page in templates().items() for other in loading if f'extends "{other}"' in page}
    loading |= {part for name in loading for part in re.findall(r'include "([^"]+)"', templates()[name])}
    pressed = {key.upper() for name in loading for key in re.findall(r'data-key="(\w)"', templates()[name])}
    known = set(re.findall(r'event\.key === "(\w+)"', script))
    return (
        pressed
        | {key.upper() if len(key) == 1 else key for key in known}
        | set(re.findall(r"event\.(ctrl)Key", script))
    )


def test_the_keys_are_those_that_are_bound():
    told = {key for cells in rows(EDITORS, "快捷键") for key in re.findall(r"`(\w+)`", cells[0])}
    assert {CALLED.get(key, key) for key in told} == bound()


def searches() -> list[tuple[str, int]]:
    """The examples of searches, and how many clauses the handbook promises for each."""
    told = [(re.findall(r"`([^`]+)`", " | ".join(cells[:-1])), cells[-1]) for cells in rows(ANALYSTS, "检索")]
    return [(query, int(found.removesuffix(" 条"))) for queries, found in told for query in queries]


def test_examples_of_searches_are_understood():
    assert len(searches()) > 15
    section = text(ANALYSTS).split("## 检索\n")[1].split("### ")[0]
    for query in [*(query for query, _ in searches()), *re.findall(r"`([^`\n]{2,})`", section)]:
        parsed = parse(query)
        assert parsed.tree, query
        assert not parsed.messages, query


def test_examples_find_what_is_promised(db, client, settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path / "index"
    call_command("loadgazetteer", verbosity=0)
    for sample in sorted((settings.FIXTURES / "samples").glob("*.txt")):
        ingest(sample.read_bytes(), sample.name, publish=True)
    indexing.rebuild()
    for query, number in searches():
        page = client.get(reverse("search:search"), {"q": query}).content.decode()
        assert f"共 {number} 条条款" in page, query
    for cells in rows(ANALYSTS, "目标"):
        address, promised = cells[2].strip("`"), cells[3].strip()
        assert f"共 {promised}目标" in client.get(address).content.decode(), address
