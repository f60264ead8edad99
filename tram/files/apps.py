"""Files, and who may open them."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.files.events import PHRASES


class Files(AppConfig):
    name = "tram.files"
    label = "files"

    def ready(self) -> None:
        plug_phrases(PHRASES)
