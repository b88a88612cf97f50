"""When what an answer tells of changed last, so that who has it already is told so (304).

The ETag is that of the whole answer (ConditionalGetMiddleware) and exact; Last-Modified is for those who keep
times.  `no-cache` has every reader ask whether what he keeps is still so.
"""

from datetime import datetime
from typing import Any

from django.db.models import Max, Subquery
from django.db.models.functions import Greatest
from django.utils.http import http_date
from rest_framework.response import Response

from policies.models import Action, Policy


class Dated:
    """A view whose answers say when they changed, if it sets `changed`."""

    changed: datetime | None = None

    def finalize_response(self, request: Any, response: Response, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]  # the view's
        answer.headers.setdefault("Cache-Control", "no-cache")
        if self.changed and answer.status_code == 200:
            answer.headers["Last-Modified"] = http_date(self.changed.timestamp())
        return answer


def last_change() -> datetime | None:
    """When anybody last did something to the base; removals are seen by their action."""
    acted = Subquery(Action.objects.order_by("-at").values("at")[:1])
    return Policy.objects.aggregate(last=Greatest(Max("updated_at"), acted))["last"]
