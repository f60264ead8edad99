"""The organisation in time."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.organisation.events import PHRASES


class Organisation(AppConfig):
    name = "tram.organisation"
    label = "organisation"

    def ready(self) -> None:
        from tram.organisation.plugs import who_asks
        from tram.web.sockets import identifiers

        identifiers.plug("organisation", who_asks)
        plug_phrases(PHRASES)
