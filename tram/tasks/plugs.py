"""What work plugs into lower rooms: who may open a file of evidence, the words of notices, what is due, what hangs on a unit."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Verdict, allow_if
from tram.notifications.sockets import DigestLine, Phrase, Push
from tram.organisation.models import RoleGrant, Unit
from tram.organisation.sockets import Tie
from tram.tasks.commands import work
from tram.tasks.events import KIND_NAMES, Kind
from tram.tasks.models import Task
from tram.tasks.queries import reported_to
from tram.tasks.states import State

SOON = timedelta(days=1)
VEILED = "Bạn có một việc hạn chế mới hoặc vừa thay đổi."
NOTICES = {
    kind: Phrase(name, sentence, VEILED, push)
    for kind, name, sentence, push in (
        ("tasks.assigned", "Việc mới", "Bạn có 1 việc mới ({kind_name}), hạn {due_on}: {title}", Push.WAITS),
        (
            "tasks.inherited",
            "Việc nhận lại",
            "Bạn nhận lại việc của {before} (không còn người giữ): {title}",
            Push.WAITS,
        ),
        ("tasks.recalled", "Việc bị thu hồi", "{actor} đã thu hồi việc: {title}. Lý do: {reason}", Push.URGENT),
        ("tasks.submitted", "Việc chờ xác nhận", "{actor} đã làm xong, chờ bạn xác nhận: {title}", Push.WAITS),
        ("tasks.sent_back", "Việc phải làm lại", "{actor} yêu cầu làm lại: {title}. {reason}", Push.WAITS),
        ("tasks.returned", "Việc bị trả lại", "{actor} đã trả lại việc: {title}. Lý do: {reason}", Push.WAITS),
        ("tasks.extension_granted", "Được gia hạn", "Việc được gia hạn đến {wanted_on}: {title}", Push.URGENT),
        (
            "tasks.extension_refused",
            "Không được gia hạn",
            "Không gia hạn đến {wanted_on}: {title}. {answer}",
            Push.URGENT,
        ),
    )
}


class EvidenceHolder:
    """Evidence opens for whoever may read the report it was given with."""

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        """Asked by the files room for every download; None when the file is evidence of nothing."""
        carried = Task.objects.filter(reports__evidence=file_id).distinct()
        if not carried.exists():
            return None
        return allow_if(bool(reported_to(actor, carried, local_day(at))), "Bạn không thấy được mục này.")

    def locked(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """The report keeps its words; the file opens to nobody and shows no name."""

    def released(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """It opens again."""

    def lost(self, *, actor: Actor, at: datetime, file: UUID, level: str) -> None:
        """The report stands without its file."""
        work.lose_evidence(actor=actor, at=at, file=file)


MOST = 1000


class OpenWork:
    """What is still to be done in a unit, or anywhere in an agency, told before the unit moves or ends."""

    def foresee(self, *, unit: Unit, on: date) -> Sequence[Tie]:
        """One line for all of it; counted up to a thousand."""
        whose = Q(agency=unit) if unit.is_agency else Q(unit=unit)
        count = len(Task.objects.filter(whose, ended_at=None).values_list("pk", flat=True)[: MOST + 1])
        words = f"{count} việc đang mở" if count <= MOST else f"hơn {MOST} việc đang mở"
        advice = "Giải quyết xong hoặc chuyển cho đơn vị khác trước khi đơn vị chấm dứt."
        return [Tie(words, advice, is_open=True)] if count else []


def due_lines(posts: Sequence[int], on: date) -> list[DigestLine]:
    """Work late, due today or tomorrow for the holders of these posts and, for heads, in their units' inboxes."""
    headed = RoleGrant.objects.filter(
        Q(until=None) | Q(until__gte=on), post__in=posts, role="unit_head", since__lte=on
    ).values("unit")
    theirs = Q(turn_post__in=posts) | Q(turn_post=None, turn_unit__in=headed)
    found = Task.objects.filter(theirs, ended_at=None, due_on__lte=on + SOON).exclude(state=State.SUBMITTED)
    return [
        DigestLine(
            f"{KIND_NAMES[Kind(task.kind)]}, hạn {task.due_on:%d/%m/%Y}: {task.title}",
            task.url,
            bool(task.due_on and task.due_on < on),
        )
        for task in found.order_by("due_key", "pk")[:50]
    ]
