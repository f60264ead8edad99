"""Who people are."""

from django.apps import AppConfig


class Identity(AppConfig):
    name = "tram.identity"
    label = "identity"
