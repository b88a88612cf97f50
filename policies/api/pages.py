"""The page that says what the API offers, for people."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.http import urlencode

from policies.api import changes, search, statistics
from policies.api.exports import FILTERS
from policies.api.pagination import DEFAULT_SIZE, MAX_SIZE
from policies.exports.documents import DOCUMENTS
from policies.exports.files import formats_of
from policies.exports.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Endpoint:
    url: str
    title: str
    parameters: list[str]


@dataclass(frozen=True, slots=True)
class Download:
    """A kind of records, and the address of its file in each format."""

    title: str
    files: dict[str, str]
    parameters: list[str]


@dataclass(frozen=True, slots=True)
class Example:
    title: str
    url: str


def index(request: HttpRequest) -> HttpResponse:
    """The endpoints with their parameters, and examples of their use."""
    return render(
        request,
        "api/index.html",
        {
            "section": "api",
            "resources": _endpoints(),
            "downloads": _downloads(),
            "documents": [unquote(reverse("api:export_policy", args=["编号", ending])) for ending in DOCUMENTS],
            "examples": _examples(),
            "default_size": DEFAULT_SIZE,
            "max_size": MAX_SIZE,
        },
    )


@csp_update({"img-src": [SELF, "data:"]})  # its style sheet holds the arrows
def trial(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document as Swagger UI shows it: every operation can be tried."""
    return render(request, "api/try.html", {"section": "api"})


def trial_script(request: HttpRequest) -> HttpResponse:
    """What starts Swagger UI on that page; no other page needs it."""
    return render(request, "api/try.js", content_type="text/javascript; charset=utf-8")


def _endpoints() -> list[Endpoint]:
    lists = {
        "api:issue": "各期",
        "api:policy": "政策；一条记录含条款、目标、责任、义务、引用、表、图与统计值",
        "api:provision": "条款",
        "api:target": "量化目标",
        "api:responsibility": "责任",
        "api:obligation": "义务",
        "api:reference": "引用",
        "api:table": "表",
        "api:observation": "统计值",
        "api:agency": "部门",
        "api:region": "地区",
        "runs:run": "采集：上传的文件入库的经过；限编辑",
        "runs:batch": "同时上传的各批文件，及其采集；限编辑",
        "api:doubt": "提示；限编辑",
        "api:action": "历史：谁在何时做了什么；一条记录含前后各是什么；限编辑",
    }
    return [
        *(_list_of(reverse(f"{name}-list"), title) for name, title in lists.items()),
        Endpoint(reverse("api:search"), "检索条款", search.PARAMETERS),
        Endpoint(reverse("api:suggestions"), "输入时的建议", ["q"]),
        Endpoint(reverse("api:statistics"), "件数，可分组", statistics.PARAMETERS),
        Endpoint(reverse("api:changes"), "自某处以来的变更", changes.PARAMETERS),
    ]


def _list_of(url: str, title: str) -> Endpoint:
    view: Any = resolve(url).func.cls  # type: ignore[attr-defined]  # a viewset's
    return Endpoint(url, title, [*view.filterset_class.base_filters, *view(detail=False).parameters])


def _downloads() -> list[Download]:
    return [
        Download(
            kind.label,
            {made.ending: reverse("api:export", args=[kind.name, made.ending]) for made in formats_of(kind)},
            list(FILTERS[kind.name].base_filters),
        )
        for kind in KINDS.values()
    ]


def _examples() -> list[Example]:
    examples: list[tuple[str, str, dict[str, str]]] = [
        ("广东省及其各市的政策", "policy", {"region": "广东"}),
        ("2025 年到期、不少于 100 亿元的目标", "target", {"year": "2025", "unit": "亿元", "value_min": "100"}),
        ("名称含“数据”的部门，任务多的在前", "agency", {"name": "数据", "ordering": "-tasks"}),
        ("浙江省的市", "region", {"parent": "330000"}),
    ]
    listed = [Example(title, f"{reverse(f'api:{name}-list')}?{urlencode(query)}") for title, name, query in examples]
    searched = Example(
        "含“数据安全”的法规条款", f"{reverse('api:search')}?{urlencode({'q': '数据安全', 'kind': 'law'})}"
    )
    return [*listed, searched]
