"""The one past of every thing."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "tram.audit"
    label = "audit"

    def ready(self) -> None:
        from tram.audit.commands import one_post
        from tram.audit.events import SENTENCES
        from tram.audit.sockets import plug_phrases
        from tram.web.sockets import brackets

        brackets.plug("audit", one_post)
        plug_phrases(SENTENCES)
