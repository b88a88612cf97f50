"""The resources of the API, version 1: each a list and its records; `writing` says what is written of them."""

from collections.abc import Callable, Set
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django_filters import FilterSet
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from policies.api import filters, lookups, querysets
from policies.api.errors import InvalidParameters
from policies.api.examples import of_record
from policies.api.filter_kinds import WhetherField
from policies.api.freshness import Dated, last_change
from policies.api.pagination import Pages
from policies.api.serializers import listed
from policies.api.serializers.directory import AgencyDetailSerializer, RegionSerializer
from policies.api.serializers.fields import ShapedSerializer
from policies.api.serializers.policies import IssueDetailSerializer, PolicyDetailSerializer
from policies.api.shaping import EXPAND, FIELDS, Shape, shape_of
from policies.api.strict import StrictBackend, check_parameters, value_fault
from policies.api.writing import Adds, Corrects, Moves, Rejects
from policies.api.writing_schema import writing
from policies.models import (
    Agency,
    Issue,
    Obligation,
    Observation,
    Policy,
    Provision,
    Reference,
    Region,
    Responsibility,
    Table,
    Target,
)
from policies.selectors.agencies import shown_agencies

TREE = "tree"


def described(model: type[Model], tag: str, many: str, one: str, key: OpenApiParameter | None = None) -> Callable:
    """Say in the OpenAPI document what the list and the record of a resource are, and what a record's key is."""
    key = key or OpenApiParameter("id", int, OpenApiParameter.PATH, description=f"{tag}的 id")

    def describe(view: type["Resource"]) -> type["Resource"]:
        shape = [_names(name, allowed) for name, allowed in view.serializer_class.nameable().items() if allowed]
        examples = [of_record(model)]
        more = view.more_parameters
        return extend_schema_view(
            list=extend_schema(
                tags=[tag], summary=many, description=f"{many}，分页。读者只见已发布的，编辑可见全部。",
                parameters=shape, examples=examples,
            ),
            retrieve=extend_schema(
                tags=[tag], summary=one, description=f"{one}。", parameters=[key, *shape, *more], examples=examples
            ),
            **writing(view, tag, key),
        )(view)  # fmt: skip

    return describe


def _names(parameter: str, allowed: list[str]) -> OpenApiParameter:
    what = {FIELDS: "只要这些字段", EXPAND: "另要这些字段，或把它们展开"}[parameter]
    one = "|".join(allowed)
    schema = {"type": "string", "pattern": f"^({one})(,({one}))*$"}
    return OpenApiParameter(parameter, schema, description=f"{what}，用逗号隔开：{'、'.join(allowed)}")


class Resource(Dated, viewsets.ReadOnlyModelViewSet):
    """A list and its records; a record holds by itself what a list has to be asked for, if it is `whole`."""

    filter_backends = [StrictBackend]
    filterset_class: type[FilterSet]
    serializer_class: type[ShapedSerializer]
    pagination_class = Pages
    lookup_value_regex = r"\d{1,18}"
    read: Callable[[Any, Set[str]], QuerySet]
    whole = False
    dated = True
    more_parameters: ClassVar[list[OpenApiParameter]] = []

    @property
    def parameters(self) -> list[str]:
        """What may be asked beside the filters."""
        shape = [name for name, allowed in self.serializer_class.nameable().items() if allowed]
        if self.detail:
            return [*shape, *(parameter.name for parameter in self.more_parameters)]
        return [*shape, *Pages.names]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not self.action:
            return  # 405
        if self.detail and request.method in SAFE_METHODS:
            check_parameters(request, self.parameters)
        self.shape = shape_of(request.query_params, self.serializer_class.nameable())

    def get_queryset(self) -> QuerySet:
        parts = self.serializer_class.parts(self.shape, whole=self.whole and self.detail)
        return type(self).read(self.request.user, parts)

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        if getattr(self, "swagger_fake_view", False):  # every field, for the OpenAPI document
            everything = frozenset(self.serializer_class.nameable()[EXPAND])
            return context | {"shape": Shape(expand=everything), "whole": True, "tree": None}
        return context | {"shape": self.shape, "whole": self.whole and self.detail, "tree": False}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.changed = last_change() if self.dated else None
        return super().list(request, *args, **kwargs)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        self.changed = getattr(getattr(row, "policy", row), "updated_at", None)
        return Response(self.get_serializer(row).data)


@described(
    Issue,
    "期",
    "各期",
    "一期，含本期要目与各篇政策",
    OpenApiParameter("id", str, OpenApiParameter.PATH, description="年份与期号，如 2023-48，或期的 id"),
)
class IssueViewSet(Moves, Resource):
    queryset = Issue.objects.all()
    serializer_class = IssueDetailSerializer
    filterset_class = filters.IssueFilter
    lookup_value_regex = r"[0-9]{1,9}(?:-[0-9]{1,9})?"
    read = staticmethod(querysets.issues)
    whole = True

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        changed = last_change()  # its policies stand in it, and have times of their own
        answer = super().retrieve(request, *args, **kwargs)
        self.changed = changed
        return answer

    def get_object(self) -> Issue:
        return get_object_or_404(self.get_queryset(), lookups.issue_key(self.kwargs["pk"]))


@described(
    Policy,
    "政策",
    "各篇政策；一期的依印出的次序，其余新的在前",
    "一篇政策，含条款、目标、责任、义务、引用、表、图、统计值与前后版本",
    OpenApiParameter("id", str, OpenApiParameter.PATH, description="政策的 id 或 slug"),
)
class PolicyViewSet(Corrects, Moves, Resource):
    queryset = Policy.objects.all()
    serializer_class = PolicyDetailSerializer
    filterset_class = filters.PolicyFilter
    lookup_value_regex = r"[-\w]+"
    read = staticmethod(querysets.policies)
    whole = True
    more_parameters = [OpenApiParameter(TREE, bool, description="条款成树：下级在上级的 children 之中")]

    def get_serializer_context(self) -> dict[str, Any]:
        context = super().get_serializer_context()
        return context if context["tree"] is None else context | {"tree": self.detail and self._as_tree()}

    def get_object(self) -> Policy:
        """The policy with this id or slug."""
        return get_object_or_404(self.get_queryset(), lookups.policy_key(self.kwargs["pk"]))

    def row(self) -> Policy:
        return get_object_or_404(Policy.objects.visible_to(self.request.user), lookups.policy_key(self.kwargs["pk"]))

    def _as_tree(self) -> bool:
        asked = self.request.query_params.get(TREE, "false")
        try:
            return bool(WhetherField().clean(asked))
        except ValidationError as error:
            raise InvalidParameters([value_fault(TREE, asked, None, error.messages)]) from error


@described(Provision, "条款", "各条款，依原文次序", "一个条款")
class ProvisionViewSet(Rejects, Resource):
    queryset = Provision.objects.all()
    serializer_class = listed.ListedProvisionSerializer
    filterset_class = filters.ProvisionFilter
    read = staticmethod(querysets.provisions)


@described(Target, "目标", "各项量化目标", "一项目标")
class TargetViewSet(Adds, Resource):
    queryset = Target.objects.all()
    serializer_class = listed.ListedTargetSerializer
    filterset_class = filters.TargetFilter
    read = staticmethod(querysets.extracted(Target))


@described(Responsibility, "责任", "各处责任及其中的部门", "一处责任")
class ResponsibilityViewSet(Adds, Resource):
    queryset = Responsibility.objects.all()
    serializer_class = listed.ListedResponsibilitySerializer
    filterset_class = filters.ResponsibilityFilter
    read = staticmethod(querysets.extracted(Responsibility))


@described(Obligation, "义务", "各项义务", "一项义务")
class ObligationViewSet(Adds, Resource):
    queryset = Obligation.objects.all()
    serializer_class = listed.ListedObligationSerializer
    filterset_class = filters.ObligationFilter
    read = staticmethod(querysets.extracted(Obligation))


@described(Reference, "引用", "各处引用", "一处引用")
class ReferenceViewSet(Adds, Resource):
    queryset = Reference.objects.all()
    serializer_class = listed.ListedReferenceSerializer
    filterset_class = filters.ReferenceFilter
    read = staticmethod(querysets.extracted(Reference))


@described(Table, "表", "各表，表头与各行照原文", "一张表")
class TableViewSet(Resource):
    queryset = Table.objects.all()
    serializer_class = listed.ListedTableSerializer
    filterset_class = filters.TableFilter
    read = staticmethod(querysets.extracted(Table))


@described(Observation, "统计值", "各项统计值", "一项统计值")
class ObservationViewSet(Adds, Resource):
    queryset = Observation.objects.all()
    serializer_class = listed.ListedObservationSerializer
    filterset_class = filters.ObservationFilter
    read = staticmethod(querysets.extracted(Observation))


@described(Agency, "部门", "各部门，附任务数与发布件数", "一个部门，含前身与后继；已并入另一部门的转到那里")
class AgencyViewSet(Resource):
    queryset = Agency.objects.all()
    serializer_class = AgencyDetailSerializer
    filterset_class = filters.AgencyFilter
    read = staticmethod(querysets.agencies)
    whole = True
    dated = False

    @extend_schema(
        responses={200: AgencyDetailSerializer, 301: OpenApiResponse(description="已并入另一部门，Location 是它的地址")}
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        merged = Agency.objects.filter(pk=self.kwargs["pk"], merged_into__in=shown_agencies(request.user)).first()
        if merged is None:
            return super().retrieve(request, *args, **kwargs)
        address = reverse("api:agency-detail", [merged.merged_into_id], request=request)
        return HttpResponsePermanentRedirect(f"{address}?{query}" if (query := request.GET.urlencode()) else address)


@described(
    Region,
    "地区",
    "各地区（GB/T 2260）",
    "一个地区",
    OpenApiParameter("code", str, OpenApiParameter.PATH, description="六位代码，如 330000"),
)
class RegionViewSet(Resource):
    queryset = Region.objects.all()
    serializer_class = RegionSerializer
    filterset_class = filters.RegionFilter
    lookup_value_regex = r"\d{6}"
    read = staticmethod(querysets.regions)
    dated = False
