"""`manage.py ingest`: what it says, how it exits, and what it leaves in the database."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from ingest.reading import SUFFIX_WORDS, SUFFIXES
from policies.actions.submit import submit
from policies.actions.undo import undo
from policies.actions.withdraw import withdraw
from policies.models import Action, Change, Issue, Policy, Source, State
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
    said = run(tmp_path, publish=True)
    assert "另有 1 个文件不是" in said
    assert said.endswith("没有处理：表.xlsx\n")
    assert "另有" not in run(tmp_path / "甲.txt")
    assert start(tmp_path) == f"另有 1 个文件不是 {SUFFIX_WORDS}，没有处理：表.xlsx\n", "where nothing is new too"


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


def test_other_bytes_need_to_be_told_to_replace(file):
    run(SAMPLES)
    slugs = set(Policy.objects.values_list("slug", flat=True))
    other = file(SAMPLE + "\n")
    error = failure(other)
    assert error.returncode == 1
    assert "2031年第1期已在库中（来自 2031-01.txt），与这个文件内容不同，没有改动。" in str(error)
    assert str(error).endswith(f"请运行 manage.py ingest --replace '{other}'")
    assert "已替换" in run(other, replace=True)
    assert Issue.objects.get(number=1).source.filename == "甲.txt"
    assert set(Policy.objects.values_list("slug", flat=True)) == slugs


def start(*paths: Path) -> str:
    """What `manage.py start` does with files, and says of them."""
    return run(*paths, publish=True, at_start=True)


def test_a_start_publishes_what_is_new_and_is_silent_of_it_from_then_on(capsys):
    assert "已入库" in start(SAMPLES)
    first, second = Issue.objects.order_by("number")
    assert (first.state, second.state) == (State.PUBLISHED, State.PUBLISHED)
    assert start(SAMPLES) == ""
    assert capsys.readouterr() == ("", "")
    withdraw(first, user=None, note="有误")
    assert start(SAMPLES) == ""
    first.refresh_from_db()
    assert first.state == State.WITHDRAWN
    run(SAMPLES, publish=True)
    first.refresh_from_db()
    assert first.state == State.PUBLISHED


def test_a_start_tells_only_of_what_is_new_among_many(file, tmp_path):
    file(SAMPLE)
    start(tmp_path)
    file((SAMPLES / "2031-02.txt").read_bytes(), "乙.txt")
    said = start(tmp_path)
    assert "乙.txt" in said
    assert "甲.txt" not in said


def test_a_start_says_in_a_line_what_is_there_as_a_draft(file):
    run(SAMPLES)
    submit(Issue.objects.get(number=2), user=None)
    assert start(SAMPLES) == "已在库中，没有发布：2031年第1期（草稿）、2031年第2期（审核中）\n"
    assert set(Issue.objects.values_list("state", flat=True)) == {State.DRAFT, State.IN_REVIEW}


def test_a_start_keeps_the_version_that_people_adopted(file, monkeypatch):
    start(SAMPLES)
    run(file(SAMPLE + "\n"), replace=True)
    monkeypatch.setattr("ingest.pipeline.read", None)  # to call it would fail
    assert start(SAMPLES) == "先前入库过，后来被替换或撤销，没有再入库：2031-01.txt\n"
    assert Issue.objects.get(number=1).source.filename == "甲.txt"


def test_a_start_brings_back_nothing_whose_load_was_undone():
    start(SAMPLES / "2031-01.txt")
    for action in Action.objects.order_by("-at"):
        undo(action, user=None)
    assert not Issue.objects.exists()
    assert start(SAMPLES / "2031-01.txt") == "先前入库过，后来被替换或撤销，没有再入库：2031-01.txt\n"
    assert not Issue.objects.exists()
    assert "已入库" in run(SAMPLES / "2031-01.txt")


def test_two_files_of_one_issue_are_a_failure_that_a_start_tells_each_time(file, tmp_path):
    file(SAMPLE, "甲.txt")
    other = file(SAMPLE + "\n", "甲2.txt")
    for _ in range(2):
        error = failure(tmp_path, publish=True, at_start=True)
        assert f"{other}：2031年第1期已在库中（来自 甲.txt），与这个文件内容不同，没有改动。" in str(error)
        assert f"manage.py ingest --replace '{other}'" in str(error)
    run(other, replace=True)
    assert start(tmp_path) == "先前入库过，后来被替换或撤销，没有再入库：甲.txt\n"
    assert Issue.objects.get().state == State.PUBLISHED


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
