"""`manage.py search QUERY`: searches from the command line, unpublished policies too."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.text import Text

from config.existence import require_base
from search.api import as_json
from search.asking import Asked
from search.engines import ENGINES
from search.engines.base import IndexMissingError
from search.highlight import Range, excerpt
from search.results import Answer, ClauseHit, search


class Command(BaseCommand):
    help = "检索条款（含未发布的政策）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", metavar="查询")
        parser.add_argument("--engine", choices=ENGINES, default="", help="用哪个引擎的索引（默认 SEARCH_ENGINE）")
        parser.add_argument("--json", action="store_true", help="输出 JSON，与 API 相同")
        parser.add_argument("--limit", type=int, default=10, metavar="N", help="最多列出几条（默认 10）")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 1:
            raise CommandError("--limit 应是正整数", returncode=2)
        try:
            options["query"].encode()
        except UnicodeEncodeError as error:
            raise CommandError("查询不是完整的 UTF-8 文字", returncode=2) from error
        require_base()
        try:
            answer = search(
                Asked(options["query"]),
                page_size=options["limit"],
                include_unpublished=True,
                engine=options["engine"],
            )
        except IndexMissingError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_json(answer), ensure_ascii=False, indent=1))
        else:
            self._print(answer)

    def _print(self, answer: Answer) -> None:
        console = Console(highlight=False, soft_wrap=True)
        for message in answer.messages:
            console.print(Text(f"! {message.text}（第 {message.start + 1} 字）", style="yellow"))
        for hit in answer.hits:
            console.print(_line(hit))
            console.print(_marked(hit.text, hit.highlights), end="\n\n")
        shown = f"，列出前 {len(answer.hits)} 条" if len(answer.hits) < answer.total else ""
        loose = f"按词检索可以找到 {answer.loose} 条。" if answer.loose else ""
        console.print(Text(f"共 {answer.total} 条{shown}。{loose}"))


def _line(hit: ClauseHit) -> Text:
    return Text.assemble((hit.policy.title, "bold"), "　", (hit.provision.path, "cyan"))


def _marked(text: str, marked: list[Range]) -> Text:
    start, end = excerpt(text, marked)
    shown = Text(text[start:end])
    for low, high in marked:
        shown.stylize("bold red", max(low - start, 0), max(min(high, end) - start, 0))
    return Text.assemble("…" if start else "", shown, "…" if end < len(text) else "")
