"""What a machine is prepared with."""

from django.core.management import call_command

from config import setup


def test_static_files_are_gathered_anew_where_others_are_left_out(settings, monkeypatch, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    kept = settings.STATIC_ROOT / "site.css"
    call_command("prepare", static=True)
    kept.unlink()
    call_command("prepare", static=True)
    assert not kept.exists(), "what is as it was is not gathered again"
    monkeypatch.setattr(setup, "UNLINKED", (*setup.UNLINKED, "favicon*"))
    call_command("prepare", static=True)
    assert kept.exists()
