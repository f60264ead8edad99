"""Addresses inside the house; where readers ask, confirm and stop is the portal's."""

from django.urls import path

from tram.alerts import pages

app_name = "alerts"
urlpatterns = [
    path("nhan-tin", pages.overview, name="overview"),
    path("nhan-tin/cong-tac", pages.switch, name="switch"),
]
