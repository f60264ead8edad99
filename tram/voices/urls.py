"""Addresses of questions inside the house; what everybody reads and where they ask is the portal's."""

from django.urls import path

from tram.voices.pages import steps, voices

app_name = "voices"
urlpatterns = [
    path("cau-hoi", voices.listing, name="list"),
    path("cau-hoi/<int:pk>", voices.voice, name="voice"),
    path("cau-hoi/<int:pk>/<str:slug>", steps.step, name="step"),
]
