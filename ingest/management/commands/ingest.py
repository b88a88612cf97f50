"""`manage.py ingest PATH…`: files or folders into the knowledge base."""

import shlex
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from config.existence import require_base
from config.faults import reason
from ingest.loading import LoadReport, Outcome
from ingest.pipeline import IngestError, NewVersionError, Step, ingest
from ingest.reading import LIMIT, SUFFIX_WORDS, SUFFIXES
from policies.models import State

COUNTED = {"policies": "政策", "provisions": "条款", "targets": "目标", "agencies": "部门", "warnings": "提示"}
OUTCOMES = {Outcome.LOADED: "已入库", Outcome.REPLACED: "已替换", Outcome.UNCHANGED: "已在库中"}
PROSPECTS = {**OUTCOMES, Outcome.LOADED: "可入库", Outcome.REPLACED: "可替换"}  # what a dry run says
WIDTH = 120  # columns of the table where no terminal says
SHOWN = 10  # names in a sentence

Way = Callable[..., LoadReport]  # `ingest`, with the options of this call

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Done:
    """One file: its report, or why there is none."""

    path: Path
    seconds: float
    report: LoadReport | None = None
    failure: str = ""

    @property
    def outcome(self) -> Outcome | None:
        return self.report.outcome if self.report else None


class Command(BaseCommand):
    help = f"把文件或文件夹中的《大数据发展动态》各期（{SUFFIX_WORDS}）拆分入库"
    # `start` calls again and again: each file is loaded and published once, and then left as people left it.
    stealth_options = ("at_start",)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = "退出码：0 全部完成（含已在库中）；1 有文件失败，其余照常；2 用法错误。"
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="路径",
            help=f"文件，或文件夹（其中的 {SUFFIX_WORDS} 文件，README 除外）",
        )
        parser.add_argument("--replace", action="store_true", help="已在库中的期用这个文件重新入库")
        parser.add_argument("--dry-run", action="store_true", help="只试运行，什么都不写入")
        parser.add_argument("--publish", action="store_true", help="入库后立即发布；已在库中的也发布")

    def handle(self, *args: Any, **options: Any) -> None:
        files = list(dict.fromkeys(_files(options["paths"])))
        require_base()
        passed_over = [path for folder in options["paths"] if folder.is_dir() for path in _passed_over(folder)]
        at_start = bool(options.get("at_start"))
        how = {name: options[name] for name in ("replace", "publish", "dry_run")}
        done = self._ingest_all(files, partial(ingest, once=at_start, **how))
        shown = [file for file in done if file.outcome is Outcome.LOADED] if at_start else done
        if shown:
            self._summarise(shown, options["dry_run"])
        if passed_over:
            names = _listed(path.name for path in passed_over)
            self.stdout.write(f"另有 {len(passed_over)} 个文件不是 {SUFFIX_WORDS}，没有处理：{names}")
        if at_start:
            self._tell_what_stays(done)
        failed = [file for file in done if file.failure]
        if failed:
            reasons = "\n".join(f"  {file.path}：{file.failure}" for file in failed)
            raise CommandError(f"{len(failed)} 个文件没有入库：\n{reasons}", returncode=1)

    def _ingest_all(self, files: list[Path], way: Way) -> list[Done]:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        console = Console(stderr=True)
        silent = not console.is_terminal  # where it would only leave an empty line
        with Progress(*columns, TimeElapsedColumn(), console=console, transient=True, disable=silent) as progress:
            task = progress.add_task("入库", total=len(files))
            done = []
            for path in files:

                def tell(step: Step, counts: dict[str, int], path: Path = path) -> None:
                    progress.update(task, description=f"{path.name} {step.label}")

                done.append(_ingest_one(path, way, tell))
                progress.advance(task)
        return done

    def _tell_what_stays(self, done: Sequence[Done]) -> None:
        """Of what an earlier load brought: what readers do not see yet, and what is no longer there."""
        there = (subject for file in done if file.report for subject in file.report.subjects)
        unseen = [f"{one}（{State(one.state).label}）" for one in there if one.state in (State.DRAFT, State.IN_REVIEW)]
        gone = [file.path.name for file in done if file.outcome is Outcome.GONE]
        if unseen:
            self.stdout.write(f"已在库中，没有发布：{_listed(unseen)}")
        if gone:
            self.stdout.write(f"先前入库过，后来被替换或撤销，没有再入库：{_listed(gone)}")

    def _summarise(self, done: list[Done], dry_run: bool) -> None:
        outcomes = PROSPECTS if dry_run else OUTCOMES
        table = Table(title="试运行，没有写入" if dry_run else None, title_justify="left")
        table.add_column("文件", overflow="fold")
        table.add_column("内容", overflow="fold")
        table.add_column("结果")
        for label in (*COUNTED.values(), "秒"):
            table.add_column(label, justify="right")
        for file in done:
            if file.report:
                counts = [str(file.report.counts[name]) for name in COUNTED]
                row = [str(file.report.subject), outcomes[file.report.outcome], *counts]
            else:
                row = ["", "失败", *("" for _ in COUNTED)]
            table.add_row(file.path.name, *row, f"{file.seconds:.1f}")
        width = None if sys.stdout.isatty() else WIDTH
        console = Console(width=width, color_system="auto" if sys.stdout.isatty() else None)
        with console.capture() as text:
            console.print(table)
        self.stdout.write(text.get())


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files that the call names, folders searched in order.  Raises CommandError."""
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if _looked_for(p))
            if not found:
                raise CommandError(f"文件夹里没有 {SUFFIX_WORDS} 文件：{path}", returncode=2)
            yield from found
        elif path.exists():
            yield path
        else:
            raise CommandError(f"没有这个文件或文件夹：{path}", returncode=2)


def _looked_for(path: Path) -> bool:
    """Whether a file in a folder is one to ingest: of a format that can be read, but not the folder's description."""
    return path.suffix.lower() in SUFFIXES and path.stem.upper() != "README" and path.is_file()


def _passed_over(folder: Path) -> list[Path]:
    """The files of other formats in a folder, in order, but its hidden ones."""
    inside = ((path, path.relative_to(folder).parts) for path in folder.rglob("*") if path.is_file())
    return sorted(
        path
        for path, parts in inside
        if path.suffix.lower() not in SUFFIXES
        and path.stem.upper() != "README"
        and not any(part.startswith(".") for part in parts)
    )


def _listed(names: Iterable[str]) -> str:
    """The names in a sentence, the first SHOWN of them."""
    all_of_them = list(names)
    return "、".join(all_of_them[:SHOWN]) + ("等" if len(all_of_them) > SHOWN else "")


def _ingest_one(path: Path, way: Way, tell: Callable[[Step, dict[str, int]], None]) -> Done:
    began = time.monotonic()
    report, failure = None, ""
    try:
        with path.open("rb") as handle:
            content = handle.read(LIMIT + 1)  # one byte too many is refused like any number of them
        report = way(content, path.name, on_step=tell)
    except NewVersionError as error:
        failure = f"{error}如要用这个文件替换，请运行 manage.py ingest --replace {shlex.quote(str(path))}"
    except IngestError as error:
        failure = str(error)
    except OSError as error:
        failure = f"无法打开文件（{reason(error)}）。"
    except Exception as error:  # our own mistake must not cost the other files
        log.exception("ingest failed", file=str(path))
        failure = f"程序出错，没有写入任何内容（{type(error).__name__}: {error}）。"
    return Done(path, time.monotonic() - began, report, failure)
