"""`manage.py mcp` as a program of its own, asked by the SDK's client."""

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from mcp import Client, StdioServerParameters

from search import indexing

QUESTIONS = {
    "search": {"query": "智算中心"},
    "policy": {"policy": "青川省算力行动方案"},
    "clause": {"policy": "青川省数字经济促进条例", "eid": "第三条"},
    "targets": {"region": "青川"},
    "compare_regions": {"indicator": "智算中心"},
    "agencies": {"name": "数据局"},
    "regions": {},
    "issues": {},
}


@pytest.mark.django_db(transaction=True)
def test_every_tool_answers_over_standard_input_and_output(library, settings, tmp_path):
    settings.INDEX_FOLDER = tmp_path / "index"
    indexing.rebuild()
    code = (
        "import sys; from django.conf import settings; from django.core.management import execute_from_command_line;"
        f"settings.INDEX_FOLDER = {str(settings.INDEX_FOLDER)!r};"
        "execute_from_command_line(['manage.py', 'mcp'])"
    )
    database = settings.DATABASES["default"]["NAME"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "POLICY_DATABASE": database}
    program = StdioServerParameters(command=sys.executable, args=["-c", code], env=environment)
    stray = []

    async def handle(message):
        stray.append(message)

    async def talk():
        async with Client(program, message_handler=handle, read_timeout_seconds=60) as client:
            tools = (await client.list_tools()).tools
            answers = {name: await client.call_tool(name, arguments) for name, arguments in QUESTIONS.items()}
            return client.instructions, tools, answers

    with ThreadPoolExecutor(1) as aside:  # the browser's tests leave a loop running in this thread
        instructions, tools, answers = aside.submit(asyncio.run, talk()).result()
    assert "not_loaded" in instructions
    assert {tool.name for tool in tools} == QUESTIONS.keys()
    for tool in tools:
        assert tool.description
        assert tool.input_schema["additionalProperties"] is False
        assert tool.annotations.read_only_hint
    assert {name: answer.structured_content["status"] for name, answer in answers.items()} == dict.fromkeys(
        QUESTIONS, "ok"
    )
    assert stray == []  # nothing else was printed
