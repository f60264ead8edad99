"""The demo province."""

from django.apps import AppConfig


class Demo(AppConfig):
    name = "tram.demo"
    label = "demo"
