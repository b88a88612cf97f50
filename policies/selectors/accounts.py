"""Accounts, for those who look after them."""

from datetime import datetime

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone


def accounts() -> QuerySet[User]:
    """The open ones first, by name, with the groups that tell their roles."""
    return User.objects.prefetch_related("groups").order_by("-is_active", "username")


def log_of(account: User, most: int = 20) -> QuerySet[LogEntry]:
    """What users did to the account, the newest first."""
    of_users = ContentType.objects.get_for_model(User)
    return LogEntry.objects.filter(content_type=of_users, object_id=str(account.pk)).select_related("user")[:most]


def locks_of(username: str) -> dict[str | None, datetime]:
    """Until when nobody can log in by this name, by the address from which too many wrong passwords came."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(username=username, attempt_time__gte=since).order_by("ip_address")
    counted = attempts.values_list("ip_address").annotate(Sum("failures_since_start"), Max("attempt_time"))
    return {
        address: last + settings.AXES_COOLOFF_TIME
        for address, failures, last in counted
        if failures >= settings.AXES_FAILURE_LIMIT
    }
