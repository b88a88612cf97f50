"""Each invariant of texts and runs is broken on purpose, and the check names where."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from ingest import runs
from ingest.actions import submit
from ingest.models import Run
from ingest.tasks import run_ingest
from ingest.verification import CHECKS
from policies.models import Doubt, Issue
from tests.verifying import SAMPLE, base_of_module, faults, write

pytestmark = pytest.mark.django_db
COVERAGE, WORDS, BYTES, STALLED, AGREE = (check.says for check in CHECKS)


@pytest.fixture(scope="module", autouse=True)
def base(django_db_setup, django_db_blocker):
    with base_of_module(django_db_blocker):
        yield


@pytest.fixture
def run(sent) -> Run:
    """A run of the sample, which is in the base already."""
    made = submit(SAMPLE.read_bytes(), SAMPLE.name, user=None)
    run_ingest(str(made.pk))
    return Run.objects.get()


def test_what_the_program_made_passes(run):
    assert run.state == Run.State.DONE
    assert {check.says: list(check.faults()) for check in CHECKS} == {check.says: [] for check in CHECKS}


@pytest.mark.parametrize(
    ("says", "statement", "told"),
    [
        (
            COVERAGE,
            "UPDATE policies_source SET segments = segments - 0",
            r"2031-01\.txt）：第 4、6、8、10、12等行不属于",
        ),
        (COVERAGE, "UPDATE policies_source SET text = 'x'", r"有部分超出最后一行 \d+ 行"),
        (COVERAGE, "UPDATE policies_policy SET start_line = end_line", r"行归于第 1 篇，不在它的行里"),
        (
            WORDS,
            "UPDATE policies_provision SET text = text || '无中生有'",
            r"第 \d+ 行：条款 \d+ 的“\S+”不在它的行里",
        ),
    ],
)
def test_a_breach_in_the_text_is_named(says, statement, told):
    write(statement, quietly=True)
    assert re.search(told, "\n".join(faults(CHECKS, says)))


def test_lines_that_a_warning_tells_of_are_no_fault():
    write("UPDATE policies_source SET segments = segments - 0", quietly=True)
    Doubt.objects.create(issue=Issue.objects.get(), code="unassigned", line=1, message="有行没有归属")
    assert faults(CHECKS, COVERAGE) == []


@pytest.mark.parametrize(
    ("says", "changes", "told"),
    [
        (BYTES, {"content": b"x"}, "文件内容与校验和不符"),
        (AGREE, {"finished_at": None}, "结束时间却不合"),
        (AGREE, {"outcome": ""}, "结果却是"),
        (AGREE, {"issue": None}, "没有期也没有政策"),
    ],
)
def test_a_breach_in_a_run_is_named(run, says, changes, told):
    Run.objects.update(**changes)
    (fault,) = faults(CHECKS, says)
    assert str(run.pk) in fault
    assert told in fault


def test_a_stalled_run_is_named_and_put_back(run):
    long_ago = timezone.now() - 3 * runs.STALE
    Run.objects.update(state=Run.State.RUNNING, outcome="", finished_at=None, heartbeat_at=long_ago)
    (check,) = (check for check in CHECKS if check.says == STALLED)
    assert "没有音讯" in next(iter(check.faults()))
    assert check.repair
    check.repair()
    assert list(check.faults()) == []
    run.refresh_from_db()
    assert run.state == Run.State.QUEUED


def test_a_run_whose_worker_lives_is_no_fault(run):
    just_now = timezone.now() - timedelta(seconds=1)
    Run.objects.update(state=Run.State.RUNNING, outcome="", finished_at=None, heartbeat_at=just_now)
    assert faults(CHECKS, STALLED) == []


def test_a_run_whose_issue_went_afterwards_is_no_fault(run):
    run.issue.delete()
    assert faults(CHECKS, AGREE) == []
