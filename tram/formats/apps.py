"""The official page and its form."""

from django.apps import AppConfig


class Formats(AppConfig):
    name = "tram.formats"
    label = "formats"
