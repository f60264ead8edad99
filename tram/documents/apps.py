"""Incoming documents."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.documents.events import PHRASES


class Documents(AppConfig):
    name = "tram.documents"
    label = "documents"

    def ready(self) -> None:
        from tram.documents.plugs import Books, IncomingCards, IncomingFiles, IncomingWork, OpenPapers, menu
        from tram.files.sockets import holders
        from tram.organisation.sockets import successions
        from tram.outputs.sockets import makers
        from tram.search.sockets import Kind, sources
        from tram.tasks.sockets import givers
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        givers.plug("documents.incoming", IncomingWork())
        holders.plug("documents", IncomingFiles())
        successions.plug("documents", OpenPapers())
        makers.plug("documents.book", Books())
        menus.plug("documents", menu)
        sources.plug("documents.incoming", Kind("vanbanden", "Văn bản đến", "letter-in", IncomingCards()))
