"""`manage.py reextract`: today's names applied to what is loaded, shown first."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from ingest import reextracting
from ingest.parsing.errors import ParsingError
from policies.actions.confirm import confirm
from policies.actions.merge_agencies import merge
from policies.actions.name_agency import add_name, remove_name
from policies.actions.settle_agency import settle_agency
from policies.actions.undo import undo
from policies.models import Action, Agency, Policy, Region, ResponsibleAgency, Target

pytestmark = pytest.mark.django_db
REEXTRACT = Action.Verb.REEXTRACT


@pytest.fixture
def loaded(gazetteer_kept):
    call_command("ingest", str(settings.FIXTURES / "samples" / "2031-01.txt"), stdout=StringIO())


@pytest.fixture
def office(loaded) -> Agency:
    """An agency that an editor made out, and calls 省数据局, as another was called."""
    office = Agency.objects.create(name="云南省数字驿站办公室", known=False)
    settle_agency(office, Region.objects.get(name="云南省"), "province", user=None)
    remove_name(Agency.objects.get(name="云南省数据局"), "省数据局", user=None)
    add_name(office, "省数据局", user=None)
    return office


def run(*args: str) -> str:
    out = StringIO()
    call_command("reextract", *args, stdout=out)
    return out.getvalue()


def printed_as(name: str) -> set[str]:
    """The agencies that the province's documents mean by it."""
    rows = ResponsibleAgency.objects.filter(name=name, responsibility__policy__region="530000")
    return set(rows.values_list("agency__name", flat=True))


def test_what_says_the_same_makes_no_action_and_what_fails_is_named(loaded, monkeypatch):
    slug = Policy.objects.values_list("slug", flat=True)[0]
    assert run("2031-1", "--apply") == "1 份原文，没有改动。\n"
    assert run(slug) == "1 份原文，没有改动。\n"
    assert not Action.objects.filter(verb=REEXTRACT).exists()

    def fail(lines, known):
        raise ParsingError("读不懂。")

    monkeypatch.setattr(reextracting, "parse_lines", fail)
    with pytest.raises(CommandError, match=r"2031-01\.txt：读不懂。") as caught:
        run("--all", "--apply")
    assert caught.value.returncode == 1


def test_a_new_name_is_shown_then_applied_with_decisions_kept_and_undone(office):
    target = Target.objects.all()[0]
    confirm([target], user=None)
    assert printed_as("省数据局") == {"云南省数据局"}
    shown = run("--all")
    assert "责任：" in shown
    assert "省数据局＝云南省数字驿站办公室" in shown
    assert shown.endswith("1 份原文，1 份有改动；加 --apply 写入。\n")
    assert printed_as("省数据局") == {"云南省数据局"}
    assert "保留编辑的决定 1 条" in run("2031-1", "--apply")
    assert printed_as("省数据局") == {office.name}
    target.refresh_from_db()
    assert target.review == "confirmed"
    done = Action.objects.get(verb=REEXTRACT)
    assert str(done).startswith("重新提取：2031年第1期")
    undo(done, user=None)
    assert printed_as("省数据局") == {"云南省数据局"}


def test_merged_agencies_stay_merged(loaded):
    winner, loser = (Agency.objects.get(name=name) for name in ("云南省数据局", "云南省民政厅"))
    both = ResponsibleAgency.objects.filter(agency=winner, responsibility__agencies__agency=loser)
    assert both.exists(), "no responsibility names both: the test needs other agencies"
    merge(loser, winner, user=None)
    assert run("2031-1", "--apply") == "1 份原文，没有改动。\n"
    assert not loser.responsibilities.exists()


@pytest.mark.parametrize("args", [(), ("2031-1", "--all"), ("2031-9",), ("没有这项",)])
def test_wrong_use_ends_in_2(args):
    with pytest.raises(CommandError) as caught:
        run(*args)
    assert caught.value.returncode == 2
