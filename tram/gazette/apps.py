"""Văn bản công khai: which letters of the province everybody may read, and by whose act."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.gazette.events import PHRASES


class Gazette(AppConfig):
    name = "tram.gazette"
    label = "gazette"

    def ready(self) -> None:
        from tram.files.sockets import holders
        from tram.gazette.plugs import PublicFiles, PublicLetters, publishing
        from tram.outgoing.sockets import offerings, standings

        plug_phrases(PHRASES)
        holders.plug("gazette", PublicFiles())
        offerings.plug("gazette", publishing)
        standings.plug("gazette", PublicLetters())
