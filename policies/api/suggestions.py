"""What a person may mean who is still typing."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from policies.api.errors import Fault, InvalidParameters
from policies.api.examples import answer
from policies.api.freshness import Dated
from policies.api.serializers.statistics import SuggestionsSerializer
from policies.api.strict import check_parameters
from search.suggestions import LONGEST, suggest

EXAMPLE = {
    "query": "szyz",
    "results": [{"kind": "term", "text": "数字驿站", "page_url": "https://example.org/search/?q=数字驿站"}],
}


class SuggestionsView(Dated, APIView):
    @extend_schema(
        operation_id="suggestions",
        tags=["检索"],
        summary="输入时的建议",
        description="检索词、地区、部门与政策，由汉字、拼音或拼音首字母找到；至多十条。",
        parameters=[
            OpenApiParameter(
                "q", {"type": "string", "minLength": 1, "maxLength": LONGEST}, required=True, description="已输入的字"
            )
        ],
        responses=SuggestionsSerializer,
        examples=[answer(EXAMPLE)],
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, ["q"])
        typed = request.query_params.get("q")
        if typed is None:
            raise InvalidParameters([Fault("q", "缺少参数 q：已输入的字。")])
        if len(typed) > LONGEST:
            raise InvalidParameters([Fault("q", f"参数 q 至多 {LONGEST} 字。")])
        found = suggest(typed, include_unpublished=request.user.is_staff)
        results = [
            {"kind": one.kind.name.lower(), "text": one.text, "page_url": request.build_absolute_uri(one.url)}
            for one in found
        ]
        return Response({"query": typed, "results": results})
