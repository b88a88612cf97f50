"""The whole way of a file, on the invented and on the real issues."""

import pytest
from django.conf import settings
from django.db import connection

from ingest.loading import Outcome
from ingest.pipeline import IngestError, Step, ingest
from policies.actions.undo import undo
from policies.models import Action, Issue, Policy, Provision, Responsibility, Source, State, Target
from tests.ingest.bad_files import SAMPLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazetteer_kept")]
SAMPLES = sorted((settings.FIXTURES / "samples").glob("*.txt"))


def files(folder):
    return sorted(folder.glob("*.txt"))


def versions():
    """Which transaction last wrote each provision."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, xmin::text FROM policies_provision ORDER BY id")
        return cursor.fetchall()


def assert_sound(issue: Issue) -> None:
    """What a loaded issue promises: a slug each, a tree, and every quote on its line."""
    lines = ["".join(line.split()).replace("**", "") for line in issue.source.lines()]
    for model in (Target, Responsibility):
        for row in model.objects.filter(policy__issue=issue):
            assert "".join(row.quote.split()).replace("**", "") in lines[row.line - 1]
    for child in Provision.objects.filter(policy__issue=issue, parent__isnull=False).select_related("parent"):
        assert child.parent
        assert child.policy_id == child.parent.policy_id
        assert child.position > child.parent.position
        assert child.parent.start_line <= child.start_line <= child.end_line <= child.parent.end_line
    assert not issue.doubts.filter(code__in=("row-refused", "eid-taken", "misquoted", "unassigned"))


def test_steps_are_told_as_they_begin_with_what_was_counted():
    told = []
    ingest(SAMPLE.encode(), "甲.txt", on_step=lambda step, counts: told.append((step, list(counts))))
    assert told == [
        (Step.READ, []),
        (Step.PARSE, ["lines"]),
        (Step.CHECK, ["policies"]),
        (Step.LOAD, ["provisions"]),
    ]
    told.clear()
    ingest(SAMPLE.encode(), "甲.txt", on_step=lambda step, counts: told.append((step, list(counts))))
    assert told == [], "what is there is not read again"


@pytest.mark.parametrize("undone", [False, True])
def test_what_was_loaded_while_it_was_read_is_left_as_it_is(monkeypatch, undone):
    def meanwhile(parsed):
        monkeypatch.undo()
        ingest(SAMPLE.encode(), "甲.txt")
        if undone:
            undo(Action.objects.get(), user=None)

    monkeypatch.setattr("ingest.pipeline.check", meanwhile)
    report = ingest(SAMPLE.encode(), "甲.txt", publish=True, once=True)
    assert report.outcome is (Outcome.GONE if undone else Outcome.UNCHANGED)
    assert [issue.state for issue in Issue.objects.all()] == ([] if undone else [State.DRAFT])


def test_what_is_written_on_loading_stands_or_falls_with_the_load():
    def fail(report):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ingest(SAMPLE.encode(), "甲.txt", on_loaded=fail)
    assert not Source.objects.exists()


def test_a_document_that_stands_alone():
    content = (
        "云南省数字驿站管理办法\n\n云驿发〔2031〕5号\n\n第一条 为了管理数字驿站，制定本办法。\n\n"
        "第二条 数字驿站应当开放数据。\n\n第三条 本办法自2031年5月1日起施行。\n"
    )
    report = ingest(content.encode(), "办法.txt", publish=True)
    policy = Policy.objects.published().get()
    assert (report.issue, report.subject, policy.issue) == (None, policy, None)
    assert [p.label for p in policy.provisions.filter(type="article")] == ["第一条", "第二条", "第三条"]


def test_text_that_is_nothing_is_refused():
    with pytest.raises(IngestError, match="无法识别这个文件"):
        ingest("从前有座山。\n".encode() * 9, "甲.txt")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_loaded_soundly_and_anew_without_a_trace(path):
    report = ingest(path.read_bytes(), path.name)
    assert report.issue
    assert_sound(report.issue)
    slugs, written = list(Policy.objects.order_by("pk").values_list("pk", "slug")), versions()
    again = ingest(path.read_bytes(), path.name, replace=True)
    assert (again.outcome, again.counts) == (Outcome.REPLACED, report.counts)
    assert list(Policy.objects.order_by("pk").values_list("pk", "slug")) == slugs
    assert versions() == written, "a clause that did not change is not written"


@pytest.mark.shared
def test_the_real_issues_are_loaded_soundly(shared):
    for path in files(shared / "issues"):
        report = ingest(path.read_bytes(), path.name, publish=True)
        assert report.issue
        assert_sound(report.issue)
    assert Issue.objects.published().count() == 2
    written = versions()
    for path in files(shared / "issues"):
        assert ingest(path.read_bytes(), path.name).outcome is Outcome.UNCHANGED
        assert ingest(path.read_bytes(), path.name, replace=True).outcome is Outcome.REPLACED
    assert versions() == written
