import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.ingest.bad_files import REFUSED, SAMPLE


@pytest.fixture
def sample(tmp_path):
    path = tmp_path / "甲.txt"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def test_the_records_are_printed_as_one_json_object(sample, capsys):
    call_command("parse", str(sample))
    printed = json.loads(capsys.readouterr().out)
    assert set(printed) == {"issue", "policies", "warnings", "coverage"}
    assert (printed["issue"]["year"], printed["issue"]["published_on"]) == (2031, "2031-01-03")
    assert [policy["order"] for policy in printed["policies"]] == list(range(1, len(printed["policies"]) + 1))


def test_an_indent_is_for_reading(sample, capsys):
    call_command("parse", str(sample), "--indent", "1")
    assert '\n "issue": {' in capsys.readouterr().out


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_issue_fails_with_the_reason(tmp_path, name):
    content, said = REFUSED[name]
    path = tmp_path / "甲.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=said) as failure:
        call_command("parse", str(path))
    assert failure.value.returncode == 1
    assert str(failure.value).startswith("甲.txt：")


@pytest.mark.parametrize(("path", "said"), [("没有的.txt", "没有这个文件"), (".", "这是文件夹")])
def test_what_is_no_file_is_a_bad_call(path, said):
    with pytest.raises(CommandError, match=said) as failure:
        call_command("parse", path)
    assert failure.value.returncode == 2


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["没有的.txt"], 2), (["manage.py"], 1)])
def test_exit_statuses_of_the_program(arguments, status, tmp_path):
    command = [sys.executable, "manage.py", "parse", *arguments]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr
