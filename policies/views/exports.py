"""What can be downloaded: the records of the whole base, and those of one policy."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode

from policies.exports.documents import TEXTS
from policies.exports.files import Format, formats_of
from policies.exports.kinds import ALL, OF_POLICIES, Kind
from policies.models import Policy


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of records, how many there are, and the formats that they can be had in."""

    kind: Kind
    count: int
    formats: list[Format]


def exports(request: HttpRequest):
    offers = [Offer(kind, kind.rows(request.user).count(), formats_of(kind)) for kind in ALL]
    return render(request, "policies/exports.html", {"offers": offers})


def export_policy(request: HttpRequest, slug: str):
    """The policy as documents, and the tables of what was found in it."""
    policy = get_object_or_404(Policy.objects.visible_to(request.user), slug=slug)
    counted = ((kind, kind.rows(request.user).filter(policy=policy).count()) for kind in OF_POLICIES)
    offers = [Offer(kind, count, formats_of(kind)) for kind, count in counted if count]
    context = {"section": "policies", "policy": policy, "documents": TEXTS, "offers": offers}
    context["query"] = f"?{urlencode({'policy': policy.slug})}"
    return render(request, "policies/export_policy.html", context)
