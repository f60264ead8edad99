"""What work files plug into lower rooms: their work, their cards, words of notices, lines of the menu, filing a letter."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO

from django.http import HttpRequest

from tram.documents.models import Incoming
from tram.documents.sockets import Offer
from tram.kernel.actors import Actor
from tram.kernel.refs import parse_ref
from tram.kernel.verdicts import Verdict, WrongState, allow_if
from tram.notifications.sockets import Phrase, Push
from tram.organisation.models import Unit
from tram.organisation.sockets import Tie
from tram.outgoing.models import Outgoing
from tram.outputs.sockets import Keys, Tell
from tram.search.sockets import CardInput
from tram.tasks.models import Task
from tram.web.middleware import request_actor
from tram.web.rows import read
from tram.web.sockets import NavItem
from tram.workfiles.commands import cards, dispose, plan, transfer
from tram.workfiles.models import Disposal, HandOver, Plan, WorkFile
from tram.workfiles.policy import may_file, may_list
from tram.workfiles.queries import printing
from tram.workfiles.queries.archive import disposals_visible_to, hand_overs_visible_to
from tram.workfiles.queries.files import visible_to
from tram.workfiles.states import SEALED

ON_ITS_PAGE = "Mở trang của việc này rồi chọn bước ở đó; việc tự xong theo bước ấy."


class _Work:
    """Work that ends by a step on its own page, alike for plans, hand-overs and disposals (tasks.givers)."""

    def ends_itself(self, *, kind: str) -> bool:
        """All of it."""
        return True

    def began(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """It was taken up: nothing changes."""

    def handed(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """It went to another holder: who may decide stays as it is."""

    def finished(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """Ticked off in the inbox, where nothing was decided."""
        raise WrongState(ON_ITS_PAGE)


def _reads_plan(actor: Actor, pk: int, on: date) -> bool:
    return Plan.objects.filter(pk=pk, agency__in=[hat.agency for hat in actor.worn(on)]).exists()


class PlanWork(_Work):
    """A plan lies before the head of the agency."""

    def hold(self, *, about: str) -> None:
        """Work about it is about to be locked."""
        cards.lock_plan(Plan(pk=parse_ref(about).pk))

    def reads(self, *, actor: Actor, about: str, on: date) -> bool:
        """The plan is published in its agency."""
        return _reads_plan(actor, parse_ref(about).pk, on)

    def returned(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Given back: to be drawn anew."""
        plan.return_plan(actor=actor, at=at, plan=Plan(pk=parse_ref(task.about).pk), reason=reason)

    def stopped(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Taken back by who put it before the head: who may not return it is told where to go."""
        raise WrongState("Danh mục đã trình do lãnh đạo trả lại ở trang danh mục.")


class HandOverWork(_Work):
    """A list lies before the archive."""

    def hold(self, *, about: str) -> None:
        """Work about it is about to be locked."""
        cards.lock_hand_over(HandOver(pk=parse_ref(about).pk))

    def reads(self, *, actor: Actor, about: str, on: date) -> bool:
        """Who sees the list."""
        return hand_overs_visible_to(actor, on).filter(pk=parse_ref(about).pk).exists()

    def returned(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """The archive gives it back: the files are due again."""
        transfer.hand_back(actor=actor, at=at, hand_over=HandOver(pk=parse_ref(task.about).pk), reason=reason)

    def stopped(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Who handed over takes it back."""
        self.returned(actor=actor, at=at, task=task, reason=reason)


class DisposalWork(_Work):
    """A proposal lies before a leader."""

    def hold(self, *, about: str) -> None:
        """Work about it is about to be locked."""
        cards.lock_disposal(Disposal(pk=parse_ref(about).pk))

    def reads(self, *, actor: Actor, about: str, on: date) -> bool:
        """Who sees the proposal."""
        return disposals_visible_to(actor, on).filter(pk=parse_ref(about).pk).exists()

    def returned(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Given back is not agreed."""
        dispose.refuse(actor=actor, at=at, disposal=Disposal(pk=parse_ref(task.about).pk), reason=reason)

    def stopped(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """A proposal is decided on by a leader, not taken back."""
        raise WrongState("Đề nghị hủy đã trình do lãnh đạo quyết định ở trang của đề nghị.")


MOST = 1000


class OpenFiles:
    """Files of a unit that are not in the archive, told before the unit moves or ends (organisation.successions)."""

    def foresee(self, *, unit: Unit, on: date) -> Sequence[Tie]:
        """One line for all of them; counted up to a thousand."""
        whose = {"agency": unit} if unit.is_agency else {"unit": unit}
        waiting = WorkFile.objects.filter(**whose).exclude(state__in=SEALED).values_list("pk", flat=True)
        count = len(waiting[: MOST + 1])
        words = f"{count} hồ sơ công việc chưa nộp lưu" if count <= MOST else f"hơn {MOST} hồ sơ công việc chưa nộp lưu"
        return [Tie(words, "Kết thúc, nộp lưu, hoặc giao cho người của đơn vị kế thừa.", is_open=True)] if count else []


class ContentsLists:
    """Lists of what lies in a file as files (outputs.makers)."""

    def may_take(self, actor: Actor, keys: Keys, on: date) -> Verdict:
        """Whoever may see the file; of the papers they get those that they may read."""
        mine = visible_to(actor, on).filter(pk=keys["file"]).exists()
        return allow_if(mine, "Bạn không thấy được mục này.")

    def make(self, keys: Keys, *, actor: Actor, at: datetime, out: IO[bytes], tell: Tell) -> None:
        """As paper or as a sheet."""
        printing.make_contents(keys, actor=actor, at=at, out=out, tell=tell)

    def made(self, *, actor: Actor, at: datetime, keys: Keys) -> None:
        """The law wants no record of it."""


class PlanLists:
    """Plans of a year as files (outputs.makers)."""

    def may_take(self, actor: Actor, keys: Keys, on: date) -> Verdict:
        """Everybody in the agency."""
        return allow_if(_reads_plan(actor, keys["plan"], on), "Bạn không thấy được mục này.")

    def make(self, keys: Keys, *, actor: Actor, at: datetime, out: IO[bytes], tell: Tell) -> None:
        """As paper or as a sheet."""
        printing.make_plan(keys, by=actor.name, at=at, out=out, tell=tell)

    def made(self, *, actor: Actor, at: datetime, keys: Keys) -> None:
        """The law wants no record of it."""


class FileCards:
    """Every file's card anew, in the order of keys (search.sources)."""

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        """The cards of the next `limit` files."""
        return [cards.card_of(file) for file in WorkFile.objects.filter(pk__gt=since_pk).order_by("pk")[:limit]]


VEILED = "Có thay đổi ở một hồ sơ của bạn."
NOTICES = {
    kind: Phrase(name, sentence, VEILED, Push.WAITS if kind == "workfiles.handed_back" else Push.NEVER)
    for kind, name, sentence in (
        ("workfiles.fell_due", "Hồ sơ đến hạn nộp lưu", "Hồ sơ {notation} nộp lưu trước {due_on}: {title}"),
        ("workfiles.handed_back", "Hồ sơ nộp lưu bị trả lại", "{actor} trả lại hồ sơ giao nộp. Lý do: {reason}"),
        ("workfiles.received", "Lưu trữ đã nhận hồ sơ", "{actor} đã nhận {count} hồ sơ vào lưu trữ cơ quan"),
    )
}


def menu(request: HttpRequest) -> list[NavItem]:
    """What stands in the side menu: the list for everybody."""
    return [NavItem("/ho-so", "Hồ sơ", "folder", 28)] if may_list(request_actor(request)) else []


LIES = "SELECT file_id FROM workfiles_paper WHERE {column} = %s AND taken_out_at IS NULL ORDER BY id DESC"


def _offer(actor: Actor, on: date, column: str, query: str, letter: Incoming | Outgoing) -> Offer | None:
    """The file in which a letter lies, where this person sees it; else the way to put it into one."""
    if not may_file(actor, on):
        return None
    lies = [file for (file,) in read(LIES.format(column=column), letter.pk)]
    seen = {file.pk: file for file in visible_to(actor, on).filter(pk__in=lies)} if lies else {}
    found = next((seen[file] for file in lies if file in seen), None)
    if found is not None:
        return Offer(found.url, f"Hồ sơ {found.notation}", "l", "folder")
    return Offer(f"/ho-so/xep?{query}={letter.pk}&next={letter.url}", "Đưa vào hồ sơ", "l", "folder")


def filing_incoming(*, actor: Actor, document: Incoming, on: date) -> Offer | None:
    """Put a letter that came into a file (documents.offerings)."""
    if document.secrecy or document.veiled or document.arrival_number is None or document.agency_id != actor.agency:
        return None
    return _offer(actor, on, "incoming_id", "den", document)


def filing_outgoing(*, actor: Actor, document: Outgoing, on: date) -> Offer | None:
    """Put a letter that goes into a file (outgoing.offerings)."""
    if document.agency_id != actor.agency:
        return None
    return _offer(actor, on, "outgoing_id", "di", document)


def filing_many(*, actor: Actor, on: date) -> Offer | None:
    """Put letters that are picked in a list into a file (documents.batches)."""
    return Offer("/ho-so/xep", "Đưa vào hồ sơ", "l", "folder") if may_file(actor, on) else None
