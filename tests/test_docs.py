"""The documents say what is so: settings, commands and make targets."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands
from prometheus_client import REGISTRY

from config.health import Measures
from policies.models.doubt import STANDING

ROOT = Path(__file__).resolve().parent.parent
OURS = {"config", "ingest", "policies", "search"}


def words_in(name: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, (ROOT / name).read_text(encoding="utf-8")))


def test_settings_table_lists_what_the_environment_sets():
    read = words_in("config/settings.py", r'\benv\.\w+\(\s*"(\w+)"')
    assert read, "no settings found: has the way they are read changed?"
    assert words_in("docs/settings.md", r"(?m)^\| `(\w+)` \|") == read


def test_readme_lists_our_commands():
    named = words_in("README.md", r"manage\.py (\w+)") | {"web", "worker", "indexer"}
    ours = {name for name, app in get_commands().items() if app in OURS}
    assert named <= ours
    assert {"ingest", "parse", "search", "index", "start"} <= named


def test_the_changelog_begins_with_this_version():
    heads = re.findall(r"(?m)^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    version, _, day = heads[0].partition(" — ")
    assert version == settings.VERSION
    assert re.fullmatch(r"unreleased|\d{4}-\d\d-\d\d", day)
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ — \d{4}-\d\d-\d\d", head) for head in heads[1:])


def test_readme_names_only_targets_that_make_knows():
    named = words_in("README.md", r"\bmake (\w+)")
    assert named <= words_in("Makefile", r"(?m)^(\w+):")


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


def test_links_between_documents_lead_somewhere():
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name} links to {link}"


def test_every_measure_is_described(db):
    ours = {family.name for collector in (REGISTRY, Measures()) for family in collector.collect()}
    described = {name.removesuffix("_total") for name in words_in("docs/deploy.md", r"`(policy_\w+)")}
    assert described == {name for name in ours if name.startswith("policy_")}
