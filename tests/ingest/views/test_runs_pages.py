"""The desk's pages: who sees them, what they show of a run, and when they stop asking."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from ingest import runs
from ingest.loading import find_loaded, load
from ingest.models import Run
from policies.actions.publish import publish
from policies.models import Change, Issue
from tests.ingest.builders import GAZETTEER, READING, parsed

Step = Run.Step


@pytest.fixture
def run(db):
    return Run.objects.create(filename="驿站<b>.txt", content=b"1", size=1, sha256="0" * 64)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def done(run, gazetteer_kept):
    taken = runs.claim(run.pk)
    assert taken
    report = load(parsed(), READING, filename="驿站.txt", sha256="a" * 64, gazetteer=GAZETTEER)
    runs.succeed(taken, report)
    return taken


def progress(run):
    return reverse("desk:progress", args=[run.pk])


@pytest.mark.parametrize("name", ["runs", "upload", "run", "progress"])
def test_the_desk_is_for_editors(client, reader, run, name):
    url = reverse(f"desk:{name}", args=[run.pk] if name in ("run", "progress") else [])
    assert client.get(url).headers["Location"] == f"/login/?next={url}"
    client.force_login(reader)
    assert client.get(url).status_code == 403


def test_the_list_of_runs(desk, done, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = desk.get(reverse("desk:runs")).content.decode()
    assert "驿站&lt;b&gt;.txt" in page
    assert "2031年第12期" in page
    assert run_url(done) in page


def run_url(run):
    return reverse("desk:run", args=[run.pk])


def test_a_queued_run_is_asked_about_again(desk, run):
    page = desk.get(run_url(run)).content.decode()
    assert f'hx-get="{progress(run)}" hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "正在排队" in page
    assert desk.get(progress(run)).status_code == 200


def test_a_running_run_shows_its_step_and_counts(desk, run):
    taken = runs.claim(run.pk)
    assert taken
    runs.write(taken, step=Step.CHECK, counts={"lines": 321, "policies": 4})
    part = desk.get(progress(run))
    text = part.content.decode()
    assert part.status_code == 200
    assert text.count('class="done"') == 2
    assert '<li class="current" aria-current="step"><b>检查</b>' in text
    assert "<span>行 321</span><span>政策 4</span>" in text
    assert "<html" not in text


def test_a_loaded_run_waits_for_the_index_and_then_stops_asking(desk, done):
    part = desk.get(progress(done))
    assert part.status_code == 200
    assert "还有 2 份政策待编入" in part.content.decode()
    assert "第五行可疑。" in part.content.decode()
    Change.objects.all().delete()
    runs.note_indexed()
    part = desk.get(progress(done))
    assert part.status_code == 286
    text = part.content.decode()
    assert text.count('class="done"') == len(Step)
    assert Issue.objects.get().get_absolute_url() in text
    whole = desk.get(run_url(done)).content.decode()
    assert "hx-get" not in whole
    assert "refresh" not in whole


def test_a_page_does_not_wait_for_ever_for_the_index(desk, done):
    Run.objects.update(finished_at=timezone.now() - timedelta(hours=1))
    part = desk.get(progress(done))
    assert part.status_code == 286
    assert "索引迟迟没有更新" in part.content.decode()


def test_a_failed_run_says_why(desk, run):
    taken = runs.claim(run.pk)
    assert taken
    runs.write(taken, step=Step.PARSE)
    runs.fail(taken, "没有找到 <刊头>。")
    part = desk.get(progress(run))
    assert part.status_code == 286
    assert "没有入库：没有找到 &lt;刊头&gt;。" in part.content.decode()
    assert '<li class="failed">' in part.content.decode()


def test_a_run_that_was_interrupted_says_so(desk, run, sent):
    runs.claim(run.pk)
    Run.objects.update(heartbeat_at=Now() - timedelta(hours=1))
    runs.requeue_stalled()
    runs.claim(run.pk)
    assert "重新排队" in desk.get(run_url(run)).content.decode()
    assert "第 2 次尝试" in desk.get(run_url(run)).content.decode()


def test_a_run_leads_to_where_what_it_brought_is_published(desk, done):
    assert f'href="{Issue.objects.get().desk_address}"' in desk.get(run_url(done)).content.decode()


def test_steps_show_how_long_they_took(desk, run):
    taken = runs.claim(run.pk)
    assert taken
    runs.begin(taken, Step.READ, {})
    runs.begin(taken, Step.PARSE, {})
    first, second = run.events.exclude(step="")
    run.events.filter(pk=first.pk).update(at=second.at - timedelta(seconds=2.5))
    assert '<b>读取</b> <span class="muted">完成，2.5 秒</span>' in desk.get(progress(run)).content.decode()


def test_the_same_bytes_lead_to_what_is_there(desk, done, run):
    again = Run.objects.create(filename="又.txt", content=b"1", size=1, sha256="0" * 64)
    taken = runs.claim(again.pk)
    assert taken
    found = find_loaded("a" * 64)
    assert found
    runs.succeed(taken, found)
    part = desk.get(progress(again))
    text = part.content.decode()
    assert part.status_code == 286
    assert "2031年第12期已在库中，内容相同，没有改动。" in text
    assert f'href="{Issue.objects.get().get_absolute_url()}"' in text
    assert 'class="steps"' not in text


CHANGES = {
    "policies": [
        {
            "title": "驿站<b>办法",
            "change": "changed",
            "kinds": [
                {
                    "kind": "目标", "added": 0, "removed": 0, "changed": 33, "more": 32,
                    "rows": [{"change": "changed", "where": "第三条", "before": "驿站 120 个", "after": "驿站 150 个"}],
                }
            ],
        },
        {
            "title": "驿道规划", "change": "added",
            "kinds": [{"kind": "条款", "added": 7, "removed": 0, "changed": 0, "rows": [], "more": 0}],
        },
    ],
    "unchanged": 3,
}  # fmt: skip


@pytest.fixture
def held(db):
    run = Run.objects.create(filename="另一版.txt", content=b"2", size=1, sha256="2" * 64)
    taken = runs.claim(run.pk)
    assert taken
    runs.hold(taken, "2031年第12期已在库中（来自 驿站.txt）", CHANGES)
    return taken


def test_a_new_version_shows_what_it_would_change(desk, held):
    part = desk.get(progress(held))
    text = part.content.decode()
    assert part.status_code == 286
    assert "驿站&lt;b&gt;办法" in text
    assert '<del><span class="hidden">〔删去：</span>120<' in text
    assert '<ins><span class="hidden">〔增加：</span>150<' in text
    assert "另有 32 处没有列出" in text
    assert "条款 7 条" in text
    assert all(reverse(f"desk:{name}", args=[held.pk]) in text for name in ("accept", "decline"))


@pytest.mark.parametrize("published", [True, False])
def test_who_may_not_publish_is_offered_no_other_version_of_what_is(desk, editor, done, held, published):
    there = list(done.issue.policies.values_list("pk", flat=True))
    Run.objects.filter(pk=held.pk).update(changes=CHANGES | {"replaces": there})
    if published:
        publish(done.issue, user=None)
    editor.user_permissions.remove(Permission.objects.get(codename="publish_issue"))
    text, accept = desk.get(progress(held)).content.decode(), reverse("desk:accept", args=[held.pk])
    assert ("请主编决定" in text, "采用这个版本" in text) == (published, not published)
    assert desk.post(accept).status_code == (403 if published else 302)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("accept", "waiting", "queued"),
        ("decline", "waiting", "cancelled"),
        ("cancel", "queued", "cancelled"),
        ("cancel", "running", "cancelled"),
        ("retry", "failed", "queued"),
        ("retry", "cancelled", "queued"),
    ],
)
def test_editors_decide_with_a_post_and_the_permission(desk, client, editor, reader, held, sent, name, before, after):
    url = reverse(f"desk:{name}", args=[held.pk])
    Run.objects.update(state=before)
    assert desk.get(url).status_code == 405
    client.force_login(reader)
    assert client.post(url).status_code == 403
    assert Run.objects.get().state == before
    client.force_login(editor)
    assert desk.post(url).status_code == 302
    assert Run.objects.get().state == after
    assert Run.objects.get().events.filter(message__startswith="editor").exists()
    Run.objects.update(state="done")
    assert "没有" in desk.post(url, follow=True).content.decode()
    assert Run.objects.get().state == "done"


def test_nothing_inline(desk, done):
    """The content security policy forbids inline scripts and styles."""
    for url in (reverse("desk:runs"), reverse("desk:upload"), run_url(done)):
        page = desk.get(url).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert all(" src=" in tag for tag in page.split("<script")[1:])
        assert "onclick" not in page


def test_what_is_said_of_an_accepted_version_stays_true_while_it_is_loaded(desk, held, sent):
    answer = desk.post(reverse("desk:accept", args=[held.pk]), follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["已采用，进度见下。"]
