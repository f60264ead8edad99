"""Signing: keys, stamps, and whether signatures hold."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.signing.events import PHRASES


class Signing(AppConfig):
    name = "tram.signing"
    label = "signing"

    def ready(self) -> None:
        from tram.signing.plugs import menu
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        menus.plug("signing", menu)
