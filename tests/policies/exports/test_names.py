"""Names of downloads are made of titles, which may hold anything: the header holds no more than a name."""

import pytest
from django.urls import reverse

from policies.models import Policy

pytestmark = pytest.mark.django_db
TITLE = '驿站"条例\\\r\nX-Evil: 1\u2028\u202egpj.exe; filename=a.html/../b'


def addresses(policy: Policy) -> list[str]:
    return [
        f"/api/v1/exports/policies/{policy.pk}.docx",
        f"/api/v1/exports/policies/{policy.pk}.bib",
        f"{reverse('policies:cite', args=[policy.slug])}?format=ris",
    ]


def test_a_title_is_no_more_than_a_name(client, library):
    Policy.objects.filter(pk=library.law.pk).update(title=TITLE)
    for address in addresses(library.law):
        response = client.get(address)
        assert response.status_code == 200, address
        assert "Content-Disposition" in response, address
        named = response["Content-Disposition"]
        assert named.startswith("attachment; filename*=utf-8''"), named
        assert named.isascii(), named
        assert named.isprintable(), named
        assert not set('"\\;') & set(named.partition("''")[2]), named
        assert "X-Evil" not in response
