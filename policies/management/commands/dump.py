"""`manage.py dump FOLDER`: the whole base as JSON Lines with a manifest."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.management.base import BaseCommand, CommandError

from config.existence import require_base
from config.faults import reason
from policies.exports.dump import dump


class Command(BaseCommand):
    help = "把整个知识库导出到一个新文件夹：每类记录一个 JSON Lines 文件，另有清单与校验和"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path, help="要建立的文件夹")
        parser.add_argument("--published", action="store_true", help="只导出已发布的，即读者可见的")
        parser.add_argument("--site", default=settings.SITE_URL, metavar="网址", help="网址所属的网站（默认 SITE_URL）")

    def handle(self, *args: Any, **options: Any) -> None:
        require_base()
        folder: Path = options["folder"]
        user = AnonymousUser() if options["published"] else User(is_staff=True)
        try:
            manifest = dump(folder, user, options["site"].rstrip("/"))
        except FileExistsError as error:
            raise CommandError(f"已有这个文件夹，没有导出：{folder}", returncode=2) from error
        except OSError as error:
            raise CommandError(f"无法写入 {folder}：{reason(error)}", returncode=1) from error
        for file in manifest["files"]:
            self.stdout.write(f"{file['name']}\t{file['records']} 条\t{file['bytes']} 字节")
        self.stdout.write(f"已导出到 {folder}")
