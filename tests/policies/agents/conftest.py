"""What agents ask of the library, through the protocol, in this process."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from mcp import Client
from mcp_types import TextContent

from policies.agents.server import server
from policies.models import Change, Reference
from search import indexing

SITE = "https://policies.example"


@pytest.fixture
def ask(library, settings, tmp_path, monkeypatch) -> Callable[..., dict[str, Any]]:
    """A tool of that name called with these arguments; its structured answer, or {"error": …} where it refuses.

    The library is indexed; its plan also cites a law and an article of its own law that are not in the base.
    """
    monkeypatch.setattr("policies.agents.server.close_old_connections", lambda: None)  # it would end the transaction
    settings.INDEX_FOLDER = tmp_path / "index"
    settings.SITE_URL = f"{SITE}/"
    task = library.plan.provisions.get(eid="sec_2__subsec_1")
    facts = {"policy": library.plan, "provision": task, "line": 20, "rule": "test"}
    law = "中华人民共和国驿站法"
    Reference.objects.create(**facts, quote=f"《{law}》", title=law, title_key="驿站法")
    article = {"title": library.law.title, "cited_provision": "第九条", "cited_policy": library.law}
    Reference.objects.create(**facts, quote="《条例》第九条", **article)
    Change.objects.note([library.law.pk, library.plan.pk])
    indexing.rebuild()

    async def call(tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        async with Client(server()) as client:
            result = await client.call_tool(tool, arguments)
            if result.is_error:
                return {"error": "".join(part.text for part in result.content if isinstance(part, TextContent))}
            return result.structured_content or {}

    return lambda tool, **arguments: async_to_sync(call)(tool, arguments)
