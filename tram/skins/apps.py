"""Diện mạo trang: how the site of each agency on the portal looks, by whose act."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.skins.events import PHRASES


class Skins(AppConfig):
    name = "tram.skins"
    label = "skins"

    def ready(self) -> None:
        from tram.files.sockets import holders
        from tram.skins.plugs import Pictures, menu
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        holders.plug("skins", Pictures())
        menus.plug("skins", menu)
