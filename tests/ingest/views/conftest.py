"""What tests of the desk's pages of records share."""

from collections.abc import Callable, Sequence

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from policies.models import Policy, Source


@pytest.fixture
def desk(client: Client, django_user_model) -> Client:
    """A browser in which one is logged in who may edit records."""
    user: User = django_user_model.objects.create_user("mei", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=["edit_records", "settle_problem"]))
    client.force_login(user)
    return client


@pytest.fixture
def make_policy(db) -> Callable[[str, Sequence[str]], Policy]:
    """Makes a policy, alone in its source, of its title and lines."""

    def make(title: str, lines: Sequence[str]) -> Policy:
        text = "\n".join(lines)
        source = Source.objects.create(
            sha256="a" * 64, filename="甲.txt", format="txt", encoding="utf-8", characters=len(text), text=text
        )
        return Policy.objects.create(
            source=source, slug="青川", order=1, title=title, kind="law", level="province", start_line=1,
            end_line=len(lines),
        )  # fmt: skip

    return make
