"""Reading a page as a person does."""

import re

from django.test import Client
from django.urls import reverse


def text_of(response) -> str:
    """The page's words, without its markup."""
    body = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def form_token(response) -> str:
    """The token of the page's first form, which a script of the page can read; it cannot read the cookie."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode())
    assert found, "no form"
    return found[1]


def log_in(browser: Client, username: str, password: str, headers: dict[str, str] | None = None):
    """The answer of the login page."""
    return browser.post(reverse("login"), {"username": username, "password": password}, headers=headers)


def logs_in(browser: Client, username: str, password: str) -> bool:
    """Whether the login page lets this one in; the browser is logged in then."""
    return log_in(browser, username, password).status_code == 302
