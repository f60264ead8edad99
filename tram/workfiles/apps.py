"""Work files: from the file plan to the archive."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.workfiles.events import PHRASES


class WorkFiles(AppConfig):
    name = "tram.workfiles"
    label = "workfiles"

    def ready(self) -> None:
        from tram.documents.sockets import batches
        from tram.documents.sockets import offerings as incoming_offerings
        from tram.notifications.sockets import phrases
        from tram.organisation.sockets import successions
        from tram.outgoing.sockets import offerings as outgoing_offerings
        from tram.outputs.sockets import makers
        from tram.search.sockets import Kind, sources
        from tram.tasks.sockets import givers
        from tram.web.sockets import menus
        from tram.workfiles.plugs import (
            NOTICES,
            ContentsLists,
            DisposalWork,
            FileCards,
            HandOverWork,
            OpenFiles,
            PlanLists,
            PlanWork,
            filing_incoming,
            filing_many,
            filing_outgoing,
            menu,
        )

        plug_phrases(PHRASES)
        givers.plug("workfiles.plan", PlanWork())
        givers.plug("workfiles.handover", HandOverWork())
        givers.plug("workfiles.disposal", DisposalWork())
        incoming_offerings.plug("workfiles", filing_incoming)
        outgoing_offerings.plug("workfiles", filing_outgoing)
        batches.plug("workfiles", filing_many)
        makers.plug("workfiles.contents", ContentsLists())
        makers.plug("workfiles.plan", PlanLists())
        menus.plug("workfiles", menu)
        successions.plug("workfiles", OpenFiles())
        sources.plug("workfiles.file", Kind("hoso", "Hồ sơ công việc", "folder", FileCards()))
        for kind, phrase in NOTICES.items():
            phrases.plug(kind, phrase)
