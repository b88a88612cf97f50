"""Counts by region, agency, year, topic …"""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from policies.api.examples import answer
from policies.api.filters import PolicyFacts
from policies.api.freshness import Dated, last_change
from policies.api.lookups import one_of
from policies.api.serializers.statistics import StatisticsSerializer
from policies.api.strict import StrictBackend, check_parameters, filtered, several_of
from policies.models import Policy
from policies.selectors.policies import with_year
from policies.selectors.statistics import AGENCY, SIDES, Counts, counted, grouped, totals

BY = [*SIDES, AGENCY]
PARAMETERS = ["by", *PolicyFacts.base_filters]
EXAMPLE = {
    "by": "province",
    "totals": {"policies": 2, "clauses": 81, "targets": 14, "tasks": 60},
    "results": [{"value": "330000", "label": "浙江省", "policies": 2, "clauses": 81, "targets": 14, "tasks": 60}],
}


class StatisticsView(Dated, GenericAPIView):
    queryset = Policy.objects.all()
    filter_backends = [StrictBackend]
    filterset_class = PolicyFacts
    serializer_class = StatisticsSerializer

    @extend_schema(
        operation_id="statistics",
        tags=["统计"],
        summary="件数，可按地区、部门、年份、主题等分组",
        description="所选政策及其条款、目标、任务的件数；只计可读的。by=province 含其下的市县，by=region 只计自己的；"
        "一篇有几个主题的，各计一次。不分页，全部给出。",
        parameters=[OpenApiParameter("by", str, enum=BY, description="按什么分组；不给则只有总数")],
        examples=[answer(EXAMPLE)],
    )
    def get(self, request: Request) -> Response:
        filterset = PolicyFacts(
            request.query_params, with_year(Policy.objects.visible_to(request.user)), request=request
        )
        check_parameters(request, PARAMETERS, several_of(filterset.filters))
        policies = filtered(filterset)
        by = request.query_params.get("by")
        counts = counted(policies)
        groups = grouped(policies, one_of("by", by, BY), counts) if by else []
        self.changed = last_change()
        return Response(
            {
                "by": by,
                "totals": asdict(totals(counts)),
                "results": [{"value": g.value, "label": g.label, **_counts(g.counts, by)} for g in groups],
            }
        )


def _counts(counts: Counts, by: str | None) -> dict[str, Any]:
    return asdict(counts) | ({"clauses": None, "targets": None} if by == AGENCY else {})
