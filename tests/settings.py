"""The settings, with a folder of their own for what tests leave behind: one for each of pytest-xdist's workers.

A worker so has a database server, a broker and an index that no other test touches.
"""

import os
from pathlib import Path

folder = Path(os.environ.get("POLICY_VAR") or Path(__file__).resolve().parent.parent / "var" / "test")
worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if folder.name != worker:  # as it is where a test of that worker starts a program with these settings
    folder /= worker
os.environ["POLICY_VAR"] = str(folder)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow on purpose elsewhere
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
API_LIMIT_ANONYMOUS = API_LIMIT_KEYS = 0  # tests ask more in a minute than people
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"  # no test kills this server
