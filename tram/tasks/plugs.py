"""What work plugs into lower rooms: who may open a file of evidence."""

from datetime import datetime
from uuid import UUID

from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Verdict, allow_if
from tram.tasks.models import Progress
from tram.tasks.queries import visible_to


class EvidenceHolder:
    """Evidence opens for whoever may read the task it was given for."""

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        """Asked by the files room for every download; None when the file is evidence of nothing."""
        carried = Progress.objects.filter(evidence=file_id).values("task")
        if not carried.exists():
            return None
        mine = visible_to(actor, local_day(at)).filter(pk__in=carried).exists()
        return allow_if(mine, "Bạn không thấy được mục này.")
