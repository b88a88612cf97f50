"""What may be asked of a page."""

import pytest


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["/about/", "/healthz", "/nothing/"])
def test_pages_are_read_or_sent_a_form_and_nothing_else(client, method, address):
    answer = client.generic(method, address)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_a_form_in_chunks_is_refused_not_taken_for_empty(client):
    answer = client.post("/login/", headers={"Transfer-Encoding": "chunked"})
    assert (answer.status_code, "Content-Length" in answer.content.decode()) == (411, True)
