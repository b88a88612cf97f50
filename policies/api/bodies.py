"""What a request's body holds: understood, or refused field by field."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.settings import api_settings

from policies.api.errors import FieldFault, InvalidFields
from policies.api.strict import SHOWN


class JSONBody(JSONParser):
    """JSON of a bounded size."""

    takes = "JSON（Content-Type: application/json）"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        if int(parser_context["request"].META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            sent = super().parse(stream, media_type, parser_context)
            json.dumps(sent, ensure_ascii=False).encode()  # else no answer could repeat it
        except RecursionError as error:
            raise ParseError("JSON 嵌套太深。") from error
        except UnicodeEncodeError as error:
            raise ParseError("JSON 中有不成对的代理字符。") from error
        except ParseError as error:
            fault = error.__context__
            place = f"：第 {fault.lineno} 行第 {fault.colno} 个字符" if isinstance(fault, json.JSONDecodeError) else ""
            raise ParseError(f"请求的内容不是 UTF-8 的 JSON{place}。") from error
        return sent


class Form(MultiPartParser):
    """A form with files."""

    takes = "表单（Content-Type: multipart/form-data），文件放在 file 字段"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except ParseError as error:
            raise ParseError("请求的内容不是完整的 multipart/form-data。") from error


def read_body(request: Request, serializer: serializers.Serializer) -> dict[str, Any]:
    """The validated fields of the request's JSON object; raises InvalidFields, naming each that is wrong."""
    sent = request.data
    if not isinstance(sent, dict):
        raise ParseError("请求的内容应为 JSON 对象。")
    unknown = list(_unknown(sent, serializer))
    serializer.initial_data = sent
    faults = [] if serializer.is_valid() else list(_faults(serializer.errors, serializer))
    if unknown or faults:
        raise InvalidFields([*unknown, *faults])
    return serializer.validated_data


def unknown_fields(sent: Iterable[str], known: list[str], place: str = "") -> list[FieldFault]:
    """The names among those sent that are not known, as faults."""
    hint = f"可用的字段：{'、'.join(known)}" if known else "此处不接受字段"
    unknown = sorted(set(sent).difference(known))
    return [FieldFault(place + name, f"没有字段 {place}{name[:SHOWN]}；{hint}。", known) for name in unknown]


def _unknown(sent: dict[str, Any], serializer: Any, place: str = "") -> Iterator[FieldFault]:
    """The fields that neither the serializer nor those of its lists have; `place` leads to it: `agencies.0.`."""
    yield from unknown_fields(sent, list(serializer.fields), place)
    for name, field in serializer.fields.items():
        if isinstance(field, serializers.ListSerializer) and isinstance(sent.get(name), list):
            for number, one in enumerate(sent[name]):
                if isinstance(one, dict):
                    yield from _unknown(one, field.child, f"{place}{name}.{number}.")


def _faults(errors: Any, field: Any, name: str = "") -> Iterator[FieldFault]:
    """The faults among a serializer's errors, which are nested as its fields are."""
    if isinstance(errors, dict):
        for key, told in errors.items():
            if key == api_settings.NON_FIELD_ERRORS_KEY and name:
                yield from _faults(told, field, name)
                continue
            fields = getattr(field, "fields", {})
            inner = fields.get(key) or getattr(field, "child", None)
            yield from _faults(told, inner, f"{name}.{key}" if name else str(key))
    elif errors and isinstance(errors[0], dict):
        for place, told in enumerate(errors):
            yield from _faults(told, getattr(field, "child", None), f"{name}.{place}")
    else:
        yield field_fault(name, errors, [str(key) for key in getattr(field, "choices", ())])


def field_fault(name: str, messages: Iterable[Any], allowed: Sequence[str] = ()) -> FieldFault:
    """What is wrong with a field's value, in the messages of a form or a serializer; `allowed` is a closed set."""
    said = "；".join(str(message).rstrip("。.") for message in messages)
    hint = f"；可用的值：{'、'.join(allowed)}" if allowed else ""
    return FieldFault(name, f"字段 {name} 不合要求：{said}{hint}。", list(allowed) or None)
