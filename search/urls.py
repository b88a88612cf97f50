"""The search page, and a search as feed and table."""

from django.urls import path

from search.views import as_csv, as_feed, search_page, suggestions

app_name = "search"
urlpatterns = [
    path("", search_page, name="search"),
    path("feed/", as_feed, name="feed"),
    path("suggestions/", suggestions, name="suggestions"),
    path("csv/", as_csv, name="csv"),
]
