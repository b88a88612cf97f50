"""What may be asked of a page: to read it (GET, HEAD), or to take a form (POST) that says how long it is."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from policies.api.errors import LengthRequired

View = Callable[[HttpRequest], HttpResponseBase]

OF_PAGES = ("GET", "HEAD", "POST")


def known_methods(get_response: View) -> View:
    """Middleware: refuse any other method before a view is looked for.  The API says it itself, in its own shape.

    So is a form in chunks, which Django would take for an empty one.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/api/v1/"):
            return get_response(request)
        if request.method not in OF_PAGES:
            return HttpResponseNotAllowed(OF_PAGES)
        if "Transfer-Encoding" in request.headers:
            said = f"{LengthRequired.default_detail}\n"
            return HttpResponse(said, status=LengthRequired.status_code, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return answer
