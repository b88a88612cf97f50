"""`manage.py parse FILE`: what the parser reads from a file, as JSON; no database is touched."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.faults import reason
from ingest.bounding import bounded
from ingest.parsing.errors import ParsingError
from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import parse_lines
from ingest.reading import SUFFIX_WORDS, ReadingError, read_path
from ingest.records import as_json


class Command(BaseCommand):
    help = "读取一期或单篇文件，把读到的内容以 JSON 输出；不接触数据库。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help=f"要读取的文件（{SUFFIX_WORDS}）")
        parser.add_argument("--indent", type=int, metavar="N", help="JSON 的缩进空格数；默认不换行")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.is_dir():
            raise CommandError(f"这是文件夹，请给出其中的一个文件：{path}", returncode=2)
        if not path.is_file():
            raise CommandError(f"没有这个文件：{path}", returncode=2)
        try:
            with bounded():
                parsed = parse_lines(read_path(path).lines, Gazetteer.from_fixtures())
        except (ReadingError, ParsingError) as error:
            raise CommandError(f"{path.name}：{error}", returncode=1) from error
        except OSError as error:
            raise CommandError(f"无法打开 {path}：{reason(error)}", returncode=1) from error
        self.stdout.write(json.dumps(as_json(parsed), ensure_ascii=False, indent=options["indent"]))
