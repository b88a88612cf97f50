"""What goes wrong in a request reaches the log, whoever reads it."""

import os
import subprocess
import sys
from pathlib import Path

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
