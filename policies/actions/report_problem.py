"""Report a problem: a reader's word about a policy or a clause."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from policies.models import Policy, Problem

FROM_ONE, FROM_ALL = 10, 300  # reports in an hour


class TooManyProblemsError(Exception):
    """Somebody, or everybody together, reported too much; the message is Chinese."""


def report_problem(policy: Policy, eid: str, text: str, reply_to: str, address: str) -> Problem:
    """Keep what a reader says of a policy (eid empty) or a clause; anybody may.  Raises TooManyProblemsError."""
    sender = salted_hmac("policies.problem", address, algorithm="sha256").hexdigest()
    with transaction.atomic():
        recent = Problem.objects.filter(created_at__gt=timezone.now() - timedelta(hours=1))
        if recent.filter(sender=sender).count() >= FROM_ONE or recent.count() >= FROM_ALL:
            raise TooManyProblemsError("这一小时内的报告太多了，请过一会儿再报告。")
        return Problem.objects.create(policy=policy, eid=eid, text=text, reply_to=reply_to, sender=sender)
