"""Page numbers: `page` from 1, `page_size` up to 200; what is neither is refused, never guessed."""

from typing import Any

from django.core.paginator import InvalidPage
from rest_framework import pagination
from rest_framework.exceptions import NotFound

from policies.api.errors import Fault, InvalidParameters

DEFAULT_SIZE = 50
MAX_SIZE = 200


def whole_number(value: str, parameter: str, largest: int | None = None) -> int:
    """`value` as a number from 1 to `largest`; raises InvalidParameters."""
    if not (value.isascii() and value.isdecimal()) or int(value[:10]) < 1 or (largest and int(value[:10]) > largest):
        kind = f"从 1 到 {largest} 的整数" if largest else "从 1 起的整数"
        raise InvalidParameters([Fault(parameter, f"参数 {parameter} 应为{kind}，不能是“{value}”。")])
    return int(value)


class Pages(pagination.PageNumberPagination):
    """count, next, previous and results; `next` and `previous` are whole addresses or null."""

    page_size = DEFAULT_SIZE
    max_page_size = MAX_SIZE
    page_size_query_param = "page_size"
    page_query_description = "第几页，从 1 起。"
    page_size_query_description = f"每页多少条，1 至 {MAX_SIZE}，缺省 {DEFAULT_SIZE}。"

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any] | None:
        self.request = request
        number = whole_number(request.query_params.get("page", "1"), "page")
        paginator = self.django_paginator_class(queryset, self.get_page_size(request) or DEFAULT_SIZE)
        try:
            self.page = paginator.page(number)
        except InvalidPage as error:
            raise NotFound(f"没有第 {number} 页；共 {paginator.num_pages} 页，{paginator.count} 条。") from error
        return list(self.page)

    def get_page_size(self, request: Any) -> int:
        value = request.query_params.get(self.page_size_query_param)
        return DEFAULT_SIZE if value is None else whole_number(value, self.page_size_query_param, MAX_SIZE)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            parameter["schema"]["minimum"] = 1
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] |= {"maximum": MAX_SIZE, "default": DEFAULT_SIZE}
        return parameters

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {"count": {"type": "integer"}, "next": address, "previous": address, "results": schema},
        }
