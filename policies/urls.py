"""The pages of the knowledge base."""

from django.urls import URLPattern

app_name = "policies"
urlpatterns: list[URLPattern] = []
