"""Lượt truy cập và đánh giá: how often the pages of the portal are read, and what readers think of them."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.visits.events import PHRASES


class Visits(AppConfig):
    name = "tram.visits"
    label = "visits"

    def ready(self) -> None:
        from tram.visits.plugs import menu
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        menus.plug("visits", menu)
