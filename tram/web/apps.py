"""The skin: middleware, widgets, templates."""

from django.apps import AppConfig


class Web(AppConfig):
    name = "tram.web"
    label = "web"
