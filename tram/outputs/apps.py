"""Bản kết xuất: long lists as files."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.outputs.events import PHRASES


class Outputs(AppConfig):
    name = "tram.outputs"
    label = "outputs"

    def ready(self) -> None:
        from tram.notifications.sockets import phrases
        from tram.outputs.plugs import NOTICES

        plug_phrases(PHRASES)
        for kind, phrase in NOTICES.items():
            phrases.plug(kind, phrase)
