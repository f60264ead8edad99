"""Notices."""

from django.urls import path

from tram.notifications import api, pages

app_name = "notifications"
router = api.router
urlpatterns = [
    path("thong-bao", pages.notices, name="list"),
    path("thong-bao/<int:pk>/da-doc", pages.read, name="read"),
    path("thong-bao/da-doc-het", pages.read_all, name="read-all"),
    path("thong-bao/cach-nhan", pages.preferences, name="preferences"),
    path("thong-bao/thiet-bi", pages.subscribe, name="subscribe"),
    path("thong-bao/thiet-bi/<int:pk>/thoi", pages.unsubscribe, name="unsubscribe"),
]
