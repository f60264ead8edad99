"""Search."""

from django.urls import path

from tram.search import api, pages

router = api.router
urlpatterns = [
    path("tim", pages.search, name="search"),
    path("tim/goi-y", pages.suggest, name="search-suggest"),
    path("tim/luu", pages.save, name="search-save"),
    path("tim/luu/<int:pk>/moi", pages.came_today, name="search-today"),
    path("tim/luu/<int:pk>/bo", pages.forget, name="search-forget"),
]
