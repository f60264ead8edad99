"""Nhận tin qua thư: what is new on the portal, sent by mail to whoever asked for it and confirmed."""

from django.apps import AppConfig

from tram.alerts.events import PHRASES
from tram.audit.sockets import plug_phrases


class Alerts(AppConfig):
    name = "tram.alerts"
    label = "alerts"

    def ready(self) -> None:
        from tram.alerts.plugs import menu
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        menus.plug("alerts", menu)
