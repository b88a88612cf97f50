"""One shape for every failure of the API: problem details (RFC 9457)."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response

from config.bodies import LIMITS, UnfinishedBody, limit_words
from config.faults import AWAY, BACK, words_for
from policies.api.limits import Limit, words_for_many
from policies.history import EditError

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
View = Callable[[HttpRequest], HttpResponseBase]
TITLES = {
    400: "请求有误",
    401: "需要登录",
    403: "没有权限",
    404: "没有找到",
    405: "方法不受支持",
    406: "没有所要的格式",
    409: "现在不能这样做",
    410: "已不存在",
    411: "没有说明长度",
    412: "记录已有改动",
    413: "请求太大",
    415: "请求的格式不受支持",
    428: "没有说明所见的版本",
    429: "请求过多",
    500: "服务器出错",
    503: "服务暂不可用",
}


UNSEEN = "没有这条记录，或它尚未发布。"
GONE = "没有这条记录；它可能已随新版本消失。"  # to those who see drafts
UNKNOWN = "没有这条记录。"  # to them, of what no load takes away
MOST_FAULTS = 100  # that are told of one request
REFUSALS = (exceptions.AuthenticationFailed, exceptions.NotAuthenticated, exceptions.PermissionDenied)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one parameter; `allowed` lists what it may be, where that is a closed set."""

    parameter: str
    detail: str
    allowed: list[str] | None = None


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field of a body; `agencies.0.role` is a field of the first in a list."""

    field: str
    detail: str
    allowed: list[str] | None = None


class Faulty(exceptions.APIException):
    """What was asked or sent has faults, each of which is named; `anchor` is where the API's page tells of them."""

    status_code = HTTPStatus.BAD_REQUEST
    anchor: str
    title: str

    def __init__(self, faults: Sequence[Fault] | Sequence[FieldFault]):
        self.faults: list[Fault | FieldFault] = list(faults[:MOST_FAULTS])
        more = len(faults) - len(self.faults)
        told = [fault.detail for fault in self.faults]
        super().__init__("".join([*told, f"另有 {more} 处没有列出。"] if more else told))


class InvalidParameters(Faulty):
    """Parameters that do not exist, or values outside their kind."""

    anchor, title = "invalid-parameters", "参数有误"


class InvalidFields(Faulty):
    """Fields of a body that do not exist, or values that no record may hold; files that are not taken."""

    anchor, title = "invalid-fields", "字段有误"


class LengthRequired(exceptions.APIException):
    """A body that comes in chunks, of which WSGI does not say where it ends."""

    status_code = HTTPStatus.LENGTH_REQUIRED
    default_detail = "请以 Content-Length 说明内容的长度；不接受分块传输（Transfer-Encoding）。"


class TooLarge(exceptions.APIException):
    """More than is taken; its words name the limit."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Conflict(exceptions.APIException):
    """What cannot be done with the record as it is now; nothing was written."""

    status_code = HTTPStatus.CONFLICT


class Stale(exceptions.APIException):
    """The record is not what the client saw; `more` tells what it is now, and `headers` which version that is."""

    status_code = HTTPStatus.PRECONDITION_FAILED

    def __init__(self, detail: str, more: dict[str, Any], headers: dict[str, str]):
        self.more, self.headers = more, headers
        super().__init__(detail)


class VersionRequired(exceptions.APIException):
    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = "请以 If-Match 带上读这条记录时的 ETag；不论现在如何都要改的，带上 *。"


class Unavailable(exceptions.APIException):
    status_code = HTTPStatus.SERVICE_UNAVAILABLE


class DatabaseAway(Unavailable):
    wait = BACK


def handle(exception: Exception, context: dict[str, Any]) -> Response:
    """DRF's exception handler: any exception as a problem; unforeseen ones are logged and told as 500."""
    request = context["request"]
    exception = _foreseen(exception, context)
    if isinstance(exception, REFUSALS):
        exception = _counted(exception, request)
    if isinstance(exception, exceptions.Throttled):
        exception.detail = exceptions.ErrorDetail(words_for_many(request, getattr(exception, "wait", None)))
    if not isinstance(exception, exceptions.APIException):
        logger.error("unforeseen failure at %s", request.path, exc_info=exception)
        got_request_exception.send(sender=None, request=request)
        exception = exceptions.APIException("服务器出错，已记录；请稍后再试。")
    body = problem(request, exception.status_code, _text(exception.detail))
    if isinstance(exception, Faulty):
        body["type"] = f"{reverse('api:index')}#{exception.anchor}"
        body["title"] = exception.title
        body["errors"] = [asdict(fault) for fault in exception.faults]
    if isinstance(exception, Stale):
        body |= exception.more
    return Response(body, status=exception.status_code, headers=_headers(exception), content_type=MEDIA_TYPE)


def _foreseen(exception: Exception, context: dict[str, Any]) -> Exception:
    """What is told of an exception: one of DRF's in our words, with the next step; the unforeseen as it is."""
    request = context["request"]
    if isinstance(exception, Http404):
        gone = UNKNOWN if getattr(context["view"], "lasting", False) else GONE
        exception = exceptions.NotFound(gone if request.user.is_staff else UNSEEN)
    elif isinstance(exception, exceptions.MethodNotAllowed):
        allowed = "、".join(context["view"].allowed_methods)
        exception.detail = exceptions.ErrorDetail(f"这里不接受 {request.method}；可用的方法：{allowed}。")
    elif isinstance(exception, exceptions.NotAcceptable):
        given = "、".join(renderer.media_type for renderer in context["view"].get_renderers())
        exception.detail = exceptions.ErrorDetail(f"这里只有 {given}；请在 Accept 中写明，或不带 Accept。")
    elif isinstance(exception, exceptions.UnsupportedMediaType):
        taken = "，或".join(parser.takes for parser in request.parsers)
        exception.detail = exceptions.ErrorDetail(f"请求的内容应为：{taken}。")
    elif isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied(str(exception) or None)
    elif isinstance(exception, exceptions.NotAuthenticated):
        exception.detail = exceptions.ErrorDetail("请带上密钥（Authorization: Bearer pk_…），或先登录。")
    elif isinstance(exception, EditError):
        exception = Conflict(str(exception))
    elif isinstance(exception, LIMITS):
        exception = TooLarge(limit_words(exception))
    elif isinstance(exception, UnfinishedBody):
        exception = exceptions.ParseError(str(exception))
    elif isinstance(exception, AWAY):
        logger.error("database away at %s", request.path, exc_info=exception)
        exception = DatabaseAway(words_for(exception))
    return exception


def _counted(refusal: exceptions.APIException, request: Any) -> exceptions.APIException:
    """The refusal of one who may not, or what tells him to wait: DRF counts only those whom it has let in."""
    limit = Limit()
    if hasattr(request._request, "limited") or limit.allow_request(request, None):
        return refusal
    return exceptions.Throttled(limit.wait())


def _headers(exception: exceptions.APIException) -> dict[str, str]:
    """How to log in, where that would help; how many seconds to wait; which version there is."""
    headers = {}
    if scheme := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = scheme
    if wait := getattr(exception, "wait", None):
        headers["Retry-After"] = f"{wait:.0f}"
    if isinstance(exception, Stale):
        headers |= exception.headers
    return headers


def problem(request: HttpRequest, status: int, detail: str) -> dict[str, Any]:
    """The body of a failure; `instance` is the path that was asked for."""
    return {
        "type": "about:blank",
        "title": TITLES.get(status) or HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "instance": request.path,
    }


@csrf_exempt  # what is sent here goes nowhere
@login_not_required  # there is nothing to keep from anybody
def not_found(request: HttpRequest) -> HttpResponse:
    """What answers under /api/ where nothing is; a missing slash at the end is put right for readers."""
    if not request.path.endswith("/") and request.method in {"GET", "HEAD"}:
        try:
            found = resolve(f"{request.path_info}/")
        except Resolver404:
            found = None
        if found and found.func is not not_found:
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    detail = f"没有 {request.path} 这个地址；可用的地址见 {reverse('api:index')}。"
    body = problem(request, HTTPStatus.NOT_FOUND, detail)
    return _answer(body)


def told_conditions(get_response: View) -> View:
    """Middleware, around Django's own for conditions: what it answers to a reader's If-Match has no body."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        told = response.headers.get("Content-Type") == MEDIA_TYPE or not request.path_info.startswith("/api/v1/")
        if told or response.status_code != HTTPStatus.PRECONDITION_FAILED:
            return response
        detail = "现在的答复不是 If-Match 或 If-Unmodified-Since 所指的那一个；只要现在的，请不带它们。"
        return _answer(problem(request, response.status_code, detail) | {"title": "条件不符"})

    return answer


def _answer(body: dict[str, Any]) -> JsonResponse:
    """A problem, told outside of DRF."""
    return JsonResponse(body, status=body["status"], content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


def _text(detail: Any) -> str:
    """DRF's details, which may be nested, as one sentence."""
    if isinstance(detail, dict):
        return "；".join(f"{name}：{_text(value)}" for name, value in detail.items())
    if isinstance(detail, list):
        return "；".join(_text(value) for value in detail)
    return str(detail)
