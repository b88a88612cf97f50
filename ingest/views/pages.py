"""The printed pages of a policy, drawn from the file that it was uploaded as."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from ingest.reading.pdf.rendering import page_image
from policies.models import Policy, Printed
from policies.selectors.printed import shown_pages


@require_safe
def page(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A page that the policy has lines on, as PNG, for whoever may read all that is on it."""
    policies = Policy.objects.visible_to(request.user).only("source_id", "start_line", "end_line")
    policy = get_object_or_404(policies, slug=slug)
    sheets = Printed.objects.select_related("source").only("pages", "source__sha256")
    printed = get_object_or_404(sheets, source=policy.source_id)
    if number not in shown_pages(printed, policy, request.user):
        raise Http404
    etag = f'"{printed.source.sha256}-{number}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        image = page_image(bytes(printed.content), number)
        if image is None:
            raise Http404("这一页画不出来。")
        response = HttpResponse(image, content_type="image/png")
        response["ETag"] = etag
    patch_cache_control(response, private=True, max_age=3600)
    return response
