"""`manage.py reextract`: what is loaded, extracted anew with today's gazetteer; first shown, then done."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q, QuerySet
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from config.existence import require_base
from ingest.comparing import compared
from ingest.gazetteer import gazetteer
from ingest.loading import LoadReport
from ingest.parsing.gazetteer import Gazetteer
from ingest.pipeline import IngestError
from ingest.reextracting import reextract
from policies.models import Source

ISSUE = re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,3})")
SHOWN = 10  # rows of one kind in one policy
SIGNS = {"added": "+", "removed": "-", "changed": "~"}


class Command(BaseCommand):
    help = "用现在的地名、部门名录和编辑所加的名称，重新提取已入库的内容；编辑的决定都保留"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = "不加 --apply 只显示会有什么改动。退出码：0 完成；1 有的没有成功，其余照常；2 用法错误。"
        parser.add_argument("which", nargs="?", metavar="哪一期", help="如 2023-48，或政策的网址名（连同它所在的期）")
        parser.add_argument("--all", action="store_true", help="库中的全部")
        parser.add_argument("--apply", action="store_true", help="写入；每一期一步，可以撤销")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["which"]) == options["all"]:
            raise CommandError("请指明哪一期、哪项政策，或 --all。", returncode=2)
        require_base()
        sources = list(_sources(options["which"]).values_list("pk", flat=True))
        if not sources:
            raise CommandError(f"库中没有“{options['which']}”。" if options["which"] else "库是空的。", returncode=2)
        known, failures, changed = gazetteer(), list[str](), 0
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
            for pk in progress.track(sources, description="重新提取"):
                source = Source.objects.get(pk=pk)
                try:
                    said = list((_apply if options["apply"] else _preview)(source, known))
                except IngestError as error:
                    failures.append(f"  {source}：{error}")
                    continue
                changed += bool(said)
                for line in said:
                    self.stdout.write(line)
        self.stdout.write(_summary(len(sources), changed, options["apply"]))
        if failures:
            raise CommandError(f"{len(failures)} 份没有成功：\n" + "\n".join(failures), returncode=1)


def _sources(which: str | None) -> QuerySet[Source]:
    loaded = Source.objects.filter(Q(issues__isnull=False) | Q(policies__isnull=False))
    if which and (issue := ISSUE.fullmatch(which)):
        loaded = loaded.filter(issues__year=issue["year"], issues__number=issue["number"])
    elif which:
        loaded = loaded.filter(policies__slug=which)
    return loaded.order_by("pk").distinct()


def _preview(source: Source, known: Gazetteer) -> Iterator[str]:
    """What would change, line by line; nothing where nothing would."""
    found = compared(lambda look: reextract(source, known, dry_run=True, on_loaded=look))
    for policy in found["policies"]:
        yield f"《{policy['title']}》（{source}）"
        for kind in policy["kinds"]:
            counts = "，".join(f"{SIGNS[change]}{kind[change]}" for change in SIGNS if kind[change])
            yield f"  {kind['kind']}：{counts}"
            for row in kind["rows"][:SHOWN]:
                words = " → ".join(text for text in (row["before"], row["after"]) if text)
                yield f"    {SIGNS[row['change']]} {row['where']}　{words}"
            left = len(kind["rows"][SHOWN:]) + kind["more"]
            if left:
                yield f"    另有 {left} 条"


def _apply(source: Source, known: Gazetteer) -> Iterator[str]:
    """What was done; nothing where nothing changed."""
    reports = list[LoadReport]()
    if reextract(source, known, on_loaded=reports.append):
        (report,) = reports
        lost = f"，{report.counts['lost']} 条不再吻合" if report.counts["lost"] else ""
        yield f"{report.subject}：已重新提取，保留编辑的决定 {report.counts['kept']} 条{lost}"


def _summary(total: int, changed: int, applied: bool) -> str:
    if not changed:
        return f"{total} 份原文，没有改动。"
    return f"{total} 份原文，{changed} 份有改动{'，已写入' if applied else '；加 --apply 写入'}。"
