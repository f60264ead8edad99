"""Văn bản công khai: which documents of the province everybody may read, and by whose act."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.gazette.events import PHRASES


class Gazette(AppConfig):
    name = "tram.gazette"
    label = "gazette"

    def ready(self) -> None:
        from tram.documents.sockets import offerings as offerings_of_incoming
        from tram.files.sockets import holders
        from tram.gazette.plugs import PublicFiles, PublicLetters, menu, publishing, taking
        from tram.outgoing.sockets import offerings, standings
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        holders.plug("gazette", PublicFiles())
        offerings.plug("gazette", publishing)
        offerings_of_incoming.plug("gazette", taking)
        menus.plug("gazette", menu)
        standings.plug("gazette", PublicLetters())
