"""Scans and texts read into proposed fields."""

from django.apps import AppConfig


class Reading(AppConfig):
    name = "tram.reading"
    label = "reading"
