"""The worker's task: it ends every run it takes, with a result or with a reason."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.db.models.functions import Now
from psycopg.errors import DiskFull

from ingest import actions, runs, tasks
from ingest.comparing import differences
from ingest.models import Run
from ingest.pipeline import IngestError
from ingest.reading import pdf
from ingest.tasks import run_ingest
from policies.actions.publish import publish
from policies.actions.withdraw import withdraw
from policies.models import Issue, Policy, Source, Target
from tests.ingest.bad_files import HALF, READ, REFUSED, UNREADABLE
from tests.ingest.reading.pdfs import ended_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazetteer_kept", "sent")]
SAMPLE = settings.FIXTURES / "samples" / "2031-01.txt"


def done(content: bytes) -> Run:
    """The run of these bytes, after its task."""
    return after_its_task(actions.submit(content, "甲.txt", user=None))


def after_its_task(run: Run) -> Run:
    run_ingest(str(run.pk))
    run.refresh_from_db()
    return run


def test_a_run_ends_with_its_issue_and_its_counts():
    run = done(SAMPLE.read_bytes())
    assert (run.state, run.step, run.message) == ("done", "index", "2031年第1期已入库。")
    assert run.issue == Issue.objects.get()
    assert run.issue.state == "draft"
    assert run.counts["policies"] == Policy.objects.count()
    assert run.counts["lines"] == len(SAMPLE.read_text(encoding="utf-8").splitlines())
    assert run.started_at
    assert run.finished_at


def test_a_message_that_comes_twice_does_the_work_once(monkeypatch):
    run = done(SAMPLE.read_bytes())
    monkeypatch.setattr("ingest.tasks.ingest", None)  # to call it would fail
    run_ingest(str(run.pk))
    run_ingest("00000000-0000-0000-0000-000000000000")
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 1)


def test_the_same_bytes_again_point_to_what_is_there():
    first = done(SAMPLE.read_bytes())
    again = done(SAMPLE.read_bytes())
    assert (again.state, again.issue) == ("done", first.issue)
    assert again.message == "2031年第1期已在库中，内容相同，没有改动。"


def test_a_new_version_waits_with_its_differences_until_an_editor_accepts_it(editor):
    first = done(SAMPLE.read_bytes())
    other = SAMPLE.read_bytes() + b"\n"
    held = done(other)
    assert (held.state, held.step, held.issue) == ("waiting", "load", None)
    assert (
        held.message
        == "2031年第1期已在库中（来自 甲.txt），这个文件是另一个版本，提取的内容没有差别，等待确认是否采用。"
    )
    policies = list(Policy.objects.order_by("pk").values_list("pk", flat=True))
    compared = {"replaces": policies, "sources": [first.sha256]}
    assert held.changes == {"policies": [], "unchanged": len(policies), "rewritten": False, **compared}
    assert Issue.objects.get().source.sha256 == first.sha256
    assert actions.accept(held, user=editor)
    loaded = after_its_task(held)
    assert (loaded.state, loaded.message) == ("done", "2031年第1期已用这个文件替换。")
    assert (loaded.outcome, loaded.accepted_by) == ("replaced", editor)
    assert Issue.objects.get().source.sha256 == loaded.sha256


def test_an_accepted_version_waits_again_where_the_base_changed_since_its_differences_were_seen(editor):
    done(SAMPLE.read_bytes())
    held = done(SAMPLE.read_bytes() + b"\n")
    seen = held.changes
    Target.objects.earliest("pk").delete()
    assert actions.accept(held, user=editor)
    again = after_its_task(held)
    assert (again.state, again.accepted_by) == ("waiting", None)
    assert again.message.startswith("差别与采用时看到的不同")
    assert again.changes != seen
    assert actions.accept(again, user=editor)
    assert after_its_task(again).state == "done"


@pytest.mark.parametrize("moment", ["before the worker compares", "after it compared", "before an earlier release"])
def test_an_accepted_version_replaces_no_version_that_it_was_not_compared_with(editor, monkeypatch, moment):
    """Two versions wait beside the same one and are both accepted; nothing extracted differs in any of them."""
    done(SAMPLE.read_bytes())
    one, other = done(SAMPLE.read_bytes() + b"\n"), done(SAMPLE.read_bytes() + b"\n\n")
    assert actions.accept(one, user=editor)
    assert actions.accept(other, user=editor)
    if moment == "before an earlier release":
        Run.objects.filter(pk=one.pk).update(changes={"policies": [], "unchanged": Policy.objects.count()})
    if moment == "before the worker compares":
        after_its_task(other)
    else:

        def compare(content, filename):
            monkeypatch.setattr(tasks, "differences", differences)
            found = differences(content, filename)
            after_its_task(other)
            return found

        monkeypatch.setattr(tasks, "differences", compare)
    again = after_its_task(one)
    assert (again.state, again.accepted_by) == ("waiting", None)
    assert again.message.startswith("差别与采用时看到的不同")
    assert again.changes
    assert again.changes["sources"] == [other.sha256]
    assert again.message.startswith(tasks.CHANGED)
    assert Issue.objects.get().source.sha256 == other.sha256
    assert actions.accept(again, user=editor)
    assert after_its_task(again).outcome == "replaced"
    assert Issue.objects.get().source.sha256 == one.sha256


def test_a_version_that_was_compared_by_an_earlier_release_is_loaded_once_accepted(editor):
    done(SAMPLE.read_bytes())
    held = done(SAMPLE.read_bytes() + b"\n")
    Run.objects.filter(pk=held.pk).update(changes={"policies": [], "unchanged": Policy.objects.count()})
    assert actions.accept(held, user=editor)
    assert after_its_task(held).outcome == "replaced"


@pytest.mark.parametrize("moment", ["before the worker compares", "after it compared", "before an earlier release"])
def test_an_editor_replaces_nothing_that_was_published_since_the_differences_were_seen(editor, monkeypatch, moment):
    first = done(SAMPLE.read_bytes())
    held = done(SAMPLE.read_bytes() + b"\n")
    editor.user_permissions.remove(Permission.objects.get(codename="publish_issue"))
    if moment == "after it compared":

        def compare(content, filename):
            found = differences(content, filename)
            publish(Issue.objects.get(), user=None)
            return found

        monkeypatch.setattr(tasks, "differences", compare)
    if moment == "before an earlier release":
        publish(Issue.objects.get(), user=None)
        Run.objects.filter(pk=held.pk).update(changes={"policies": [], "unchanged": Policy.objects.count()})
    assert actions.accept(held, user=editor)
    if moment == "before the worker compares":
        publish(Issue.objects.get(), user=None)
    again = after_its_task(held)
    assert (again.state, again.accepted_by) == ("waiting", None)
    assert again.message.startswith("库中的版本已经发布，读者看得到，须由主编采用。2031年第1期已在库中")
    assert Issue.objects.get().source.sha256 == first.sha256
    with pytest.raises(PermissionDenied, match="主编"):
        actions.accept(held, user=User.objects.get())
    assert actions.decline(held, user=editor)


def test_what_was_withdrawn_since_the_differences_were_seen_is_an_editors_to_replace(editor):
    done(SAMPLE.read_bytes())
    publish(Issue.objects.get(), user=None)
    held = done(SAMPLE.read_bytes() + b"\n")
    withdraw(Issue.objects.get(), user=None, note="有误")
    editor.user_permissions.remove(Permission.objects.get(codename="publish_issue"))
    assert actions.accept(held, user=User.objects.get())
    assert after_its_task(held).outcome == "replaced"


def test_a_run_that_is_cancelled_while_it_works_stops_and_leaves_nothing(editor, monkeypatch):
    from ingest.pipeline import load

    def cancel_and_check(parsed):
        assert actions.cancel(Run.objects.get(), user=editor)

    monkeypatch.setattr("ingest.pipeline.check", cancel_and_check)
    monkeypatch.setattr("ingest.pipeline.load", None)  # to call it would fail
    run = done(SAMPLE.read_bytes())
    assert (run.state, run.step, run.message) == ("cancelled", "check", "已取消，没有入库。")
    monkeypatch.setattr("ingest.pipeline.check", lambda parsed: None)
    monkeypatch.setattr("ingest.pipeline.load", load)
    assert actions.retry(run, user=editor)
    assert after_its_task(run).state == "done"


def test_a_pdf_whose_reader_is_ended_from_outside_is_no_bad_file(monkeypatch, tmp_path):
    """Tried again as after a worker's death, and given up as then."""
    monkeypatch.setattr(pdf.sys, "executable", str(ended_by("KILL", tmp_path)))
    run = actions.submit(b"%PDF-1.7", "甲.pdf", user=None)
    for _ in range(runs.ATTEMPTS):
        with pytest.raises(IngestError):
            run_ingest(str(run.pk))
        run.refresh_from_db()
        said = list(run.events.values_list("message", flat=True))[-1]
        assert (run.state, said) == ("running", f"{pdf.ENDED}；稍后自动重试，共试 3 次。")
        Run.objects.update(heartbeat_at=Now() - 2 * runs.STALE)
        runs.requeue_stalled()
    run.refresh_from_db()
    assert (run.state, run.message) == ("failed", runs.GIVEN_UP)


@pytest.mark.parametrize("name", sorted(set(REFUSED) - {"50 MB"}))  # no upload lets that through
def test_a_file_that_is_no_issue_fails_with_its_reason(name):
    content, words = REFUSED[name]
    run = done(content)
    assert (run.state, run.step) == ("failed", "read" if name in UNREADABLE else "parse")
    assert words in run.message
    assert not Source.objects.exists()


def test_half_an_issue_is_loaded_as_far_as_it_goes_and_says_what_is_missing():
    run = done(HALF)
    assert run.state == "done"
    issue = Issue.objects.get()
    assert 0 < issue.policies.count() < issue.contents.count()
    assert issue.doubts.filter(message__contains="在正文中没有找到").exists()


@pytest.mark.parametrize("name", READ)
def test_every_usual_encoding_is_read(name):
    assert done(READ[name]).message == "2031年第1期已入库。"


def test_a_mistake_of_ours_ends_the_run_and_tells_nothing_of_its_inside(monkeypatch):
    def parse(lines, gazetteer):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("ingest.pipeline.parse_lines", parse)
    run = done(SAMPLE.read_bytes())
    assert (run.state, run.step) == ("failed", "parse")
    assert "程序在处理这个文件时出错" in run.message
    assert "secret" not in run.message
    assert not Source.objects.exists()


def test_a_database_that_goes_away_leaves_the_run_for_another_attempt(monkeypatch):
    def parse(lines, gazetteer):
        raise OperationalError("gone")

    run = actions.submit(SAMPLE.read_bytes(), "甲.txt", user=None)
    with monkeypatch.context() as patch:
        patch.setattr("ingest.pipeline.parse_lines", parse)
        with pytest.raises(OperationalError):
            run_ingest(str(run.pk))
    run.refresh_from_db()
    assert run.state == "running", "its heartbeat will grow old"


def test_a_full_disk_puts_the_run_off_until_there_is_room(monkeypatch, sent):
    def load(*records, **how):
        raise OperationalError("could not extend file") from DiskFull()

    run = actions.submit(SAMPLE.read_bytes(), "甲.txt", user=None)
    for _ in range(2 * runs.ATTEMPTS):
        with monkeypatch.context() as patch:
            patch.setattr("ingest.pipeline.load", load)
            with pytest.raises(OperationalError):
                run_ingest(str(run.pk))
        run.refresh_from_db()
        assert (run.state, run.stalls) == ("queued", 0)
        assert run.events.latest("pk").message == "数据库所在的磁盘已满，没有写入任何内容；有空间后自动重试。"
    assert runs.requeue_stalled() == [], "not at once again"
    Run.objects.update(announced_at=Now() - 2 * runs.WAITING)
    assert runs.requeue_stalled() == [run.pk]
    assert after_its_task(run).state == "done"


def test_a_worker_that_was_taken_for_dead_writes_nothing(monkeypatch):
    """The other worker's claim comes while the first one parses; its load is rolled back."""
    from ingest.pipeline import parse_lines

    run = actions.submit(SAMPLE.read_bytes(), "甲.txt", user=None)

    def parse(lines, gazetteer):
        Run.objects.update(attempts=2)
        return parse_lines(lines, gazetteer)

    monkeypatch.setattr("ingest.pipeline.parse_lines", parse)
    run_ingest(str(run.pk))
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("running", 2)
    assert not Source.objects.exists()


@pytest.mark.parametrize("failure", [OperationalError("gone"), ZeroDivisionError("a mistake of ours")])
def test_the_watch_over_the_runs_outlives_any_failure(monkeypatch, failure):
    rounds = iter([None, None])

    def fail() -> None:
        raise failure

    def pause(seconds: float) -> None:
        if next(rounds, "over") == "over":
            raise SystemExit

    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(runs, "note_indexed", fail)
    monkeypatch.setattr(tasks.time, "sleep", pause)
    with pytest.raises(SystemExit):
        tasks._watch()
    assert next(rounds, "over") == "over"
