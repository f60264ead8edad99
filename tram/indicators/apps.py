"""Chỉ tiêu thống kê: figures of the province by indicator and period, entered by one person, made public by another."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.indicators.events import PHRASES


class Indicators(AppConfig):
    name = "tram.indicators"
    label = "indicators"

    def ready(self) -> None:
        from tram.indicators.plugs import FigureWork, SheetWork, menu
        from tram.tasks.sockets import givers
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        givers.plug("indicators.figure", FigureWork())
        givers.plug("indicators.sheet", SheetWork())
        menus.plug("indicators", menu)
