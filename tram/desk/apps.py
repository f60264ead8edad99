"""Bàn làm việc: where everybody starts."""

from django.apps import AppConfig


class Desk(AppConfig):
    name = "tram.desk"
    label = "desk"

    def ready(self) -> None:
        from tram.desk.plugs import menu
        from tram.web.sockets import menus

        menus.plug("desk", menu)
