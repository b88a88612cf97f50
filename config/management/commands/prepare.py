"""`manage.py prepare`: what a new release needs before its processes start."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.setup import collect_static, prepare


class Command(BaseCommand):
    help = "准备或升级：建立和迁移数据表，收集静态文件，载入词表和角色；可以重复运行"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--static", action="store_true", help="只收集静态文件，不需要数据库")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["static"]:
            collect_static()
        else:
            prepare()
