"""Signatures."""

from django.urls import path

from tram.signing import api, pages

app_name = "signing"
router = api.router
urlpatterns = [path("xac-minh-chu-ky", pages.verify, name="verify")]
