"""The one inbox."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.tasks.events import PHRASES


class Tasks(AppConfig):
    name = "tram.tasks"
    label = "tasks"

    def ready(self) -> None:
        from tram.files.sockets import holders
        from tram.notifications.sockets import digests, phrases
        from tram.organisation.sockets import successions
        from tram.tasks.plugs import NOTICES, EvidenceHolder, OpenWork, due_lines

        plug_phrases(PHRASES)
        holders.plug("tasks", EvidenceHolder())
        successions.plug("tasks", OpenWork())
        digests.plug("tasks", due_lines)
        for kind, phrase in NOTICES.items():
            phrases.plug(kind, phrase)
