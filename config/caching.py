"""What caches between the site and its readers may keep."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

View = Callable[[HttpRequest], HttpResponseBase]


def private_pages(get_response: View) -> View:
    """Middleware: what is answered to somebody known by a cookie or a key, or sets a cookie, is for him alone.

    So are an editor's pages, a reader's clippings, forms with their token, and drafts that a program reads.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.COOKIES or response.cookies or "Authorization" in request.headers:
            patch_cache_control(response, private=True)
        return response

    return answer
