"""What was done at the desk and by programs, and undoing it."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from policies.actions.undo import undo
from policies.api.bodies import read_body
from policies.api.desk import DeskResource, NoBody
from policies.api.examples import ACTION, WHOLE_ACTION, answer
from policies.api.filter_kinds import changed_filter, choice_filter, named_filter, value_filter
from policies.api.lookups import find_issue, find_policy
from policies.api.schema import failures, read_at_desk
from policies.api.serializers.actions import ActionDetailSerializer, ActionSerializer
from policies.models import Action
from policies.selectors.history import tell

TAG = "历史"
KEY = OpenApiParameter("id", UUID, OpenApiParameter.PATH, description="操作的 id")


class ActionFilter(django_filters.FilterSet):
    verb = choice_filter("动作", Action.Verb.choices)
    user = value_filter("账号", field_name="user__username")
    policy = named_filter("政策的 id 或 slug", lambda words, user, _: Q(policies=find_policy(words, user)))
    issue = named_filter("期的 id，或年份与期号，如 2023-48", lambda words, user, _: Q(issues=find_issue(words, user)))
    at_min = changed_filter("at")

    class Meta:
        model = Action
        fields: list[str] = []


@extend_schema_view(
    list=read_at_desk(TAG, "各次操作，新的在前", "谁在何时做了什么，分页。", ActionSerializer, ACTION),
    retrieve=read_at_desk(
        TAG,
        "一次操作，含各行的前后",
        "一次操作，及其改动的各行前后各是什么。",
        ActionDetailSerializer,
        WHOLE_ACTION,
        KEY,
    ),
)
class ActionViewSet(DeskResource, viewsets.ReadOnlyModelViewSet):
    queryset = Action.objects.select_related("user", "undone_by").order_by("-at", "pk")
    serializer_class = ActionSerializer
    filterset_class = ActionFilter
    lasting = True
    lookup_value_regex = "[0-9a-f-]{36}"

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        context = {**self.get_serializer_context(), "told": tell(found)}
        return Response(ActionDetailSerializer(found, context=context).data)

    @extend_schema(
        tags=[TAG],
        summary="撤销",
        description="把这次操作改动的都改回去；答复的就是撤销这一操作，改动的各行可由它的网址读到。自己的编辑可以撤销，别人的只有主编可以；"
        "撤销过的，或此后又有改动的答复 409。",
        parameters=[KEY],
        request=None,
        responses={200: ActionSerializer, **failures(403, 409)},
        examples=[answer(ACTION | {"verb": "undo", "undoes": ACTION["id"]})],
    )
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        read_body(request, NoBody())
        done = undo(self.get_object(), user=request.user)
        return Response(self.get_serializer(done).data)
