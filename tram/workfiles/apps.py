"""Work files: from the file plan to the archive."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.workfiles.events import PHRASES


class WorkFiles(AppConfig):
    name = "tram.workfiles"
    label = "workfiles"

    def ready(self) -> None:
        from tram.notifications.sockets import phrases
        from tram.organisation.sockets import successions
        from tram.search.sockets import Kind, sources
        from tram.tasks.sockets import givers
        from tram.workfiles.plugs import NOTICES, DisposalWork, FileCards, HandOverWork, OpenFiles, PlanWork

        plug_phrases(PHRASES)
        givers.plug("workfiles.plan", PlanWork())
        givers.plug("workfiles.handover", HandOverWork())
        givers.plug("workfiles.disposal", DisposalWork())
        successions.plug("workfiles", OpenFiles())
        sources.plug("workfiles.file", Kind("hoso", "Hồ sơ công việc", "folder", FileCards()))
        for kind, phrase in NOTICES.items():
            phrases.plug(kind, phrase)
