"""The one past of every thing."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "tram.audit"
    label = "audit"
