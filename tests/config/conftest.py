"""The base by hand serves the tests of the whole site too."""

from tests.policies.conftest import library

__all__ = ["library"]
