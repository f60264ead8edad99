"""Theo dõi, đôn đốc, thống kê."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.followup.events import PHRASES


class FollowUp(AppConfig):
    name = "tram.followup"
    label = "followup"

    def ready(self) -> None:
        from tram.followup.plugs import NOTICES, WorkLists, menu
        from tram.notifications.sockets import phrases
        from tram.outputs.sockets import makers
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        makers.plug("followup.work", WorkLists())
        menus.plug("followup", menu)
        for kind, phrase in NOTICES.items():
            phrases.plug(kind, phrase)
