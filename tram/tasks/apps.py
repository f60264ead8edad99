"""The one inbox."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.tasks.events import PHRASES


class Tasks(AppConfig):
    name = "tram.tasks"
    label = "tasks"

    def ready(self) -> None:
        from tram.files.sockets import holders
        from tram.tasks.plugs import EvidenceHolder

        plug_phrases(PHRASES)
        holders.plug("tasks", EvidenceHolder())
