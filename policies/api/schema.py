"""How the OpenAPI document is made: every operation also says how it fails."""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse, extend_schema_serializer
from rest_framework import serializers

from policies.api.errors import MEDIA_TYPE


@extend_schema_serializer(description="一个参数的错处；allowed 列出可用的值，取值不是有限几种时为 null。")
class FaultSerializer(serializers.Serializer):
    parameter = serializers.CharField()
    detail = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField(), allow_null=True)


@extend_schema_serializer(description="失败的原因（RFC 9457）；参数有误时 errors 逐一指明。")
class ProblemSerializer(serializers.Serializer):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    errors = FaultSerializer(many=True, required=False)  # type: ignore[assignment]  # a field, not the property


class Schema(AutoSchema):
    """Adds the failures that a reader can cause: 400 for parameters, 404 for what is not there, 406, 429."""

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        failures = {"400": "参数有误", "404": "没有这条记录，或没有这一页", "406": "没有所要的格式", "429": "请求过多"}
        for code, description in failures.items():
            response = OpenApiResponse(ProblemSerializer, description=description)
            bodies[code] = self._get_response_for_code(response, code, [MEDIA_TYPE], direction)
        return bodies
