"""The organisation in time."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.organisation.events import PHRASES


class Organisation(AppConfig):
    name = "tram.organisation"
    label = "organisation"

    def ready(self) -> None:
        from tram.identity.sockets import founders, hats
        from tram.organisation.plugs import Founding, hats_of, menu, who_asks
        from tram.web.sockets import identifiers, menus

        hats.plug("organisation", hats_of)
        founders.plug("organisation", Founding())
        identifiers.plug("organisation", who_asks)
        menus.plug("organisation", menu)
        plug_phrases(PHRASES)
