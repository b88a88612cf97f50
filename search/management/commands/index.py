"""`manage.py index update|rebuild|check|status`: looking after the index."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from config.existence import require_base
from policies.models import Policy
from search import indexing
from search.engines import ENGINES
from search.engines.base import IndexMissingError

SHOWN = 10  # policies that differ


class Command(BaseCommand):
    help = "维护检索索引：update 收入新的变更（没有索引时新建），rebuild 重建，check 与数据库比较，status 看状态"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["update", "rebuild", "check", "status"], metavar="动作")
        parser.add_argument("--engine", choices=ENGINES, default="", help="哪个引擎的索引（默认 SEARCH_ENGINE）")

    def handle(self, *args: Any, **options: Any) -> None:
        require_base()
        self.quiet = options["verbosity"] == 0
        self.engine = options["engine"]
        try:
            getattr(self, f"_{options['action']}")()
        except IndexMissingError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"不能写索引：{error}") from error

    def _update(self) -> None:
        done = 0
        try:
            indexing.current(self.engine)
            while taken := indexing.update():
                done += taken
        except IndexMissingError:
            self._rebuild()
        else:
            self._say(f"已收入 {done} 条变更。")

    def _rebuild(self) -> None:
        columns = (TextColumn("重建索引"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True, disable=self.quiet) as bar:
            task = bar.add_task("", total=None)
            clauses = indexing.rebuild(lambda done, of: bar.update(task, completed=done, total=of), self.engine)
        self._say(f"索引已重建：{clauses} 条条款。")

    def _check(self) -> None:
        found = indexing.check(self.engine)
        if found.same:
            self._say(f"索引与数据库一致：{found.clauses} 条条款。")
            return
        titles = Policy.objects.in_bulk(found.policies[:SHOWN])
        named = [f"  {pk}　{titles[pk].title if pk in titles else '（已删除）'}" for pk in found.policies[:SHOWN]]
        if len(found.policies) > SHOWN:
            named.append(f"  …… 共 {len(found.policies)} 项政策")
        raise CommandError(
            f"索引与数据库不一致：缺 {found.missing} 条，多 {found.surplus} 条，内容不同 {found.different} 条。\n"
            + "\n".join(named)
            + "\n请运行 manage.py index rebuild。"
        )

    def _status(self) -> None:
        found = indexing.status()
        for index in found.indexes:
            used = "（检索用）" if index.engine == settings.SEARCH_ENGINE else ""
            held = (
                f"{index.clauses} 条条款，{index.built.astimezone():%Y-%m-%d %H:%M:%S} 建立"
                if index.built
                else "没有索引"
            )
            self.stdout.write(f"{index.engine}{used}　{held}")
        self.stdout.write(f"数据库　{found.clauses} 条条款")
        oldest = f"，最早的在 {found.lag:.0f} 秒前" if found.waiting else ""
        self.stdout.write(f"待收入　{found.waiting} 条变更{oldest}")

    def _say(self, text: str) -> None:
        if not self.quiet:
            self.stdout.write(text)
