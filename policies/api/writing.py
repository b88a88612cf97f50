"""What editors write by the API: correct, confirm, reject, add, publish; by the actions of the desk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response

from policies.actions.add import PlaceError, add
from policies.actions.confirm import confirm
from policies.actions.correct import correct
from policies.actions.editing import last_action, version_of
from policies.actions.publish import UnsettledError, publish
from policies.actions.reject import reject
from policies.actions.submit import submit
from policies.actions.withdraw import withdraw
from policies.api.bodies import field_fault, read_body
from policies.api.desk import DeskView, NoBody
from policies.api.errors import Conflict, FieldFault, InvalidFields, Stale
from policies.api.lookups import policy_key
from policies.api.serializers.actions import ActionSerializer
from policies.api.serializers.columns import ADDITIONS, CORRECTIONS, Columns, PublicationSerializer, ReasonSerializer
from policies.api.shaping import Shape
from policies.api.strict import check_parameters
from policies.api.versions import seen_version, tag_of
from policies.editable import InvalidError
from policies.history import EDIT, ConflictError
from policies.models import Action, Policy, Review


class Writes(DeskView, viewsets.GenericViewSet):
    """A resource whose records are written; to read it nobody needs a permission."""

    to_read = None
    queryset: Any
    read: Callable[..., Any]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action and request.method not in SAFE_METHODS:  # no action: 405, whatever the parameters
            check_parameters(request, [])

    def told(self, pk: int) -> Any:
        """The record as its list shows it now; None where no list does."""
        row = type(self).read(self.request.user, frozenset()).filter(pk=pk).first()
        context = {"request": self.request, "shape": Shape(), "whole": False, "tree": False}
        return row and self.get_serializer_class()(row, context=context).data

    def action_told(self, done: Action | None) -> Any:
        return done and ActionSerializer(done, context={"request": self.request}).data


class Moves(Writes):
    """Issues, and policies that stand alone: submitted, published, withdrawn."""

    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        read_body(request, NoBody())
        return self._moved(submit, {})

    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        try:
            return self._moved(publish, read_body(request, PublicationSerializer()))
        except UnsettledError as error:
            raise Conflict(
                f"还有 {error.count} 条必须处理的提示没有处理；确认仍要发布，请带上 despite_doubts: true 再次请求。"
            ) from error

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        note = read_body(request, ReasonSerializer()).get("note") or ""
        try:
            return self._moved(withdraw, {"note": note})
        except InvalidError as error:
            raise invalid_fields(error, None) from error

    def _moved(self, act: Callable[..., Action | None], said: dict[str, Any]) -> Response:
        subject = self.get_object()
        done = act(subject, user=self.request.user, **said)
        return Response({"action": self.action_told(done), "record": self.told(subject.pk)})


class Corrects(Writes):
    """Records that are corrected and confirmed as the client saw them."""

    @property
    def slug(self) -> str:
        return str(self.queryset.model._meta.model_name)

    def row(self) -> Any:
        """The record that the address names, a rejected one too."""
        return get_object_or_404(self.queryset.model._default_manager, pk=self.kwargs["pk"])

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """As every resource's; to those who may write it, with the version that they see."""
        row = self.row() if request.user.has_perm(EDIT) else None
        version = row and version_of(row)  # first: see `_now`
        if row and row.review == Review.REJECTED:
            raise NotFound("这条记录已否决；confirm/ 使它重新成立，做过什么见 actions/。")
        made: Response = super().retrieve(request, *args, **kwargs)  # type: ignore[misc]  # the resource's
        if version:
            made.headers["ETag"] = tag_of(version, made.data)
        return made

    def partial_update(self, request: Request, pk: str) -> Response:
        row, columns = self.row(), CORRECTIONS[self.slug](partial=True)
        seen = seen_version(request, row)
        said = read_body(request, columns)
        note = said.pop("note", None) or ""
        if not said:
            fields = "、".join(name for name in columns.fields if name != "note")
            raise ParseError(f"没有要更正的内容；可更正的字段：{fields}。")
        with self._judged(row, columns):
            done = correct(row, columns.columns(said), user=request.user, seen=seen, note=note)
        return self._done(row, done)

    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        row = self.row()
        seen = seen_version(request, row)
        read_body(request, NoBody())
        with self._judged(row):
            done = confirm([row], user=request.user, seen=seen)
        return self._done(row, done)

    @contextmanager
    def _judged(self, row: Any, columns: Columns | None = None) -> Iterator[None]:
        """Tell in the API's words why an action refused: which fields are wrong, or what the record is by now."""
        try:
            yield
        except InvalidError as error:
            raise invalid_fields(error, columns) from error
        except ConflictError as error:
            record, headers = self._now(row.pk)
            raise Stale(str(error), {"action": self.action_told(error.action), "record": record}, headers) from error

    def _now(self, pk: int) -> tuple[Any, dict[str, str]]:
        """The record, and its ETag, whose version is never newer: nobody overwrites what he was not told.

        None, and no tag, of one that a load has taken away since.
        """
        row = self.queryset.model._default_manager.filter(pk=pk).first()
        if row is None:
            return None, {}
        version = version_of(row)
        record = self.told(pk)
        return record, {"ETag": tag_of(version, record)}

    def _done(self, row: Any, done: Action | None, status: int = HTTPStatus.OK) -> Response:
        """What was done, null if it was so already, and what the record is now, null where it is rejected."""
        record, headers = self._now(row.pk)
        if record and status == HTTPStatus.CREATED:
            headers["Location"] = record["url"]
        return Response({"action": self.action_told(done), "record": record}, status=status, headers=headers)


class Rejects(Corrects):
    """Records that are rejected as well."""

    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: str) -> Response:
        row = self.row()
        seen = seen_version(request, row)
        note = read_body(request, ReasonSerializer()).get("note") or ""
        with self._judged(row):
            done = reject([row], user=request.user, seen=seen, note=note)
        return self._done(row, done)


class Adds(Rejects):
    """Records that are added where the machine missed them."""

    def create(self, request: Request) -> Response:
        columns = ADDITIONS[self.slug]()
        said = read_body(request, columns)
        policy = Policy.objects.filter(policy_key(said.pop("policy"))).first()
        if policy is None:
            raise InvalidFields([FieldFault("policy", "没有这篇政策；字段 policy 应为政策的 id 或 slug。")])
        line, quote = said.pop("line"), said.pop("quote")
        try:
            row = add(self.slug, policy, line, quote, columns.columns(said), user=request.user)
        except InvalidError as error:
            raise invalid_fields(error, columns) from error
        except PlaceError as error:
            raise InvalidFields([FieldFault(error.part, str(error))]) from error
        return self._done(row, last_action([row]), HTTPStatus.CREATED)


def invalid_fields(error: InvalidError, columns: Columns | None) -> InvalidFields:
    """The errors of a form, by the names that the API has for its columns; "" is the record as a whole."""
    faults = []
    for column, said in error.errors.items():
        name = columns.told_as(column) if columns and column else column
        faults.append(field_fault(name, said) if name else FieldFault(name, " ".join(said)))
    return InvalidFields(faults)
