"""The documents say what is so: settings, commands, make targets, addresses, files and links."""

import re
import shlex
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve
from prometheus_client import REGISTRY

from config.health import Measures
from policies.api.errors import not_found
from policies.models.doubt import STANDING

ROOT = Path(__file__).resolve().parent.parent
OURS = {"config", "ingest", "policies", "search"}
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"(?ms)^```(\w*)\n(.*?)^```")
COMMAND = re.compile(r"manage\.py ([a-z_]+)((?: [a-z]+(?:\\?\|[a-z]+)*)?)")
MACHINE = ("/opt/", "/etc/", "/var/", "/srv/", "/tmp/", "/backups/", "/usr/")  # noqa: S108 - folders of a machine
FOLDERS = (
    "ingest",
    "policies",
    "search",
    "config",
    "docs",
    "tests",
    "templates",
    "static",
    "fixtures",
    "deploy",
    ".ci",
)
VERSIONS = {"/api/v1/", "/api/v2/"}  # no addresses themselves; the second is only promised
STANDS_FOR = {"<kind>": "targets", "<format>": "csv", "<records>": "targets"}  # of what is written for a reader

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def words_in(name: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, (ROOT / name).read_text(encoding="utf-8")))


def test_settings_table_lists_what_the_environment_sets():
    read = words_in("config/settings.py", r'\benv\.\w+\(\s*"(\w+)"')
    assert read, "no settings found: has the way they are read changed?"
    assert words_in("docs/settings.md", r"(?m)^\| `(\w+)` \|") == read


def prose(document: Path) -> str:
    """A document without its blocks of code."""
    return FENCE.sub("", document.read_text(encoding="utf-8"))


def code(document: Path) -> Iterator[str]:
    """What a document shows as code: each span, each line of a block."""
    yield from re.findall(r"`([^`\n]+)`", prose(document))
    for _, block in FENCE.findall(document.read_text(encoding="utf-8")):
        yield from block.splitlines()


@cache
def parser_of(command: str) -> ArgumentParser:
    return load_command_class(get_commands()[command], command).create_parser("manage.py", command)


def parsers_of(parser: ArgumentParser) -> list[ArgumentParser]:
    """A parser with those of its subcommands."""
    below = [action.choices.values() for action in parser._actions if isinstance(action, _SubParsersAction)]
    return [parser, *chain(*below)]


def options_of(parser: ArgumentParser) -> set[str]:
    return {name for one in parsers_of(parser) for action in one._actions for name in action.option_strings}


def deeds_of(parser: ArgumentParser) -> set[str]:
    """What may stand first behind a command that does several things, as `rebuild` behind `index`."""
    places = [action for action in parser._actions if not action.option_strings]
    return set(places[0].choices or ()) if places else set()


@each_document
def test_commands_are_ours_with_their_options(document):
    for line in document.read_text(encoding="utf-8").splitlines():
        named = COMMAND.findall(line)
        assert {name for name, _ in named} <= get_commands().keys(), line
        parsers = [parser_of(name) for name, _ in named]
        if parsers:
            assert set(re.findall(r"(?<![\w-])--[a-z][\w-]*", line)) <= set(chain(*map(options_of, parsers))), line
        for parser, (_, deeds) in zip(parsers, named, strict=True):
            if deeds and deeds_of(parser):
                assert set(re.split(r"\\?\|", deeds.strip())) <= deeds_of(parser), line


def test_the_list_of_commands_is_whole():
    ours = {name for name, app in get_commands().items() if app in OURS}
    assert {name for name, _ in COMMAND.findall((ROOT / "docs/commands.md").read_text(encoding="utf-8"))} >= ours


def make_targets() -> set[str]:
    return words_in("Makefile", r"(?m)^([\w./-]+):")


@each_document
def test_make_knows_what_is_made(document):
    assert {
        name for line in code(document) for name in re.findall(r"(?:^|&& )make ([a-z.][\w./-]*)", line)
    } <= make_targets()


@each_document
def test_benchmarks_are_there(document):
    for name in {name for line in code(document) for name in re.findall(r"-m (benchmarks[.\w]*)", line)}:
        assert find_spec(name), f"{document.name} names {name}"


def test_the_list_of_make_targets_is_whole():
    chores = {name for name in make_targets() if "." not in name}
    assert words_in("docs/commands.md", r"`make (\w+)") == chores


@each_document
def test_addresses_are_those_of_the_site(document):
    named = [span for span in code(document) if span.startswith("/") and not f"{span}/".startswith(MACHINE)]
    asked = re.findall(r"\$HOST(/[^\s\"?]*)", document.read_text(encoding="utf-8"))
    for address in filter(re.compile(r"/[^\s\d*/][^\s*]*").fullmatch, [*named, *asked]):
        for word, one in STANDS_FOR.items():
            address = address.replace(word, one)
        path = re.sub(r"<[^>]*>", "1", address).split("?")[0].split("#")[0]
        assert is_page(path) or path in VERSIONS, f"{document.name} names {address}"


def is_page(path: str) -> bool:
    try:
        return resolve(path).func is not not_found
    except Resolver404:
        return False


@each_document
def test_files_are_there(document):
    made = words_in(".gitignore", r"(?m)^(\S+)$")
    for line in code(document):
        for word in words_of(line):
            path = word.rstrip("/")
            if re.fullmatch(rf"(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./*-]+", path) and path.isascii():
                there = [*ROOT.glob(path), *ROOT.glob(f"{path}.py")]
                assert there or path in made or is_address(word), f"{document.name} names {word}"


def words_of(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:  # an apostrophe
        return line.split()


def is_address(word: str) -> bool:
    """Whether the API guide speaks so of one of its addresses: `policies/1/`."""
    return word.endswith("/") and bool(re.match(r"\w+/\d", word))


def test_the_changelog_begins_with_this_version():
    heads = re.findall(r"(?m)^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    version, _, day = heads[0].partition(" — ")
    assert version == settings.VERSION
    assert re.fullmatch(r"unreleased|\d{4}-\d\d-\d\d", day)
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ — \d{4}-\d\d-\d\d", head) for head in heads[1:])


def test_every_warning_is_described():
    given = re.compile(r'(?:WarningRecord|_warn|doubt)\(\s*(?:cutting, )?"([a-z-]+)"')
    numbered = re.compile(r'WarningRecord\(f"\{family\}-([a-z]+)"')
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "ingest").rglob("*.py"))
    codes = {
        *given.findall(source),
        *(f"{of}-{end}" for end in numbered.findall(source) for of in ("article", "number")),
        *STANDING,
    }
    cells = re.findall(r"(?m)^\| (`[^|]+) \|", (ROOT / "docs/warnings.md").read_text(encoding="utf-8"))
    assert {code for cell in cells for code in re.findall(r"`([a-z-]+)`", cell)} == codes


@each_document
def test_links_lead_somewhere(document):
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        if ":" in link:
            continue
        path, _, anchor = link.partition("#")
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), f"{document.name} links to {link}"
        if anchor:
            assert anchor in anchors(there), f"{document.name} links to {link}"


@cache
def anchors(document: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a document."""
    heads = re.findall(r"(?m)^#+ (.+)$", prose(document))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_picture_is_shown():
    shown = {path for document in DOCUMENTS for path in re.findall(r"\]\(([^)#:]+\.(?:png|svg))\)", prose(document))}
    pictures = {path.name for path in (ROOT / "docs").rglob("*") if path.suffix in (".png", ".svg")}
    assert {Path(path).name for path in shown} == pictures


def test_every_measure_is_described(db):
    ours = {family.name for collector in (REGISTRY, Measures()) for family in collector.collect()}
    described = {name.removesuffix("_total") for name in words_in("docs/deploy.md", r"`(policy_\w+)")}
    assert described == {name for name in ours if name.startswith("policy_")}
