"""Reading a page as a person does."""

import re


def text_of(response) -> str:
    """The page's words, without its markup."""
    body = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
