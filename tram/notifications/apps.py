"""Notices inside Trạm and digests by mail."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.notifications.events import PHRASES


class Notifications(AppConfig):
    name = "tram.notifications"
    label = "notifications"

    def ready(self) -> None:
        from tram.notifications.plugs import menu
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        menus.plug("notifications", menu)
