"""Parsed files made by hand: what a parse of invented documents would give."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

from ingest.parsing.gazetteer import Gazetteer
from ingest.reading import Reading
from ingest.records import (
    AgencyMention,
    ContentsEntry,
    Coverage,
    FigureRecord,
    IssueRecord,
    ObligationRecord,
    ObservationRecord,
    ParsedFile,
    PolicyRecord,
    ProvisionRecord,
    ReferenceRecord,
    ResponsibilityRecord,
    Segment,
    TableRecord,
    TargetRecord,
    WarningRecord,
)

GAZETTEER = Gazetteer.from_fixtures()
READING = Reading(["首行", "", "次行"], "utf-8", "txt")


def provision(path: str, eid: str, line: int, text: str = "", **changes: Any) -> ProvisionRecord:
    facts: dict[str, Any] = {
        "type": "article", "label": path.rpartition("/")[2], "heading": None, "tail": None,
        "start_line": line, "end_line": line,
    }  # fmt: skip
    return ProvisionRecord(path=path, eid=eid, text=text, **{**facts, **changes})


def target(line: int = 12, path: str | None = "第二章/第三条", **changes: Any) -> TargetRecord:
    facts: dict[str, Any] = {
        "quote": "到2033年建成驿站120个", "indicator": "驿站", "op": "=", "value": 120, "unit": "个", "year": 2033,
    }  # fmt: skip
    return TargetRecord(path=path, line=line, rule="count", **{**facts, **changes})


def responsibility(line: int = 13, *agencies: AgencyMention) -> ResponsibilityRecord:
    named = agencies or (
        AgencyMention("省科技厅", "浙江省科学技术厅", "lead"),
        AgencyMention("各市人民政府", "浙江省各市人民政府", "support", group=True),
    )
    return ResponsibilityRecord(
        path="第二章/第三条", line=line, quote="（省科技厅牵头）", agencies=list(named), rule="note"
    )


def law(order: int = 1, **changes: Any) -> PolicyRecord:
    """A law of two chapters with one of each extracted row."""
    facts: dict[str, Any] = {
        "column": "地方新政", "title": "浙江省驿站数据管理办法", "kind": "law", "level": "province",
        "start_line": 1, "end_line": 40, "region": "浙江省", "region_code": "330000",
        "doc_number": "浙驿发〔2031〕8号", "issuers": ["浙江省人民政府"], "status": "in_force",
        "issued_on": date(2031, 3, 1), "period": (2031, 2033), "page": 7,
        "provisions": [
            provision("第一章", "chp_1", 2, type="chapter", heading="总则", end_line=5),
            provision("第一章/第一条", "chp_1__art_1", 3, "为了管理驿站数据，制定本办法。"),
            provision("第一章/第二条", "chp_1__art_2", 4, "本办法适用于驿站。", end_line=5),
            provision("第二章", "chp_2", 10, type="chapter", heading="建设", end_line=39),
            provision("第二章/第三条", "chp_2__art_3", 11, "驿站应当开放数据。", end_line=39),
        ],
        "targets": [target()],
        "responsibilities": [responsibility()],
        "obligations": [
            ObligationRecord("第二章/第三条", 11, "驿站应当开放数据", "驿站", "shall", rule="modal")
        ],
        "references": [ReferenceRecord("第一章/第一条", 3, "《数据安全法》", "数据安全法", rule="marks")],
        "tables": [TableRecord(20, 22, "表1", "驿站数", "个", ["市", "数"], [["甲", "1"], ["乙", "2"]])],
        "figures": [FigureRecord(30, "图1", "驿站分布")],
        "observations": [
            ObservationRecord("第二章/第三条", 31, "驿站80个", "驿站", "2030", 80, "个", 3.5, "%", rule="count")
        ],
    }  # fmt: skip
    return PolicyRecord(order=order, **{**facts, **changes})


def notice(order: int = 2, **changes: Any) -> PolicyRecord:
    """A second, smaller document without a number."""
    facts: dict[str, Any] = {
        "column": "国策要论", "title": "国务院关于印发《驿站发展规划》的通知", "kind": "plan", "level": "national",
        "start_line": 41, "end_line": 60, "issuers": ["国务院"],
        "provisions": [provision("一", "sec_1", 42, "总体要求", type="section", end_line=60)],
    }  # fmt: skip
    return PolicyRecord(order=order, **{**facts, **changes})


def parsed(*policies: PolicyRecord, **issue: Any) -> ParsedFile:
    """An issue with these documents, by default `law()` and `notice()`."""
    documents = list(policies) or [law(), notice()]
    facts: dict[str, Any] = {
        "year": 2031, "number": 12, "total_number": 512, "published_on": date(2031, 3, 21),
        "cover_title": "驿站", "publisher": "某研究院",
        "contents": [ContentsEntry(p.column or "", 7, p.title) for p in documents],
    }  # fmt: skip
    coverage = Coverage(4, 4, [], [Segment("masthead", 1, 3)])
    return ParsedFile(
        IssueRecord(**{**facts, **issue}), documents, [WarningRecord("gap", 5, "第五行可疑。", 1)], coverage
    )


def single(document: PolicyRecord | None = None) -> ParsedFile:
    """A file of one document that stands alone."""
    document = document or law(column=None)
    return ParsedFile(None, [document], [WarningRecord("gap", 5, "第五行可疑。", 1)], parsed(document).coverage)


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
