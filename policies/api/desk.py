"""What only those at the desk may do by the API: the door; the actions behind it judge for themselves."""

from typing import Any

from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from policies.api.keys import KeyReader
from policies.history import EDIT
from policies.models import ApiKey


class AtDesk(BasePermission):
    """Asks for the permission that the view names, before a body is read."""

    def has_permission(self, request: Request, view: Any) -> bool:
        needed = view.needed(request.method)
        if isinstance(request.user, KeyReader):
            self.message = f"这个密钥的范围是“{ApiKey.Scope.READ.label}”；请用范围为“{ApiKey.Scope.EDIT.label}”的密钥。"
        return needed is None or request.user.has_perm(needed)


class DeskView:
    """A view of which `to_read` and `to_write` are the permissions that it takes; None where anybody may."""

    to_read: str | None = EDIT
    to_write: str | None = EDIT

    @classmethod
    def needed(cls, method: str) -> str | None:
        return cls.to_read if method in SAFE_METHODS else cls.to_write

    def get_permissions(self) -> list[Any]:
        return [*super().get_permissions(), AtDesk()]  # type: ignore[misc]  # the view's


class NoBody(serializers.Serializer):
    """What takes no fields."""
