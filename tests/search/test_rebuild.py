"""Readers notice nothing of a rebuild: pages of another process, asked all the time, stay whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from policies.models import Change, Provision
from search import indexing
from search.engines import ENGINES
from search.engines.base import Request
from search.tree import Contains
from tests.search.builders import policy

pytestmark = pytest.mark.django_db(transaction=True)

CLAUSES = 40
REBUILDS = 3
# Asks for one page after the other until its input ends; says how often, and what was wrong.
READER = """
import json, logging, select, sys, django
from pathlib import Path
django.setup()
from django.conf import settings
settings.INDEX_FOLDER, settings.SEARCH_ENGINE = Path(sys.argv[1]), sys.argv[2]
from django.test import Client
logging.disable()
client, asked, wrong = Client(SERVER_NAME="localhost"), 0, []
while True:
    answer = client.get("/api/v1/search/", {"q": "驿站"})
    asked += 1
    if answer.status_code != 200 or answer.json()["total"] != int(sys.argv[3]):
        wrong.append([answer.status_code, answer.content.decode()[:200]])
    if asked == 1:
        print("reading", flush=True)
    if select.select([sys.stdin], [], [], 0)[0]:
        break
print(json.dumps([asked, wrong]))
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_readers_find_everything_during_rebuilds_and_what_is_edited_meanwhile_afterwards(
    engine: str, settings, index_folder: Path
):
    settings.SEARCH_ENGINE = engine
    policy("驿站办法", *(f"第{n}座驿站应当建设，并向旅客公布。" for n in range(CLAUSES)))
    indexing.rebuild()
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(index_folder), engine, str(CLAUSES)],
        env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert reader.stdout is not None
    assert reader.stdout.readline() == "reading\n"
    edited = Provision.objects.clauses().earliest("pk")

    def edit(done: int, of: int) -> None:
        """Meanwhile, after the clauses were read and before the new index takes the old one's place."""
        Provision.objects.filter(pk=edited.pk).update(text=f"驿站旁的客舍{done}。")
        Change.objects.note([edited.policy_id])

    for _ in range(REBUILDS):
        indexing.rebuild(edit)
    said, _ = reader.communicate("\n", timeout=60)
    asked, wrong = json.loads(said)
    assert wrong == []
    assert asked > REBUILDS
    indexing.update()
    assert indexing.find(Request(Contains(f"客舍{CLAUSES}"))).total == 1
    assert indexing.check().same


def environment() -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "POLICY_DATABASE": settings.DATABASES["default"]["NAME"],
    }
