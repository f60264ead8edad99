"""Lịch tuần lãnh đạo: what an agency's leaders do this week, and what of it everybody may know."""

from django.apps import AppConfig

from tram.agendas.events import PHRASES
from tram.audit.sockets import plug_phrases


class Agendas(AppConfig):
    name = "tram.agendas"
    label = "agendas"

    def ready(self) -> None:
        from tram.agendas.plugs import menu
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        menus.plug("agendas", menu)
