"""What `manage.py start` does before it serves: everything a fresh machine lacks, nothing twice."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command

from config import static
from ingest.gazetteer import load_gazetteer
from policies.actions.manage_accounts import make_account
from policies.roles import Role, set_up_roles
from search import analysis

UNLINKED = ("redoc", "rest_framework", "*standalone-preset*")  # what packages bring and no page of ours asks for


def prepare() -> None:
    """Database and static files."""
    prepare_database()
    collect_static()


def prepare_image() -> None:
    """What a start would write and needs no database for: static files, and the dictionary of search, compiled."""
    collect_static()
    analysis.warm()


def prepare_database() -> None:
    """Tables, gazetteer, roles: what a new database lacks, and what one of an earlier program does."""
    call_command("migrate", verbosity=0, interactive=False)
    load_gazetteer()
    set_up_roles()


def first_account() -> tuple[str, str] | None:
    """Name and password of an administrator made now, if there is no account at all; else None."""
    if User.objects.exists():
        return None
    password = secrets.token_urlsafe(12)
    account = make_account("editor", Role.ADMINISTRATOR, user=None)
    account.set_password(password)
    account.save(update_fields=["password"])
    return account.username, password


def collect_static() -> None:
    """Gather the static files anew when any of them, a package that brings some, or how they are kept changed."""
    stamp = settings.STATIC_ROOT / ".collected"
    program = [settings.BASE_DIR / "requirements.lock", Path(static.__file__)]
    now = _fingerprint([*sorted((settings.BASE_DIR / "static").rglob("*")), *program], UNLINKED)
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=[*UNLINKED])
    stamp.write_text(now)


def _fingerprint(files: list[Path], words: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\0".join(words).encode())
    for file in files:
        if file.is_file():
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
