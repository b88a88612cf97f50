"""What may be asked of a page."""

import pytest


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["/about/", "/healthz", "/nothing/"])
def test_pages_are_read_or_sent_a_form_and_nothing_else(client, method, address):
    answer = client.generic(method, address)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
