"""`manage.py ingest`: what it says, how it exits, and what it leaves in the database."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from ingest.reading import SUFFIXES
from policies.actions.withdraw import withdraw
from policies.models import Change, Issue, Policy, Source, State
from tests.ingest.bad_files import READ, REFUSED, SAMPLE
from tests.ingest.reading.renderings import FORMATS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazetteer_kept")]
SAMPLES = settings.FIXTURES / "samples"


def run(*paths: Path, **options: bool) -> str:
    out = StringIO()
    call_command("ingest", *map(str, paths), stdout=out, **options)
    return out.getvalue()


def failure(*paths: Path, **options: bool) -> CommandError:
    with pytest.raises(CommandError) as caught:
        run(*paths, **options)
    return caught.value


@pytest.fixture
def file(tmp_path):
    """Writes a file and gives its path."""

    def write(content: bytes | str, name: str = "甲.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("kind", FORMATS)
def test_a_folder_is_searched_for_every_format(file, tmp_path, kind):
    assert f".{kind}" in SUFFIXES
    file(FORMATS[kind](SAMPLE), f"驿站.{kind.upper()}")
    assert "已入库" in run(tmp_path)
    assert Source.objects.get().format == kind


def test_files_of_other_formats_in_a_folder_are_named(file, tmp_path):
    file(SAMPLE)
    file("x", "表.xlsx")
    file("x", ".隐藏")
    file("x", "README")
    assert "另有 1 个文件不是" in (said := run(tmp_path))
    assert said.endswith("没有处理：表.xlsx\n")
    assert "另有" not in run(tmp_path / "甲.txt")


def test_a_folder_is_ingested_in_order_and_summed_up():
    said = run(SAMPLES)
    assert [str(issue) for issue in Issue.objects.order_by("source_id")] == ["2031年第1期", "2031年第2期"]
    assert said.index("2031-01.txt") < said.index("2031-02.txt")
    assert "README" not in said
    row = next(line for line in said.splitlines() if "2031-01.txt" in line)
    assert "已入库" in row
    assert str(Policy.objects.filter(issue__number=1).count()) in row
    assert all(label in said for label in ("政策", "条款", "目标", "部门", "提示", "秒"))


def test_doing_it_again_changes_nothing():
    run(SAMPLES)
    Change.objects.all().delete()
    assert "已在库中" in run(SAMPLES)
    assert not Change.objects.exists()
    assert run(SAMPLES, at_start=True) == ""


def test_other_bytes_need_to_be_told_to_replace(file):
    run(SAMPLES)
    slugs = set(Policy.objects.values_list("slug", flat=True))
    other = file(SAMPLE + "\n")
    error = failure(other)
    assert error.returncode == 1
    assert "2031年第1期已在库中（来自 2031-01.txt）" in str(error)
    assert "已替换" in run(other, replace=True)
    assert Issue.objects.get(number=1).source.filename == "甲.txt"
    assert set(Policy.objects.values_list("slug", flat=True)) == slugs


def test_a_start_keeps_the_version_that_editors_adopted(file):
    run(SAMPLES)
    run(file(SAMPLE + "\n"), replace=True)
    said = run(SAMPLES, at_start=True)
    row = next(line for line in said.splitlines() if "2031-01.txt" in line)
    assert "库中是另一个版本，保留" in row
    assert "失败" not in said
    assert "--replace" not in said
    assert Issue.objects.get(number=1).source.filename == "甲.txt"


def test_a_start_publishes_what_is_new_and_leaves_what_was_withdrawn():
    run(SAMPLES, publish=True, at_start=True)
    first, second = Issue.objects.order_by("number")
    assert (first.state, second.state) == (State.PUBLISHED, State.PUBLISHED)
    withdraw(first, user=None)
    run(SAMPLES, publish=True, at_start=True)
    first.refresh_from_db()
    assert first.state == State.WITHDRAWN
    run(SAMPLES, publish=True)
    first.refresh_from_db()
    assert first.state == State.PUBLISHED


def test_a_dry_run_writes_nothing():
    said = run(SAMPLES, dry_run=True, publish=True)
    assert "试运行，没有写入" in said
    assert "可入库" in said
    assert not Source.objects.exists()
    assert not Change.objects.exists()


def test_publishing_also_what_is_there():
    run(SAMPLES / "2031-01.txt")
    assert Issue.objects.get().state == State.DRAFT
    run(SAMPLES, publish=True)
    assert set(Issue.objects.values_list("state", flat=True)) == {State.PUBLISHED}
    assert set(Policy.objects.values_list("state", flat=True)) == {State.PUBLISHED}


def test_a_file_that_fails_does_not_stop_the_others(file, tmp_path):
    file(b"", "1.txt")
    file(SAMPLE, "2.txt")
    file(b"%PDF-1.7", "3.md")
    error = failure(tmp_path)
    assert error.returncode == 1
    said = str(error)
    assert "2 个文件没有入库" in said
    assert "1.txt：文件是空的" in said
    assert "3.md：PDF 文件已损坏" in said
    assert Issue.objects.count() == 1


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_issue_is_refused(file, name):
    content, words = REFUSED[name]
    error = failure(file(content))
    assert error.returncode == 1
    assert words in str(error)
    assert not Source.objects.exists()


@pytest.mark.parametrize("name", READ)
def test_every_usual_encoding_is_read(file, name):
    run(file(READ[name]))
    assert str(Issue.objects.get()) == "2031年第1期"


def test_a_mistake_of_ours_costs_one_file(file, tmp_path, monkeypatch):
    def parse(lines, gazetteer):
        raise ZeroDivisionError("x")

    monkeypatch.setattr("ingest.pipeline.parse_lines", parse)
    error = failure(file(SAMPLE))
    assert error.returncode == 1
    assert "程序出错，没有写入任何内容（ZeroDivisionError: x）" in str(error)


def test_a_file_that_cannot_be_opened(tmp_path):
    (tmp_path / "甲.txt").symlink_to(tmp_path / "甲.txt")
    error = failure(tmp_path / "甲.txt")
    assert error.returncode == 2, "a link to itself does not exist"
    (tmp_path / "乙.txt").mkdir()
    (tmp_path / "乙.txt" / "丙.txt").write_bytes(b"")
    assert "丙.txt" in str(failure(tmp_path / "乙.txt"))


@pytest.mark.parametrize("what", ["missing", "empty folder"])
def test_a_bad_call(tmp_path, what):
    path = tmp_path / "没有.txt" if what == "missing" else tmp_path
    assert failure(path).returncode == 2


def test_a_call_without_paths_is_bad():
    with pytest.raises(CommandError, match="路径"):
        call_command("ingest")
