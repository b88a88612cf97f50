"""`manage.py dump`: the whole base, the same bytes for the same base, and no half of it."""

import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from policies.exports import dump as dumping
from policies.models import Policy, Provision


@pytest.mark.django_db(transaction=True)
def test_the_whole_base_with_its_checksums_and_never_half_of_it(library, tmp_path, monkeypatch):
    one, other, third = (tmp_path / name for name in ("one", "other", "third"))
    call_command("dump", str(one), verbosity=0)
    manifest = json.loads((one / "manifest.json").read_text(encoding="utf-8"))
    counts = {file["name"]: file["records"] for file in manifest["files"]}
    assert {path.name for path in one.iterdir()} == {*counts, "manifest.json"}
    assert counts["policies.jsonl"] == Policy.objects.count()
    assert counts["provisions.jsonl"] == Provision.objects.count()
    for file in manifest["files"]:
        content = (one / file["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])
        assert len([json.loads(line) for line in content.splitlines()]) == file["records"]

    call_command("dump", str(other), verbosity=0)
    assert all((other / path.name).read_bytes() == path.read_bytes() for path in one.iterdir())

    with pytest.raises(CommandError, match="已有"):
        call_command("dump", str(one))

    call_command("dump", str(third), "--published", verbosity=0)
    assert "草稿" not in (third / "policies.jsonl").read_text(encoding="utf-8")

    monkeypatch.setattr(dumping, "SOURCES", None)  # the last kind fails
    with pytest.raises(AttributeError):
        call_command("dump", str(tmp_path / "failed"))
    assert not list(tmp_path.glob("failed*"))
