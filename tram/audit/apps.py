"""The one past of every thing."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "tram.audit"
    label = "audit"

    def ready(self) -> None:
        from tram.audit.commands import together
        from tram.web.sockets import brackets

        brackets.plug("audit", together)
