"""Who people are."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.identity.events import PHRASES


class Identity(AppConfig):
    name = "tram.identity"
    label = "identity"

    def ready(self) -> None:
        from tram.identity.plugs import menu
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        menus.plug("identity", menu)
