"""`manage.py restore FILE`: the knowledge base as a backup holds it."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import date_format
from django.utils.timezone import localtime

from config.backup.archive import BackupError
from config.backup.restoring import restore
from config.faults import reason


class Command(BaseCommand):
    help = "从备份文件恢复整个知识库，并重建索引；要先停止网站"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="manage.py backup 写的文件")
        parser.add_argument("--replace", action="store_true", help="代替现有的全部内容")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"], replace=options["replace"], tell=self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"无法读取 {options['file']}：{reason(error)}") from error
        self.stdout.write("重建索引")
        call_command("index", "rebuild")
        made = date_format(localtime(datetime.fromisoformat(manifest.made)), "Y年n月j日 H:i")
        self.stdout.write(f"已恢复 {made} 的备份：{sum(manifest.rows.values())} 行。")
