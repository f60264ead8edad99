"""Lượt truy cập và đánh giá: how often the pages of the portal are read, and what readers think of them."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.visits.events import PHRASES


class Visits(AppConfig):
    name = "tram.visits"
    label = "visits"

    def ready(self) -> None:
        plug_phrases(PHRASES)
