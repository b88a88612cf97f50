"""`manage.py backup FOLDER`: all that is not derived, in one file."""

import signal
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.archive import BackupError
from config.backup.taking import MB, back_up
from config.existence import require_base
from config.faults import reason


class Command(BaseCommand):
    help = "备份整个知识库到一个文件；可以在使用中进行"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "target", type=Path, metavar="路径", help="要建立的 .zip 文件，或文件夹（没有则建立，文件名取自时间）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        require_base()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that nothing half made is left
        try:
            path, manifest = back_up(options["target"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"无法写入 {options['target']}：{reason(error)}") from error
        size = path.stat().st_size / MB
        self.stdout.write(f"已备份到 {path}：{size:.1f} MB，{sum(manifest.rows.values())} 行，程序 {manifest.program}")
