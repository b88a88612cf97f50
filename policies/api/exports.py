"""Downloads: the records of a kind as a file, all or those that the filters choose; one policy, whole or cited."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django_filters import FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView

from policies.api import filters
from policies.api.freshness import Dated
from policies.api.lookups import policy_key
from policies.api.strict import StrictBackend, check_parameters, filtered, several_of
from policies.exports.documents import DOCUMENTS, Document
from policies.exports.files import FORMATS, Format, Selection, download, formats_of, root_of
from policies.exports.kinds import KINDS, Kind
from policies.models import Policy

FILTERS: dict[str, type[FilterSet]] = {
    "issues": filters.IssueFilter,
    "policies": filters.PolicyFilter,
    "provisions": filters.ProvisionFilter,
    "targets": filters.TargetFilter,
    "responsibilities": filters.ResponsibilityFilter,
    "obligations": filters.ObligationFilter,
    "observations": filters.ObservationFilter,
    "references": filters.ReferenceFilter,
    "tables": filters.TableFilter,
    "figures": filters.FigureFilter,
    "agencies": filters.AgencyFilter,
    "regions": filters.RegionFilter,
}


def select(kind: Kind, parameters: QueryDict, user: Any, root: str) -> Selection:
    """The rows of a kind that the parameters choose.  Raises InvalidParameters for what is none of them."""
    request = SimpleNamespace(user=user, query_params=parameters)
    filterset = FILTERS[kind.name](parameters, kind.rows(user), request=request)
    check_parameters(request, filterset.filters, several_of(filterset.filters))
    return Selection(kind, filtered(filterset), user, root)


def find_format(name: str, ending: str) -> tuple[Kind, Format]:
    """The kind and the format of targets.csv; raises NotFound with what there is instead."""
    kind, made = KINDS.get(name), FORMATS.get(ending)
    if kind is None:
        raise NotFound(f"没有“{name}”这类记录；可下载的：{'、'.join(KINDS)}。")
    if made is None or kind.name not in made.kinds:
        offered = "、".join(other.ending for other in formats_of(kind))
        raise NotFound(f"{kind.label}没有 {ending} 格式；可用的：{offered}。")
    return kind, made


def find_document(key: str, ending: str, user: Any) -> tuple[Policy, Document]:
    """The policy of an id or slug, and the format; raises NotFound."""
    if ending not in DOCUMENTS:
        raise NotFound(f"政策没有 {ending} 格式；可用的：{'、'.join(DOCUMENTS)}。")
    policies = Policy.objects.visible_to(user).select_related("issue", "source", "region")
    policy = policies.filter(policy_key(key)).first()
    if policy is None:
        raise NotFound("没有这篇政策，或它尚未发布。")
    return policy, DOCUMENTS[ending]


class FileView(Dated, APIView):
    """What answers with the format that the address names, whatever the client says it accepts."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        return super().perform_content_negotiation(request, force=True)


class ExportView(FileView):
    def get(self, request: Request, kind: str, ending: str) -> HttpResponseBase:
        found, made = find_format(kind, ending)
        selection = select(found, request.query_params, request.user, root_of(request))
        return download(made, selection, f"{found.label} {timezone.localdate()}")


def view_of(kind: Kind) -> type[ExportView]:
    """The same view for one kind, so that the OpenAPI document tells its formats and its filters."""
    filterset = FILTERS[kind.name]
    parts = {"queryset": filterset._meta.model.objects.all(), "filterset_class": filterset}
    view = type(f"{kind.name.title()}ExportView", (ExportView,), {**parts, "filter_backends": [StrictBackend]})
    about = f"{kind.label}的全部记录，或参数所选的，成一个文件。读者只得已发布的，编辑可得全部。"
    described = _files(formats_of(kind), f"export_{kind.name}", f"下载{kind.label}", about, filters=True)
    return extend_schema_view(get=described)(view)


def _files(made: Sequence[Format | Document], operation: str, summary: str, about: str, **told: Any) -> Callable:
    """Describe an operation that answers with files of these formats."""
    ending = OpenApiParameter(
        "ending", str, OpenApiParameter.PATH, enum=[one.ending for one in made],
        description=f"格式：{'、'.join(f'{one.ending}（{one.label}）' for one in made)}",
    )  # fmt: skip
    types = [one.mime.partition(";")[0] for one in made]
    return extend_schema(
        operation_id=operation,
        tags=["下载"],
        summary=summary,
        description=about,
        parameters=[ending, *told.pop("parameters", [])],
        responses={(200, *types): OpenApiResponse(OpenApiTypes.BINARY, description="文件")},
        **told,
    )


class DocumentView(FileView):
    @_files(
        list(DOCUMENTS.values()),
        "export_policy",
        "下载一篇政策",
        "一篇政策的标题、各条款与表，成一个文件；txt、bib、ris 是它的引用格式。",
        parameters=[OpenApiParameter("key", str, OpenApiParameter.PATH, description="政策的 id 或 slug")],
    )
    def get(self, request: Request, key: str, ending: str) -> HttpResponseBase:
        check_parameters(request, [])
        policy, made = find_document(key, ending, request.user)
        response = HttpResponse(made.write(policy, request.user, root_of(request)), content_type=made.mime)
        response["Content-Disposition"] = content_disposition_header(True, f"{policy.title[:60]}.{ending}")
        return response
