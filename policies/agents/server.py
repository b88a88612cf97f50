"""The server: the tools as the Model Context Protocol offers them, every argument checked, every failure told."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp_types import ToolAnnotations

from policies.agents import reading, searching
from policies.agents.presence import NoAnswerError
from policies.api.errors import InvalidParameters
from search.engines.base import IndexMissingError

TOOLS: list[Callable[..., Any]] = [
    searching.search,
    reading.policy,
    reading.clause,
    reading.targets,
    searching.compare_regions,
    reading.agencies,
    reading.regions,
    reading.issues,
]
INSTRUCTIONS = """\
A knowledge base of Chinese policy on data and the digital economy (大数据发展动态), read only; its texts are Chinese.
Every answer has a `status`: `ok`; `not_found` (the base has no such thing, and would if there were one);
`not_loaded` (known to exist, as a cited document, an issue of the digest or a region, but not in the base: say so,
do not conclude that it does not exist); `several` and `too_many` (say which); `invalid` (what was not understood).
Cite what you use by its `page_url`, `line` (of the source) and `quote`, as printed. A clause stands on `lines`; its
words are the printed ones, unless `printed` holds those. `review` is `machine` where no editor has looked at a record
yet, `confidence` runs from 0 to 1.
"""


def server() -> MCPServer:
    """A server over the base of the settings, with what every reader may read."""
    return MCPServer(
        "policies", instructions=INSTRUCTIONS, tools=[_strict(tool) for tool in TOOLS], log_level="WARNING"
    )


def _strict(function: Callable[..., Any]) -> Tool:
    """The tool; unlike the SDK's own it refuses arguments that it does not know."""
    hints = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    tool = Tool.from_function(_answering(function), annotations=hints, structured_output=True)
    arguments = tool.fn_metadata.arg_model
    arguments.model_config["extra"] = "forbid"
    arguments.model_rebuild(force=True)
    tool.parameters = arguments.model_json_schema(by_alias=True)
    return tool


def _answering(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function for the event loop: one call at a time, on one thread with one connection to the database."""

    def answer(arguments: dict[str, Any]) -> dict[str, Any]:
        if unreadable := [name for name, value in arguments.items() if any("\x00" in text for text in _texts(value))]:
            return {"status": "invalid", "message": f"参数 {'、'.join(unreadable)} 含有空字符。"}
        close_old_connections()
        try:
            return function(**arguments)
        except NoAnswerError as none:
            return none.answer
        except InvalidParameters as error:
            return {"status": "invalid", "errors": [asdict(fault) for fault in error.faults]}
        except IndexMissingError as error:
            raise ToolError(str(error)) from error

    @wraps(function)
    async def answering(**arguments: Any) -> dict[str, Any]:
        return await sync_to_async(answer)(arguments)

    return answering


def _texts(value: Any) -> list[str]:
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
