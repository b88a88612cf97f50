"""The base by hand serves the tests of the whole site too."""

from tests.policies.conftest import kept_library, library

__all__ = ["kept_library", "library"]
