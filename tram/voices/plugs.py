"""What the questions plug into lower rooms."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO
from uuid import UUID

from django.http import HttpRequest

from tram.kernel import clock
from tram.kernel.actors import Actor, wear
from tram.kernel.refs import parse_ref
from tram.kernel.verdicts import Verdict, WrongState, allow_if
from tram.organisation.models import Unit
from tram.organisation.sockets import Tie
from tram.outputs.sockets import Keys, Tell
from tram.tasks.models import Task
from tram.voices.commands import drafts
from tram.voices.commands.answering import take_back
from tram.voices.commands.duty import lock, lock_draft
from tram.voices.models import Draft, Voice
from tram.voices.policy import may_handle, may_open_desk
from tram.voices.queries import visible_to
from tram.voices.screens import drafts_visible_to, make
from tram.voices.states import OPEN
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem

MOST = 1000
ON_ITS_PAGE = "Việc này xong theo bước làm ở trang câu hỏi: soạn câu trả lời, đăng, chuyển hoặc không đăng."


class VoiceWork:
    """Who has to act on a question, as work in their inbox (tasks.givers)."""

    def hold(self, *, about: str) -> None:
        """Work about it is about to be locked."""
        lock(Voice(pk=parse_ref(about).pk))

    def ends_itself(self, *, kind: str) -> bool:
        """Always: by a step on the question's page."""
        return True

    def reads(self, *, actor: Actor, about: str, on: date) -> bool:
        """Whoever sees the question reads what is reported of the work about it."""
        return visible_to(actor, on).filter(pk=parse_ref(about).pk).exists()

    def began(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """The question stays as it is until a step is taken."""

    def handed(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """Whoever holds the work sees the question, so nothing is to be opened."""

    def finished(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """Not in the inbox."""
        raise WrongState(ON_ITS_PAGE)

    def returned(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Given back: to whoever answers readers."""
        take_back(actor=actor, at=at, voice=Voice(pk=parse_ref(task.about).pk), reason=reason)

    def stopped(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Recalled by a leader: the same."""
        take_back(actor=actor, at=at, voice=Voice(pk=parse_ref(task.about).pk), reason=reason or "Thu hồi việc đã giao")


class DraftWork:
    """Who has to act on a draft, as work in their inbox (tasks.givers)."""

    def hold(self, *, about: str) -> None:
        """Work about it is about to be locked."""
        lock_draft(Draft(pk=parse_ref(about).pk))

    def ends_itself(self, *, kind: str) -> bool:
        """Always: by a step on the draft's page."""
        return True

    def reads(self, *, actor: Actor, about: str, on: date) -> bool:
        """Whoever sees the draft reads what is reported of the work about it."""
        return drafts_visible_to(actor, on).filter(pk=parse_ref(about).pk).exists()

    def began(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """The draft stays as it is until a step is taken."""

    def handed(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """Whoever holds the work sees the draft, so nothing is to be opened."""

    def finished(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """Not in the inbox."""
        raise WrongState("Việc này xong theo bước làm ở trang dự thảo: đăng, trả lại, sửa hoặc tổng hợp.")

    def returned(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Given back: to whoever words drafts."""
        drafts.take_back(actor=actor, at=at, draft=Draft(pk=parse_ref(task.about).pk), reason=reason)

    def stopped(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Recalled by a leader: the same."""
        self.returned(actor=actor, at=at, task=task, reason=reason or "Thu hồi việc đã giao")


class DraftFiles:
    """Files of drafts: whoever sees the draft inside the house opens them; the public takes them from the portal (files.holders)."""

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        """As part of a draft; None when none has it."""
        held = Draft.objects.filter(file=file_id)
        if not held.exists():
            return None
        seen = drafts_visible_to(actor, at.date()).filter(file=file_id).exists()
        return allow_if(seen, "Bạn không thấy được mục này.")

    def locked(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """What shows it leaves the portal at once."""
        drafts.close(actor=actor, at=at, file=file)

    def released(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """A person publishes it again, or does not."""

    def lost(self, *, actor: Actor, at: datetime, file: UUID, level: str) -> None:
        """The draft lets it go."""
        drafts.close(actor=actor, at=at, file=file, is_lost=True)


class OpinionSheets:
    """All that was said of a draft as a file (outputs.makers)."""

    def may_take(self, actor: Actor, keys: Keys, on: date) -> Verdict:
        """Whoever still handles the draft."""
        draft = drafts_visible_to(actor, on).filter(pk=keys["draft"]).first()
        return (
            may_handle(wear(actor, draft, may_handle, on), draft, on)
            if draft
            else allow_if(False, "Bạn không còn thấy dự thảo này.")
        )

    def make(self, keys: Keys, *, actor: Actor, at: datetime, out: IO[bytes], tell: Tell) -> None:
        """As a sheet."""
        make(keys, by=actor.name, at=at, out=out, tell=tell)

    def made(self, *, actor: Actor, at: datetime, keys: Keys) -> None:
        """The law wants no record of it."""


class OpenVoices:
    """Questions of an agency that wait, told before it moves or ends (organisation.successions)."""

    def foresee(self, *, unit: Unit, on: date) -> Sequence[Tie]:
        """One line for all of them; counted up to a thousand."""
        if not unit.is_agency:
            return []
        waiting = Voice.objects.filter(agency=unit, state__in=OPEN).values_list("pk", flat=True)
        count = len(waiting[: MOST + 1])
        words = f"{count} câu hỏi của bạn đọc chưa trả lời" if count <= MOST else f"hơn {MOST} câu hỏi chưa trả lời"
        return (
            [Tie(words, "Trả lời, hoặc chuyển cơ quan khác trước khi cơ quan kết thúc.", is_open=True)] if count else []
        )


def menu(request: HttpRequest) -> list[NavItem]:
    """What stands in the side menu of whoever answers for an agency's portal."""
    may = may_open_desk(request_actor(request), clock.local_day(clock.now()))
    items = [NavItem("/cau-hoi", "Hỏi đáp", "person", 30), NavItem("/du-thao", "Dự thảo lấy ý kiến", "file", 31)]
    return items if may else []
