"""Accounts, for those who look after them."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet


def accounts() -> QuerySet[User]:
    """The open ones first, by name, with the groups that tell their roles."""
    return User.objects.prefetch_related("groups").order_by("-is_active", "username")


def log_of(account: User, most: int = 20) -> QuerySet[LogEntry]:
    """What users did to the account, the newest first."""
    of_users = ContentType.objects.get_for_model(User)
    return LogEntry.objects.filter(content_type=of_users, object_id=str(account.pk)).select_related("user")[:most]
