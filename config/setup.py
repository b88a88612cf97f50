"""What `manage.py start` does before it serves: everything a fresh machine lacks, nothing twice."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from ingest.gazetteer import load_gazetteer

EDITORS = "编辑"
EDITOR_PERMISSIONS = ("publish_issue", "settle_problem", "add_run", "view_run")


def prepare() -> None:
    """Tables, static files, gazetteer, the editors' group."""
    call_command("migrate", verbosity=0, interactive=False)
    _collect_static()
    load_gazetteer()
    group, _ = Group.objects.get_or_create(name=EDITORS)
    group.permissions.add(*Permission.objects.filter(codename__in=EDITOR_PERMISSIONS))


def first_editor() -> tuple[str, str] | None:
    """Name and password of an editor made now, if there is no account at all; else None."""
    users = get_user_model().objects
    if users.exists():
        return None
    password = secrets.token_urlsafe(12)
    editor = users.create_user("editor", password=password, is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITORS))
    return "editor", password


def _collect_static() -> None:
    """Gather the static files anew when any of them, or a package that brings some, changed."""
    stamp = settings.STATIC_ROOT / ".collected"
    now = _fingerprint([*sorted((settings.BASE_DIR / "static").rglob("*")), settings.BASE_DIR / "requirements.lock"])
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now)


def _fingerprint(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
