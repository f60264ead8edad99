"""The organisation in time."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.organisation.events import PHRASES


class Organisation(AppConfig):
    name = "tram.organisation"
    label = "organisation"

    def ready(self) -> None:
        from tram.identity.sockets import founders, hats
        from tram.notifications.sockets import addressees, holders
        from tram.organisation.plugs import (
            Founding,
            People,
            hats_of,
            menu,
            people_to_write_to,
            who_acts_from,
            who_asks,
            whom_to_ask,
        )
        from tram.search.sockets import directories
        from tram.web.sockets import guides, identifiers, menus

        hats.plug("organisation", hats_of)
        founders.plug("organisation", Founding())
        identifiers.plug("organisation", who_asks)
        guides.plug("organisation", whom_to_ask)
        menus.plug("organisation", menu)
        addressees.plug("organisation", people_to_write_to)
        holders.plug("organisation", who_acts_from)
        directories.plug("organisation", People())
        plug_phrases(PHRASES)
