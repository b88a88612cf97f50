"""Invented issues in the digest's layout, built from their documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import parse_lines
from ingest.records import ParsedFile, PolicyRecord

MASTHEAD = """
为示例码头的读者汇编

示例动态

2031年3月7日 第9期 总第509期

云溪省数字码头建设 行动计划（2031—2033年）

示例动态

2031年3月7日

第9期 总第509期

主 编 云溪虚构数据研究院

联合主编 云溪省示例数据促进会

编 委 会 赵示一 钱示二
"""
PORTRAIT = """
云溪省示例数据促进会

云溪省示例数据促进会是示例登记的社会团体，由六家虚构企业发起成立。
"""
ARTICLES = "第一条 为了示例，制定本办法。\n\n第二条 本办法适用于示例。\n\n第三条 各部门应当加强示例。"
SECTIONS = "为了示例，制定本方案。\n\n一、总体要求\n\n坚持示例。\n\n二、重点任务\n\n（一）加快示例。推进示例建设。"


@dataclass(frozen=True)
class Written:
    """A document as it is printed; `listed` is its title in the contents list, None to leave it out."""

    title: str
    body: str = SECTIONS
    note: str | None = None
    source: str | None = "示例日报"
    column: str = "地方新政"
    listed: str | None = ""

    def text(self) -> str:
        parts = [f"编者按\n\n{self.note}"] if self.note else []
        parts += [self.title, self.body]
        if self.source:
            parts.append(f"（来源：{self.source}）")
        return "\n\n".join(parts)


def contents(documents: list[Written]) -> str:
    rows, column = ["本期要目"], ""
    for page, document in enumerate(documents, 1):
        if document.listed is None:
            continue
        if document.column != column:
            column = document.column
            rows += ["", column, ""]
        rows.append(f"- {page:02} {document.listed or document.title.replace(chr(10), '')}")
    return "\n".join(rows)


def issue_text(*documents: Written, masthead: str = MASTHEAD, portrait: str = PORTRAIT) -> str:
    """The text of an issue that holds the documents in their order."""
    bodies = "\n\n".join(document.text() for document in documents)
    return f"{masthead}\n{contents(list(documents))}\n\n{bodies}\n{portrait}"


def parse(text: str) -> ParsedFile:
    return parse_lines(text.splitlines(), Gazetteer.from_fixtures())


def parse_policy(document: Written) -> PolicyRecord:
    """The policy of an issue with this document alone."""
    parsed = parse(issue_text(document))
    assert len(parsed.policies) == 1
    return parsed.policies[0]


def codes(parsed: ParsedFile) -> list[str]:
    """The codes of the warnings that speak of the cutting."""
    about = {"title-differs", "title-missing", "contents-without-body", "document-not-listed", "no-source-line"}
    about |= {"stray-lines", "masthead-incomplete"}
    return [warning.code for warning in parsed.warnings if warning.code in about]


def facts_of(document: Written, names: Iterable[str]) -> dict[str, Any]:
    """The fields `names` of the document's policy, seen from the issue that prints it; days as ISO strings."""
    policy = parse_policy(document)
    found = {name: getattr(policy, name) for name in names}
    return found | {name: str(day) for name, day in found.items() if isinstance(day, date)}
