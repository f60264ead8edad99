"""The roof: settings, addresses, the launcher."""

from django.apps import AppConfig


class Site(AppConfig):
    name = "tram.site"
    label = "tram_site"
