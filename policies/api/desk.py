"""What only those at the desk may do by the API: the door; the actions behind it judge for themselves."""

from typing import Any

from rest_framework import serializers, viewsets
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from policies.api.errors import LengthRequired
from policies.api.freshness import Dated
from policies.api.keys import KeyReader
from policies.api.pagination import NumberedPages, Pages
from policies.api.strict import StrictBackend, check_parameters
from policies.history import EDIT
from policies.models import ApiKey
from policies.roles import refusal


class AtDesk(BasePermission):
    """Asks for the permission that the view names, before a body is read."""

    def has_permission(self, request: Request, view: Any) -> bool:
        needed = view.needed(request.method)
        if needed is None or request.user.has_perm(needed):
            return True
        if isinstance(request.user, KeyReader) and request.auth.user.has_perm(needed):
            self.message = f"这个密钥的范围是“{ApiKey.Scope.READ.label}”；请用范围为“{ApiKey.Scope.EDIT.label}”的密钥。"
        else:
            self.message = refusal(needed)
        return False


class DeskView:
    """A view of which `to_read` and `to_write` are the permissions that it takes; None where anybody may."""

    to_read: str | None = EDIT
    to_write: str | None = EDIT

    @classmethod
    def needed(cls, method: str) -> str | None:
        return cls.to_read if method in SAFE_METHODS else cls.to_write

    def get_permissions(self) -> list[Any]:
        return [*super().get_permissions(), AtDesk()]  # type: ignore[misc]  # the view's

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]  # the view's
        if request.method not in SAFE_METHODS and "Transfer-Encoding" in request.headers:
            raise LengthRequired  # what came would be taken for empty


class DeskResource(DeskView, Dated, viewsets.GenericViewSet):
    """A list, and its records, that only those at the desk may read."""

    lasting = False  # whether no load takes its records away
    filter_backends = [StrictBackend]
    pagination_class: type[Pages] = NumberedPages

    @property
    def parameters(self) -> list[str]:
        """What may be asked of the list beside the filters."""
        return self.pagination_class.names

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action and (self.detail or request.method not in SAFE_METHODS):  # no action: 405
            check_parameters(request, [])


class NoBody(serializers.Serializer):
    """What takes no fields."""
