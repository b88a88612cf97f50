"""`manage.py loadgazetteer`: regions, topics and national agencies from fixtures/ into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from config.existence import require_base
from ingest.gazetteer import load_gazetteer


class Command(BaseCommand):
    help = "把 fixtures/ 里的地区、主题和国家机关写入数据库，可以重复运行"

    def handle(self, *args: Any, **options: Any) -> None:
        require_base()
        counts = load_gazetteer()
        if options["verbosity"]:
            self.stdout.write(
                f"地区 {counts['regions']} 个，主题 {counts['topics']} 个，部门 {counts['agencies']} 个。"
            )
