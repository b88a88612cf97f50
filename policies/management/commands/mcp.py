"""`manage.py mcp`: serves agents over standard input and output, until the input ends."""

from typing import Any

from django.core.management.base import BaseCommand

from config.existence import require_base
from policies.agents.server import server


class Command(BaseCommand):
    help = "供智能体（MCP 客户端）经标准输入输出查询已发布的政策"

    def handle(self, *args: Any, **options: Any) -> None:
        require_base()
        server().run("stdio")
