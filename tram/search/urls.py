"""Search."""

from django.urls import path

from tram.search import api, pages

router = api.router
urlpatterns = [path("tim", pages.search, name="search"), path("tim/goi-y", pages.suggest, name="search-suggest")]
