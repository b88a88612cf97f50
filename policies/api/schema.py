"""How the OpenAPI document is made: every operation also says how it fails, and which headers tell of it."""

from typing import Any, Literal

from django_filters import BaseCSVFilter
from drf_spectacular.contrib.django_filters import DjangoFilterExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_serializer
from rest_framework import serializers

from policies.api.desk import DeskView
from policies.api.errors import MEDIA_TYPE
from policies.api.examples import answer
from policies.api.serializers.actions import ActionSerializer


@extend_schema_serializer(
    description="一个参数 parameter 或一个字段 field 的错处；allowed 列出可用的值，取值不是有限几种时为 null。"
)
class FaultSerializer(serializers.Serializer):
    parameter = serializers.CharField(required=False)
    field = serializers.CharField(required=False)
    detail = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField(), allow_null=True)


@extend_schema_serializer(description="失败的原因（RFC 9457）；参数或字段有误时 errors 逐一指明。")
class ProblemSerializer(serializers.Serializer):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    errors = FaultSerializer(many=True, required=False)  # type: ignore[assignment]  # a field, not the property


@extend_schema_serializer(description="没有写入：记录在所见的版本之后有了改动。")
class StaleSerializer(ProblemSerializer):
    action = ActionSerializer(allow_null=True, help_text="最后一次改动")
    record = serializers.JSONField(help_text="记录现在的内容，同列表；已否决的为 null")


OF_WRITING = {
    403: "账号或密钥没有这样做的权限",
    409: "记录现在的情形不能这样做，什么也没有改变",
    412: "记录在所见的版本之后有了改动，什么也没有改变",
    413: "太大，没有接收",
    415: "请求内容的格式不受支持",
    428: "没有用 If-Match 说明所见的版本",
}


def failures(*codes: int) -> dict[Any, OpenApiResponse]:
    """Failures of the operations that only those at the desk may ask for."""
    shapes = {412: StaleSerializer}
    return {
        (code, MEDIA_TYPE): OpenApiResponse(shapes.get(code, ProblemSerializer), description=OF_WRITING[code])
        for code in codes
    }


def read_at_desk(
    tag: str, summary: str, about: str, shown: Any, example: dict[str, Any], key: OpenApiParameter | None = None
) -> Any:
    """A list, or by its `key` a record, that only those at the desk may read, as the OpenAPI document tells of it."""
    return extend_schema(
        tags=[tag],
        summary=summary,
        description=f"{about}只有编辑可见。",
        parameters=[key] if key else [],
        responses={200: shown, **failures(403)},
        examples=[answer(example)],
    )


FAILURES = {
    "400": ("InvalidParameters", "参数有误，errors 逐一指明"),
    "401": ("Unauthorized", "密钥无效；或此站须先登录"),
    "404": ("NotFound", "没有这条记录，或没有这一页"),
    "406": ("NotAcceptable", "没有所要的格式"),
    "411": ("LengthRequired", "没有用 Content-Length 说明内容的长度"),
    "414": ("TooLong", "网址过长（8 KB 以上）；由网页服务器答复，不是 JSON"),
    "429": ("TooManyRequests", "请求过多，Retry-After 秒后再来"),
    "500": ("ServerError", "服务器出错，已记录"),
    "503": ("Unavailable", "数据库暂时不可用，Retry-After 秒后再来；检索时也可能是还没有索引"),
}
BEFORE_US = "414"  # gunicorn answers so
SECONDS = {"type": "integer", "minimum": 0}
HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {"description": "可作 If-None-Match", "schema": {"type": "string"}},
    "WWW-Authenticate": {"description": "如何表明身份", "schema": {"type": "string"}},
    "Retry-After": {"description": "多少秒后再来", "schema": SECONDS},
    "RateLimit-Policy": {"description": "限额：每 w 秒 q 次；不限的没有", "schema": {"type": "string"}},
    "RateLimit": {"description": "所余：r 次，t 秒后重新计数；不限的没有", "schema": {"type": "string"}},
}
COUNTED = ("RateLimit-Policy", "RateLimit")
HEADERS_OF = {
    "200": ("ETag", *COUNTED),
    "401": ("WWW-Authenticate",),
    "429": ("Retry-After", *COUNTED),
    "503": ("Retry-After",),
}
JSON = "application/json"


class Schema(AutoSchema):
    """Adds to every operation what it can answer beside its own: failures, and 304 where there is an ETag."""

    def get_operation_id(self) -> str:
        """targets_confirm, not targets_confirm_create."""
        made = super().get_operation_id()
        return made if getattr(self.view, "action", "create") == "create" else made.removesuffix("_create")

    def get_auth(self) -> list[dict[str, Any]]:
        """None at all is an answer too, but where the view takes a permission."""
        closed = isinstance(self.view, DeskView) and self.view.needed(self.method)
        return [way for way in super().get_auth() if way or not closed]

    def _map_basic_serializer(self, serializer: Any, direction: Literal["request", "response"]) -> dict[str, Any]:
        """What is sent holds nothing but what is named: `read_body` refuses the rest."""
        made = super()._map_basic_serializer(serializer, direction)
        return made | {"additionalProperties": False} if direction == "request" else made

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        in_json = any(JSON in body.get("content", {}) for code, body in bodies.items() if code.startswith("2"))
        if in_json and self.method == "GET":
            bodies["304"] = {"description": "与 If-None-Match 或 If-Modified-Since 所指的相同"}
        parameters = self._get_parameters()
        found = any(parameter["in"] == "path" or parameter["name"] == "page" for parameter in parameters)
        left_out = {"404": not found, "406": not in_json, "411": self.method == "GET"}
        for code in FAILURES:
            if not left_out.get(code):
                bodies[code] = self._failure(code)
        return bodies

    def _failure(self, code: str) -> dict[str, str]:
        """A reference to what all operations answer with this code."""
        name, description = FAILURES[code]
        failure = OpenApiResponse(None if code == BEFORE_US else ProblemSerializer, description=description)
        return self._shared("responses", name, self._get_response_for_code(failure, code, [MEDIA_TYPE]))

    def _get_response_headers_for_code(
        self, status_code: str, direction: Literal["request", "response"] = "response"
    ) -> Any:
        shared = {name: self._shared("headers", name, HEADERS[name]) for name in HEADERS_OF.get(status_code, ())}
        return super()._get_response_headers_for_code(status_code, direction) | shared

    def _shared(self, section: str, name: str, described: dict[str, Any]) -> dict[str, str]:
        component = ResolvedComponent(name, section, described, object=name)
        self.registry.register_on_missing(component)
        return component.ref


class FilterParameters(DjangoFilterExtension):
    """The parameters of a filterset; of one that lists values between commas some must be there."""

    target_class = "policies.api.strict.StrictBackend"
    priority = 1

    def resolve_filter_field(
        self, auto_schema: Any, model: Any, filterset_class: Any, field_name: str, filter_field: Any
    ) -> list[dict[str, Any]]:
        parameters = super().resolve_filter_field(auto_schema, model, filterset_class, field_name, filter_field)
        if isinstance(filter_field, BaseCSVFilter):
            for parameter in parameters:
                parameter["schema"]["minItems"] = 1
        return parameters
