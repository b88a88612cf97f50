"""Requests that name an encoding which nobody needs."""

from io import BytesIO
from urllib.parse import quote

import pytest
from django.core.exceptions import TooManyFieldsSent
from django.core.handlers.wsgi import WSGIRequest

from config.encoding import utf8_only

PART = '--B\r\nContent-Disposition: form-data; name="text"\r\n\r\n{}\r\n--B--\r\n'


def received(kind: str, query: str = "", body: str = "") -> WSGIRequest:
    """What the application gets for a POST of `kind`."""
    requests: list[WSGIRequest] = []
    content = body.encode()
    environ = {
        "REQUEST_METHOD": "POST",
        "QUERY_STRING": query,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": BytesIO(content),
    }

    def application(environ, start_response):
        requests.append(WSGIRequest(environ))
        return []

    utf8_only(application)(environ, print)
    return requests[0]


@pytest.mark.parametrize("charset", ["utf-7", "raw_unicode_escape", "utf-16", "hex", "undefined", "UTF-8"])
@pytest.mark.parametrize("said", ["; charset={}", ";CHARSET = {}", '; charset*="{}"'])
def test_parameters_are_read_in_utf8_whatever_is_said(charset: str, said: str):
    for text in ("+2AA-", "\\ud800", "数据"):
        kind = f"multipart/form-data; boundary=B{said.format(charset)}"
        request = received(kind, f"q={quote(text)}", PART.format(text))
        assert (request.GET["q"], request.POST["text"]) == (text, text)


def test_too_many_parameters_are_no_matter_of_building_the_request():
    request = received("text/plain; charset=utf-8", "a&" * 2000)
    with pytest.raises(TooManyFieldsSent):
        _ = request.GET
