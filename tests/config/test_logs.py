"""What goes wrong in a request reaches the log, whoever reads it."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from config import logs

ROOT = Path(__file__).resolve().parents[2]
SITE = """
import django
django.setup()
from django.test import Client
from django.test.utils import override_settings
from django.urls import path

def broken(request):
    raise ZeroDivisionError("the view is broken")

urlpatterns = [path("broken/", broken)]
with override_settings(ROOT_URLCONF=__name__):
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    print(client.get("/broken/").status_code)
"""


def test_a_failed_request_is_logged_with_its_traceback(tmp_path):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "POLICY_VAR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", SITE], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout == "500\n", done.stderr
    assert "Internal Server Error: /broken/" in done.stderr
    assert "ZeroDivisionError: the view is broken" in done.stderr


def test_every_voice_is_one_json_line(tmp_path):
    """Ours, the libraries' and a failure's traceback, in a worker's process with Celery's own set-up of logs."""
    code = """
import django, logging, structlog
django.setup()
from config.celery import app
app.log.setup(loglevel="INFO")
with structlog.contextvars.bound_contextvars(run="7f"):
    structlog.get_logger("ingest.tasks").info("run ended", state="done")
    logging.getLogger("celery.worker").warning("lost\\n%s", "驿站")
    try:
        raise ValueError("two\\nlines")
    except ValueError:
        logging.getLogger("django.request").exception("failed")
"""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "POLICY_VAR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=environment | {"LOG_FORMAT": "json"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    ours, celery, failed = (json.loads(line) for line in done.stderr.splitlines())
    assert (ours["event"], ours["state"], ours["logger"], ours["level"]) == (
        "run ended",
        "done",
        "ingest.tasks",
        "info",
    )
    assert celery["event"] == "lost\n驿站"
    assert "ValueError: two\nlines" in failed["exception"]
    assert {line["run"] for line in (ours, celery, failed)} == {"7f"}


def test_a_line_for_people_stays_one_line_that_no_terminal_obeys():
    form = logs.logging_settings(logs.TEXT)["formatters"]["line"]
    formatter = form.pop("()")(**form)
    record = logging.LogRecord("x", logging.WARNING, "", 0, "驿站\ntwo\r%s", ("\x1b]0;three\x9b\u202e",), None)
    assert "驿站\\ntwo\\r\\x1b]0;three\\x9b\\u202e" in formatter.format(record)
    told = {"event": "request", "path": "/\x1b[2J\x9b", "exception": "Traceback:\n  File\nError: \x1b[2J\rgone"}
    line, *trace = form["processors"][-1](None, "", logs._escape(None, "", told)).split("\n")
    assert "path=/\\x1b[2J\\x9b" in line
    assert trace == ["    Traceback:", "      File", "    Error: \\x1b[2J", "    gone"]
