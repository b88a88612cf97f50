"""When what an answer tells of changed last, so that who has it already is told so (304).

The ETag is that of the whole answer (ConditionalGetMiddleware) and exact; Last-Modified is for those who keep
times.  `no-cache` has every reader ask whether what he keeps is still so, and no cache gives one reader what another
with his key or login was told.
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from rest_framework.response import Response

LAST_CHANGE = "SELECT greatest((SELECT max(updated_at) FROM policies_policy), (SELECT max(at) FROM policies_action))"


class Dated:
    """A view whose answers say when they changed, if it sets `changed`."""

    changed: datetime | None = None

    def finalize_response(self, request: Any, response: Response, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]  # the view's
        answer.headers.setdefault("Cache-Control", "no-cache")
        patch_vary_headers(answer, ["Authorization", "Cookie"])
        if self.changed and answer.status_code == 200:
            answer.headers["Last-Modified"] = http_date(self.changed.timestamp())
        return answer


def last_change() -> datetime | None:
    """When anybody last did something to the base; removals are seen by their action."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_CHANGE)
        last: datetime | None = cursor.fetchone()[0]
    return last
