"""Pages for people, a cursor for machines; what is neither is refused, never guessed."""

import re
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from django.utils.functional import cached_property
from rest_framework import pagination
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from policies.api.errors import Fault, InvalidParameters
from policies.views.paging import FromNearerEnd

DEFAULT_SIZE = 50
MAX_SIZE = 200
START = "*"
CURSOR = re.compile(r"\*|\d{1,18}", re.ASCII)  # the key of a record, that of a region too
COUNT_KEPT = 60  # seconds
EXAMPLE = "https://example.org/api/v1/targets/?page="


def whole_number(value: str, parameter: str, largest: int | None = None) -> int:
    """`value` as a number from 1 to `largest`; raises InvalidParameters."""
    if not (value.isascii() and value.isdecimal()) or int(value[:10]) < 1 or (largest and int(value[:10]) > largest):
        kind = f"从 1 到 {largest} 的整数" if largest else "从 1 起的整数"
        raise InvalidParameters([Fault(parameter, f"参数 {parameter} 应为{kind}，不能是“{value}”。")])
    return int(value)


class Counted(FromNearerEnd):
    """Counts once for a state of the base: that costs more than to read a page.  None for `state` counts anew."""

    def __init__(self, rows: QuerySet, size: int, state: datetime | None):
        self.state = state
        super().__init__(rows, size)

    @cached_property
    def count(self) -> int:
        if self.state is None:
            return self.object_list.count()
        try:
            asked = f"{self.state.isoformat()} {self.object_list.query.sql_with_params()}"
        except EmptyResultSet:  # no row can be so: a number that its column cannot hold
            return 0
        key = f"api-count-{sha256(asked.encode()).hexdigest()}"
        return cache.get_or_set(key, self.object_list.count, COUNT_KEPT) or 0


class Pages(pagination.PageNumberPagination):
    """count, next, previous and results; `next` and `previous` are whole addresses or null.

    `page` counts from 1 and has no last but that of the list.  `cursor=*` reads in the order of ids instead,
    each `next` going on after the last id read: rows that come or go meanwhile move no others, and nothing
    is counted, so that `count` and `previous` are null.
    """

    page_size = DEFAULT_SIZE
    max_page_size = MAX_SIZE
    page_size_query_param = "page_size"
    cursor_query_param = "cursor"
    page_query_description = "第几页，从 1 起；没有上限。"
    page_size_query_description = f"每页多少条，1 至 {MAX_SIZE}，缺省 {DEFAULT_SIZE}。"
    cursor_query_description = "依 id 次序逐批读完全部：从 * 起，此后照 next；不与 page、ordering 同用，不计总数。"

    names = [pagination.PageNumberPagination.page_query_param, page_size_query_param, cursor_query_param]

    request: Request
    following: str | None = None

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any] | None:
        self.request = request
        size = self.get_page_size(request) or DEFAULT_SIZE
        if self.cursor_query_param in request.query_params:
            return self._after(queryset, request.query_params[self.cursor_query_param], size)
        number = whole_number(request.query_params.get("page", "1"), "page")
        paginator = Counted(queryset.values_list("pk", flat=True), size, getattr(view, "changed", None))
        try:
            self.page = paginator.page(number)
        except InvalidPage as error:
            raise NotFound(f"没有第 {number} 页；共 {paginator.num_pages} 页，{paginator.count} 条。") from error
        # Keys first: a page far behind does not read the rows before it.
        rows = queryset.order_by().in_bulk(list(self.page))
        return [rows[key] for key in self.page if key in rows]

    def _after(self, rows: QuerySet, cursor: str, size: int) -> list[Any]:
        """The rows whose keys follow the cursor, and how to go on."""
        for other in (self.page_query_param, "ordering"):
            if other in self.request.query_params:
                raise InvalidParameters([Fault(other, f"参数 {other} 不能与 cursor 同用。")])
        rows = rows.order_by("pk")
        if not CURSOR.fullmatch(cursor):
            detail = f"参数 cursor 不能是“{cursor[:60]}”；从 {START} 起，此后照答复中的 next。"
            raise InvalidParameters([Fault(self.cursor_query_param, detail)])
        if cursor != START:
            rows = rows.filter(pk__gt=cursor)
        found = list(rows[: size + 1])
        if len(found) > size:
            address = self.request.build_absolute_uri()
            self.following = replace_query_param(address, self.cursor_query_param, found[size - 1].pk)
        return found[:size]

    def get_paginated_response(self, data: Any) -> Response:
        if self.cursor_query_param not in self.request.query_params:
            return super().get_paginated_response(data)
        return Response({"count": None, "next": self.following, "previous": None, "results": data})

    def get_page_size(self, request: Any) -> int:
        value = request.query_params.get(self.page_size_query_param)
        return DEFAULT_SIZE if value is None else whole_number(value, self.page_size_query_param, MAX_SIZE)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            parameter["schema"]["minimum"] = 1
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] |= {"maximum": MAX_SIZE, "default": DEFAULT_SIZE}
        cursor = {"type": "string", "pattern": f"^({CURSOR.pattern})$"}
        described = {"in": "query", "required": False, "description": self.cursor_query_description, "schema": cursor}
        return [*parameters, {"name": self.cursor_query_param, **described}]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": ["integer", "null"], "example": 5021},
                "next": address | {"example": f"{EXAMPLE}3"},
                "previous": address | {"example": f"{EXAMPLE}1"},
                "results": schema,
            },
        }


class NumberedPages(Pages):
    """Pages alone, for what is in the order of its time."""

    names = [Pages.page_query_param, Pages.page_size_query_param]

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [one for one in super().get_schema_operation_parameters(view) if one["name"] != self.cursor_query_param]
