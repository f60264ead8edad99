"""Scans and texts read into proposed fields."""

from django.apps import AppConfig


class Reading(AppConfig):
    name = "tram.reading"
    label = "reading"

    def ready(self) -> None:
        from tram.files.sockets import examiners
        from tram.reading.plugs import StampReader

        examiners.plug("reading", StampReader())
