"""What is said of the data."""

import pytest
from django.conf import settings
from django.urls import reverse

from policies.models import Review

pytestmark = pytest.mark.django_db


def test_figures_measured_and_held(client, library):
    library.plan.target_set.filter(indicator="智算中心").update(review=Review.CONFIRMED)
    page = client.get(reverse("policies:about")).content.decode()
    words = " ".join(page.split())
    assert "库中 1 期、2 项政策" in words
    assert f"程序版本：{settings.VERSION}" in words
    assert '<th scope="row">目标</th><td class="number">380</td>' in page
    assert '<th scope="row">目标</th><td class="number">2</td><td class="number">1</td>' in page
