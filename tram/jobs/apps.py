"""Work that happens later, or by the clock."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.jobs.events import PHRASES


class Jobs(AppConfig):
    name = "tram.jobs"
    label = "jobs"

    def ready(self) -> None:
        plug_phrases(PHRASES)
