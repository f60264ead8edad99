"""Incoming documents, and later outgoing ones."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.documents.events import PHRASES


class Documents(AppConfig):
    name = "tram.documents"
    label = "documents"

    def ready(self) -> None:
        from tram.documents.plugs import IncomingFiles, IncomingWork
        from tram.files.sockets import holders
        from tram.tasks.sockets import givers

        plug_phrases(PHRASES)
        givers.plug("documents.incoming", IncomingWork())
        holders.plug("documents", IncomingFiles())
