"""`manage.py prepare`: what a new release needs before its processes start."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.setup import prepare, prepare_image


class Command(BaseCommand):
    help = "准备或升级：建立和迁移数据表，收集静态文件，载入词表和角色；可以重复运行"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--static", action="store_true", help="只准备不需要数据库的文件：静态文件、检索词典")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["static"]:
            prepare_image()
        else:
            prepare()
