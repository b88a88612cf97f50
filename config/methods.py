"""What may be asked of a page: to read it (GET, HEAD), or to take a form (POST)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

View = Callable[[HttpRequest], HttpResponseBase]

OF_PAGES = ("GET", "HEAD", "POST")


def known_methods(get_response: View) -> View:
    """Middleware: refuse any other method before a view is looked for.  The API says it itself, in its own shape."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in OF_PAGES and not request.path_info.startswith("/api/v1/"):
            return HttpResponseNotAllowed(OF_PAGES)
        return get_response(request)

    return answer
