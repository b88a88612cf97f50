"""The admin opens every table, and changes nothing behind the index's back."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse

from policies.models import Policy, Target

pytestmark = pytest.mark.usefixtures("kept_library")

TABLES = [model for model in admin.site._registry if model._meta.app_label == "policies"]


@pytest.fixture
def admin_client(client, db):
    client.force_login(get_user_model().objects.create_superuser("root", password="secret"))
    return client


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)
def test_every_table_lists_and_finds(admin_client, library, model):
    address = reverse(f"admin:policies_{model._meta.model_name}_changelist")
    assert admin_client.get(address).status_code == 200
    assert admin_client.get(address, {"q": "青川"}).status_code == 200


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)
def test_every_row_opens_to_be_read_only(admin_client, library, model):
    row = model.objects.first()
    address = reverse(f"admin:policies_{model._meta.model_name}_change", args=[row.pk])
    assert admin_client.get(address).status_code == 200
    assert admin_client.post(address, {"state": "published"}).status_code == 403


def test_drafts_stay_drafts(admin_client, library):
    address = reverse("admin:policies_policy_change", args=[library.draft.pk])
    admin_client.post(address, {"state": "published"})
    assert Policy.objects.get(pk=library.draft.pk).state == "draft"
    assert Target.objects.filter(policy=library.draft).exists()
