"""Whose address a request has, with and without proxies."""

import pytest

from policies.client_address import client_address

CLAIM = "9.9.9.9, 198.51.100.7, 10.0.0.2"  # made up by the client, seen by the outer proxy, seen by the inner


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, CLAIM, "10.0.0.1"),
        (1, CLAIM, "10.0.0.2"),
        (2, CLAIM, "198.51.100.7"),
        (2, "198.51.100.7", "198.51.100.7"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_trusted_proxies_are_believed(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    assert client_address(rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})) == address
