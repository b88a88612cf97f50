"""What every answer tells browsers, be it a page, a file or an error; the rest of it are settings of Django's."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

View = Callable[[HttpRequest], HttpResponseBase]

UNUSED = (  # of a browser's abilities, those that no page asks for
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope"),
    *("hid", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock"),
    *("serial", "usb", "xr-spatial-tracking"),
)
HEADERS = {
    "Permissions-Policy": ", ".join(f"{ability}=()" for ability in UNUSED),
    "Cross-Origin-Resource-Policy": "same-origin",  # what scripts of other sites may read, CORS says
}


def defensive_headers(get_response: View) -> View:
    """Middleware: say on each answer what browsers may not do with it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer
