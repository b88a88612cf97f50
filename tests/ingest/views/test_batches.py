"""A batch's page: one bar for all, each run with its state, and when it stops asking."""

import pytest
from django.urls import reverse

from ingest import actions, runs
from ingest.intake import File
from ingest.models import Run

pytestmark = pytest.mark.usefixtures("sent")


@pytest.fixture
def batch(editor):
    return actions.submit_batch([File("甲<b>.txt", b"1"), File("乙.txt", b"2")], [], user=editor)


def progress(batch):
    return reverse("desk:batch_progress", args=[batch.pk])


def test_a_batch_is_asked_about_until_all_its_runs_have_ended(client, editor, batch, django_assert_max_num_queries):
    client.force_login(editor)
    with django_assert_max_num_queries(6):
        page = client.get(batch.get_absolute_url()).content.decode()
    assert f'hx-get="{progress(batch)}" hx-trigger="every 1s"' in page
    assert "甲&lt;b&gt;.txt" in page
    assert "等待 2" in page
    first = runs.claim(batch.runs.first().pk)
    assert first
    runs.begin(first, Run.Step.CHECK, {"policies": 4})
    part = client.get(progress(batch))
    assert part.status_code == 200
    assert 'value="2" max="10"' in part.content.decode()
    runs.fail(first, "没有找到刊头。")
    actions.cancel(batch.runs.last(), user=editor)
    part = client.get(progress(batch))
    assert part.status_code == 286
    assert 'value="10" max="10"' in part.content.decode()
    assert "失败 1，已取消 1" in part.content.decode()


def test_a_batch_is_for_editors(client, reader, batch):
    for url in (batch.get_absolute_url(), progress(batch)):
        client.logout()
        assert client.get(url).headers["Location"] == f"/login/?next={url}"
        client.force_login(reader)
        assert client.get(url).status_code == 403
