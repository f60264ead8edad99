"""Danh bạ công khai: how everybody may reach agencies and who leads them, by whose act."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.contacts.events import PHRASES


class Contacts(AppConfig):
    name = "tram.contacts"
    label = "contacts"

    def ready(self) -> None:
        from tram.contacts.plugs import Leaving, menu
        from tram.organisation.sockets import seatings
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        seatings.plug("contacts", Leaving())
        menus.plug("contacts", menu)
