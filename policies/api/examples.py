"""Examples for the OpenAPI document: what answers look like.  Every word of them is invented."""

from typing import Any

from django.db.models import Model
from drf_spectacular.utils import OpenApiExample

from policies.models import (
    Agency,
    Issue,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Region,
    Responsibility,
    Table,
    Target,
)

API = "https://example.org/api/v1"
PAGE = "https://example.org/policies/浙江-2031-数字驿站行动计划/"
UPDATED = "2031-01-05T09:30:00+08:00"
POLICY = {
    "id": 7,
    "slug": "浙江-2031-数字驿站行动计划",
    "title": "浙江省数字驿站行动计划",
    "region": "浙江省",
    "region_code": "330000",
    "url": f"{API}/policies/7/",
    "page_url": PAGE,
}
CLAUSE = {"path": "二/（一）/1", "eid": "sec_2__subsec_1__item_1"}
FOUND = {"rule": "number", "confidence": 0.9, "review": "machine", "updated_at": UPDATED}


def _row(resource: str, key: int, quote: str, **fields: Any) -> dict[str, Any]:
    place = {"id": key, **CLAUSE, "line": 334}
    addresses = {"url": f"{API}/{resource}/{key}/", "page_url": f"{PAGE}#{CLAUSE['eid']}"}
    return place | fields | {"quote": quote} | FOUND | addresses | {"policy": POLICY}


RECORDS: dict[type[Model], dict[str, Any]] = {
    Issue: {
        "id": 3, "year": 2031, "number": 1, "total_number": 501, "published_on": "2031-01-03", "cover_title": None,
        "publisher": None, "state": "published", "updated_at": UPDATED, "url": f"{API}/issues/2031-1/",
        "page_url": "https://example.org/issues/2031-1/",
    },
    Policy: POLICY | {
        "column": "地方新政", "kind": "plan", "level": "province", "doc_number": "浙数〔2031〕1号",
        "issuers": ["浙江省数据局"], "status": "in_force", "issued_on": "2031-01-02", "period": [2031, 2033],
        "year": 2031, "topics": ["digital-government"], "start_line": 91, "end_line": 302, "review": "confirmed",
        "state": "published", "updated_at": UPDATED,
    },
    Provision: {
        "id": 88, "eid": CLAUSE["eid"], "parent": "sec_2__subsec_1", "path": CLAUSE["path"], "type": "item",
        "label": "1", "heading": "建设驿站", "text": "到2033年，建成数字驿站3000个以上。", "tail": None,
        "topics": ["digital-government"], "start_line": 334, "end_line": 335, "review": "machine",
        "updated_at": UPDATED, "url": f"{API}/provisions/88/", "page_url": f"{PAGE}#{CLAUSE['eid']}", "policy": POLICY,
    },
    Target: _row(
        "targets", 12, "建成数字驿站3000个以上", indicator="数字驿站", op=">=", value=3000, value_max=None, unit="个",
        base_value=3000, base_value_max=3000, base_unit="个", year=2033, year_from=None,
    ),
    Responsibility: _row(
        "responsibilities", 21, "（责任单位：省数据局）",
        agencies=[
            {"id": 5, "name": "省数据局", "canonical": "浙江省数据局", "role": "lead", "group": False, "known": True}
        ],
    ),
    Obligation: _row("obligations", 31, "驿站运营者应当公示服务清单", subject="驿站运营者", modality="shall"),
    Reference: _row(
        "references", 41, "《浙江省数字驿站条例》第三条", title="浙江省数字驿站条例", provision="第三条",
        cited_policy=None, cited_clause=None,
    ),
    Table: {
        key: value
        for key, value in _row(
            "tables", 51, "", end_line=337, number="表1", title="分年任务", unit="个", header=["年份", "驿站"],
            rows=[["2032", "1200"], ["2033", "3000"]],
        ).items()
        if key not in {"quote", "rule", "confidence", "review"}
    },
    Observation: _row(
        "observations", 61, "2030年末全省有驿站850个，同比增长12%", indicator="驿站", when="2030", value=850, unit="个",
        yoy=12, yoy_unit="%",
    ),
    Agency: {
        "id": 5, "name": "浙江省数据局", "names": ["省数据局"], "region": "浙江省", "region_code": "330000",
        "level": "province", "group": False, "known": True, "tasks": 41, "issued_policies": 3,
        "url": f"{API}/agencies/5/", "page_url": "https://example.org/agencies/5/",
    },
    Region: {
        "code": "330000", "name": "浙江省", "short_name": "浙江", "level": "province", "parent": "100000",
        "valid_from": None, "valid_to": None, "url": f"{API}/regions/330000/",
        "page_url": "https://example.org/regions/330000/",
    },
}  # fmt: skip


_ACTION_ID = "5b1f7c52-0f0e-4f5c-8a55-2f1f3f0c9d11"
ACTION: dict[str, Any] = {
    "id": _ACTION_ID, "verb": "correct", "summary": "目标“数字驿站 不低于 3000 个”（《浙江省数字驿站行动计划》）的数值",
    "note": "与附表一致", "user": "小林", "at": UPDATED, "undoes": None, "undone_by": None,
    "url": f"{API}/actions/{_ACTION_ID}/", "page_url": f"https://example.org/desk/actions/{_ACTION_ID}/",
}  # fmt: skip
WHOLE_ACTION = ACTION | {
    "total": 1,
    "rows": [
        {
            "model": "target", "id": "12", "kind": "目标", "what": "更改", "name": "数字驿站",
            "differences": [{"field": "value", "label": "数值", "before": "3000", "after": "3200"}],
        }
    ],
}  # fmt: skip
DOUBT = {
    "id": 71, "code": "article-gap", "line": 120, "message": "第五条之后是第七条", "words": "第七条 驿站应当公示清单。",
    "must_fix": True, "issue": 3, "policy": 7, "settled_at": None, "settled_by": None, "note": None,
    "url": f"{API}/doubts/71/", "page_url": "https://example.org/desk/review/doubt/71/",
}  # fmt: skip
SENT: dict[type[Model], dict[str, Any]] = {
    Policy: {"kind": "plan", "issued_on": "2031-01-02", "period": [2031, 2033]},
    Provision: {"heading": "建设驿站"},
    Target: {"value": 3200},
    Responsibility: {"agencies": [{"name": "省数据局", "canonical": "浙江省数据局", "role": "lead"}]},
    Obligation: {"modality": "shall"},
    Reference: {"title": "浙江省数字驿站条例", "provision": "第三条"},
    Observation: {"value": 850, "unit": "个"},
}
MISSED: dict[type[Model], dict[str, Any]] = {
    Target: {"indicator": "数字驿站", "op": ">=", "value": 3000, "unit": "个", "year": 2033},
    Responsibility: SENT[Responsibility],
    Obligation: {"subject": "驿站运营者", "modality": "shall"},
    Reference: SENT[Reference],
    Observation: {"indicator": "驿站", "when": "2030", "value": 850, "unit": "个"},
}


def sent(value: dict[str, Any]) -> OpenApiExample:
    """A body that is sent."""
    return OpenApiExample("例", value=value, request_only=True)


def of_record(model: type[Model]) -> OpenApiExample:
    """A record of the model; a list shows it between its page's other fields."""
    return answer(RECORDS[model])


def answer(value: dict[str, Any], status: int = 200) -> OpenApiExample:
    return OpenApiExample("例", value=value, response_only=True, status_codes=[str(status)])
