"""The resources of the API, version 1: read-only, each a list and a record."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django_filters import FilterSet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.serializers import BaseSerializer

from policies.api import filters, querysets
from policies.api.pagination import Pages
from policies.api.serializers.directory import AgencyDetailSerializer, AgencySerializer, RegionSerializer
from policies.api.serializers.policies import (
    IssueDetailSerializer,
    IssueSerializer,
    PolicyDetailSerializer,
    PolicySerializer,
)
from policies.api.serializers.records import ListedProvisionSerializer, ListedTargetSerializer
from policies.models import Agency, Issue, Policy, Provision, Region, Target


def described(tag: str, many: str, one: str, key: OpenApiParameter | None = None) -> Callable:
    """Say in the OpenAPI document what the list and the record of a resource are, and what a record's key is."""
    key = key or OpenApiParameter("id", int, OpenApiParameter.PATH, description=f"{tag}的 id")
    return extend_schema_view(
        list=extend_schema(tags=[tag], summary=many, description=f"{many}，分页。读者只见已发布的，编辑可见全部。"),
        retrieve=extend_schema(tags=[tag], summary=one, description=f"{one}。", parameters=[key]),
    )


class Resource(viewsets.ReadOnlyModelViewSet):
    """A list and its records, of which a record may hold more (`whole_serializer_class`)."""

    filter_backends = [filters.StrictBackend]
    filterset_class: type[FilterSet]
    pagination_class = Pages
    lookup_value_regex = r"\d+"
    whole_serializer_class: type[BaseSerializer] | None = None

    def get_serializer_class(self) -> type[BaseSerializer]:
        if self.detail and self.whole_serializer_class:
            return self.whole_serializer_class
        return super().get_serializer_class()


@described("期", "各期", "一期，含本期要目与各篇政策")
class IssueViewSet(Resource):
    queryset = Issue.objects.all()
    serializer_class = IssueSerializer
    whole_serializer_class = IssueDetailSerializer
    filterset_class = filters.IssueFilter

    def get_queryset(self) -> QuerySet[Issue]:
        return (querysets.whole_issues if self.detail else querysets.issues)(self.request.user)


@described(
    "政策",
    "各篇政策",
    "一篇政策，含条款、目标、责任、义务、引用、表、图、统计值与前后版本",
    OpenApiParameter("id", str, OpenApiParameter.PATH, description="政策的 id 或 slug"),
)
class PolicyViewSet(Resource):
    queryset = Policy.objects.all()
    serializer_class = PolicySerializer
    whole_serializer_class = PolicyDetailSerializer
    filterset_class = filters.PolicyFilter
    lookup_value_regex = r"[-\w]+"

    def get_queryset(self) -> QuerySet[Policy]:
        return (querysets.whole_policies if self.detail else querysets.policies)(self.request.user)

    def get_object(self) -> Policy:
        """The policy with this id or slug."""
        policies = self.filter_queryset(self.get_queryset())
        return get_object_or_404(policies, filters.policy_key(self.kwargs["pk"]))


@described("条款", "各条款，依原文次序", "一个条款")
class ProvisionViewSet(Resource):
    queryset = Provision.objects.all()
    serializer_class = ListedProvisionSerializer
    filterset_class = filters.ProvisionFilter

    def get_queryset(self) -> QuerySet[Provision]:
        return querysets.provisions(self.request.user)


@described("目标", "各项量化目标", "一项目标")
class TargetViewSet(Resource):
    queryset = Target.objects.all()
    serializer_class = ListedTargetSerializer
    filterset_class = filters.TargetFilter

    def get_queryset(self) -> QuerySet[Target]:
        return querysets.targets(self.request.user)


@described("部门", "各部门，附任务数与发布件数", "一个部门，含前身与后继")
class AgencyViewSet(Resource):
    queryset = Agency.objects.all()
    serializer_class = AgencySerializer
    whole_serializer_class = AgencyDetailSerializer
    filterset_class = filters.AgencyFilter

    def get_queryset(self) -> QuerySet[Agency]:
        return (querysets.whole_agencies if self.detail else querysets.agencies)(self.request.user)


@described(
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
