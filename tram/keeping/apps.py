"""Backups, restores, drills."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.keeping.events import PHRASES


class Keeping(AppConfig):
    name = "tram.keeping"
    label = "keeping"

    def ready(self) -> None:
        from tram.keeping.plugs import CHECKS, NOTICES
        from tram.notifications.sockets import phrases
        from tram.site.sockets import checks

        plug_phrases(PHRASES)
        for kind, phrase in NOTICES.items():
            phrases.plug(kind, phrase)
        for name, check in CHECKS.items():
            checks.plug(name, check)
