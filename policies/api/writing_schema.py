"""How the OpenAPI document tells of what is written."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers

from policies.api.examples import ACTION, MISSED, RECORDS, SENT, answer, sent
from policies.api.schema import failures
from policies.api.serializers.actions import ActionSerializer
from policies.api.serializers.columns import ADDITIONS, CORRECTIONS, PublicationSerializer, ReasonSerializer

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True,
    description="读这条记录时的 ETag，或 *：不论现在如何",
)  # fmt: skip
ON_RECORD, ON_STATE = failures(403, 409, 412, 415, 428), failures(403, 409, 415)


def writing(view: Any, tag: str, key: OpenApiParameter) -> dict[str, Any]:
    """What `extend_schema_view` says of those operations of a resource that write, by their methods."""
    made = {**_moves(view, tag), **_decisions(tag), **_columns(view, tag)}
    written = _written(view)
    for name, told in made.items():
        told["tags"] = [tag]
        if name != "create":
            told["parameters"] = [key, *told.get("parameters", [])]
        status = 201 if name == "create" else 200
        told["responses"] = {status: written, **told["responses"]}
        told["examples"] = [
            answer({"action": ACTION, "record": RECORDS[view.queryset.model]}, status),
            *told.get("examples", []),
        ]
    return {name: extend_schema(**told) for name, told in made.items() if hasattr(view, name)}


def _moves(view: Any, tag: str) -> dict[str, dict[str, Any]]:
    of = "单独的政策；属于某一期的随该期一起。" if tag == "政策" else "一期及其各篇政策。"
    return {
        "submit": {"summary": f"{tag}送审", "description": of, "request": None, "responses": ON_STATE},
        "publish": {
            "summary": f"{tag}发布",
            "description": f"{of}只有主编可以；有必须处理的提示没有处理的答复 409。",
            "request": PublicationSerializer,
            "responses": ON_STATE,
            "examples": [sent({"despite_doubts": False})],
        },
        "withdraw": {
            "summary": f"{tag}撤回",
            "description": f"{of}只有主编可以，并要在 note 写明原因。",
            "request": ReasonSerializer,
            "responses": ON_STATE,
            "examples": [sent({"note": "附表有误，改后再发"})],
        },
    }


def _decisions(tag: str) -> dict[str, dict[str, Any]]:
    common: dict[str, Any] = {"parameters": [IF_MATCH], "responses": ON_RECORD}
    return {
        "confirm": common | {
            "summary": f"{tag}：确认", "description": "照现在的样子无误；否决过的重新成立。", "request": None,
        },
        "reject": common | {
            "summary": f"{tag}：否决", "description": "没有这样一条；不再公开，重新采集也不再出现。",
            "request": ReasonSerializer, "examples": [sent({"note": "只是回顾，不是目标"})],
        },
    }  # fmt: skip


def _columns(view: Any, tag: str) -> dict[str, dict[str, Any]]:
    model = view.queryset.model
    slug = model._meta.model_name
    made: dict[str, dict[str, Any]] = {}
    if slug in CORRECTIONS:
        made["partial_update"] = {
            "summary": f"{tag}：更正",
            "description": "只给要改的字段；机器原来提取的留在历史中。字段有误的答复 400，逐一指明。",
            "parameters": [IF_MATCH],
            "request": CORRECTIONS[slug],
            "responses": ON_RECORD,
            "examples": [sent(SENT[model])],
        }
        made["create"] = {
            "summary": f"{tag}：补充",
            "description": "机器漏掉的一条：quote 是原文第 line 行中的文字。",
            "request": ADDITIONS[slug],
            "responses": failures(403, 415),
            "examples": [sent({"policy": "7", "line": 334, "quote": "建成数字驿站3000个以上"} | MISSED.get(model, {}))],
        }
    return made


def _written(view: Any) -> type[serializers.Serializer]:
    """What answers a write: the action, and the record as it is now."""
    model = view.queryset.model
    record = view.serializer_class.__name__.removesuffix("Serializer")
    told = {"oneOf": [{"$ref": f"#/components/schemas/{record}"}, {"type": "null"}]}
    shown = extend_schema_field(told)(type("RecordField", (serializers.JSONField,), {}))
    fields = {
        "action": ActionSerializer(allow_null=True, help_text="记入历史的操作；本来就是这样的为 null"),
        "record": shown(help_text="记录现在的内容，同列表；否决的为 null"),
    }
    return type(f"Written{model.__name__}Serializer", (serializers.Serializer,), fields)
