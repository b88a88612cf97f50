"""A text that takes too long is refused, and nothing of it is kept."""

import itertools
import signal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ingest import bounding
from ingest.bounding import GivenUpError, bounded, give_up
from ingest.parsing.errors import ParsingError
from ingest.pipeline import IngestError, ingest
from policies.models import Action, Policy, Source
from tests.ingest.bad_files import SAMPLE

LONG = "某省数据条例\n\n第一条　" + "由县级以上人民政府负责。" * 20_000


HURRY = 0.02  # seconds


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(bounding, "SECONDS", HURRY)


def test_what_never_ends_is_stopped(hurried):
    with pytest.raises(ParsingError, match="已停止"), bounded():
        any(False for _ in itertools.count())
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0


def test_what_nobody_waits_for_is_given_up():
    def never_ends():
        give_up()
        any(False for _ in itertools.count())

    with pytest.raises(GivenUpError), bounded():
        never_ends()
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0
    give_up()  # which nobody hears


def test_a_text_that_takes_too_long_leaves_nothing(hurried, gazetteer_kept):
    with pytest.raises(IngestError, match="拆成几份"):
        ingest(LONG.encode(), "长.txt")
    assert not Policy.objects.exists()
    assert not Source.objects.exists()


def test_the_command_says_so(hurried, tmp_path):
    path = tmp_path / "长.txt"
    path.write_text(LONG, encoding="utf-8")
    with pytest.raises(CommandError, match="拆成几份"):
        call_command("parse", str(path))


def test_what_is_stored_takes_no_longer_when_it_is_extracted_again(gazetteer_kept, monkeypatch):
    ingest(SAMPLE.encode(), "驿站.txt")
    monkeypatch.setattr(bounding, "SECONDS", HURRY)
    with pytest.raises(CommandError, match="拆成几份"):
        call_command("reextract", "--all", "--apply", stdout=StringIO())
    assert not Action.objects.filter(verb=Action.Verb.REEXTRACT).exists()
