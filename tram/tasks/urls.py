"""Addresses of work."""

from django.urls import path

from tram.tasks import api, pages

app_name = "tasks"
router = api.router
urlpatterns = [
    path("viec/giao", pages.order, name="order"),
    path("viec/<int:pk>", pages.one, name="one"),
    path("viec/<int:pk>/doc", pages.read, name="read"),
    path("viec/<int:pk>/<slug:slug>", pages.step, name="step"),
]
