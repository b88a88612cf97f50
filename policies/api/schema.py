"""How the OpenAPI document is made: every operation also says how it fails."""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse, extend_schema_serializer
from rest_framework import serializers

from policies.api.errors import MEDIA_TYPE


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
    return {(code, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=OF_WRITING[code]) for code in codes}


class Schema(AutoSchema):
    """Adds the failures that a reader can cause: 400 for parameters, 404 for what is not there, 406, 429."""

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        failures = {"400": "参数有误", "404": "没有这条记录，或没有这一页", "406": "没有所要的格式", "429": "请求过多"}
        for code, description in failures.items():
            response = OpenApiResponse(ProblemSerializer, description=description)
            bodies[code] = self._get_response_for_code(response, code, [MEDIA_TYPE], direction)
        return bodies
