"""`manage.py verify [--repair]`: checks again every invariant of the base, and says what is wrong."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.existence import require_base
from config.verifying import Result, verify
from policies.models import Issue, Policy, Provision


class Command(BaseCommand):
    help = "逐项核对知识库：原文、条款、记录、历史、公开变更、采集和索引；有不符时返回 1。可在网站运行时使用"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repair",
            action="store_true",
            help="修复可由其他数据重新得出的部分（索引、关联、公开变更等），再核对一遍；不改原文和编辑的决定",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        require_base()
        began = time.perf_counter()
        failed = self._verify()
        if failed and options["repair"]:
            self._repair(failed)
            failed = self._verify()
        counts = f"{Issue.objects.count()} 期、{Policy.objects.count()} 份政策、{Provision.objects.count()} 条条款"
        took = f"用时 {time.perf_counter() - began:.1f} 秒"
        if failed:
            hint = (
                ""
                if options["repair"] or not _repairable(failed)
                else "\n其中有的可用 manage.py verify --repair 修复。"
            )
            raise CommandError(f"{len(failed)} 项不符（{counts}，{took}）。{hint}")
        self.stdout.write(f"全部相符：{counts}，{took}。")

    def _verify(self) -> list[Result]:
        """Tell every check's result; those that failed."""
        failed = []
        for result in verify():
            if not result.faults:
                self.stdout.write(f"✓ {result.check.says}")
                continue
            failed.append(result)
            self.stdout.write(f"✗ {result.check.says}：{result.faults} 处不符")
            for fault in result.first:
                self.stdout.write(f"    {fault}")
            if result.faults > len(result.first):
                self.stdout.write(f"    …… 另有 {result.faults - len(result.first)} 处")
        return failed

    def _repair(self, failed: list[Result]) -> None:
        for result in _repairable(failed):
            if result.check.repair:
                result.check.repair()
                self.stdout.write(f"已修复：{result.check.says}（{result.faults} 处）")
        left = len(failed) - len(_repairable(failed))
        if left:
            self.stdout.write(f"有 {left} 项涉及原文或编辑的决定，没有自动修复。")
        self.stdout.write("再核对一遍：")


def _repairable(failed: list[Result]) -> list[Result]:
    return [result for result in failed if result.check.repair]
