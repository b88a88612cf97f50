"""What the worker does beside the runs."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from config import tasks


class EndOfDayError(Exception):
    pass


def test_ended_sessions_are_thrown_away_and_living_ones_kept(db, monkeypatch):
    def sleep(seconds: float) -> None:
        raise EndOfDayError

    now = timezone.now()
    Session.objects.create(session_key="ended", session_data="", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="living", session_data="", expire_date=now + timedelta(days=1))
    monkeypatch.setattr(tasks.time, "sleep", sleep)
    monkeypatch.setattr(tasks.connection, "close", lambda: None)
    with pytest.raises(EndOfDayError):
        tasks._tidy()
    assert [session.pk for session in Session.objects.all()] == ["living"]
