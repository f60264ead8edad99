"""Outgoing documents: from the draft to the last receipt."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.outgoing.events import PHRASES


class OutgoingDocuments(AppConfig):
    name = "tram.outgoing"
    label = "outgoing"

    def ready(self) -> None:
        from tram.documents.sockets import offerings, senders
        from tram.files.sockets import holders
        from tram.notifications.sockets import phrases
        from tram.organisation.sockets import successions
        from tram.outgoing.plugs import (
            NOTICES,
            Books,
            CarriedBooks,
            OpenDrafts,
            OutgoingCards,
            OutgoingFiles,
            OutgoingWork,
            Told,
            answering,
            copying,
            menu,
        )
        from tram.outputs.sockets import makers
        from tram.search.sockets import Kind, sources
        from tram.tasks.sockets import givers
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        givers.plug("outgoing.document", OutgoingWork())
        holders.plug("outgoing", OutgoingFiles())
        successions.plug("outgoing", OpenDrafts())
        makers.plug("outgoing.book", Books())
        makers.plug("outgoing.carried", CarriedBooks())
        menus.plug("outgoing", menu)
        offerings.plug("outgoing", answering)
        offerings.plug("outgoing.copy", copying)
        senders.plug("outgoing.recipient", Told())
        sources.plug("outgoing.document", Kind("vanbandi", "Văn bản đi", "letter-out", OutgoingCards()))
        for kind, phrase in NOTICES.items():
            phrases.plug(kind, phrase)
