"""Parameters are read in UTF-8, whatever a request says of its encoding."""

import re
from collections.abc import Callable, Iterable
from typing import Any

CHARSET = re.compile(r";\s*charset[^=;]*=[^;]*", re.IGNORECASE)
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def utf8_only(application: Application) -> Application:
    """The same without the charset of requests' Content-Type.

    Django obeys it, before any middleware, even where it gives halves of characters, which nothing can store
    or print, or names what is no encoding of text.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
        return application(environ, start_response)

    return answer
