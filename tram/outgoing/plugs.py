"""What outgoing documents plug into lower rooms: their work, files, cards, the states that other agencies report."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from tram.documents.models import Incoming
from tram.documents.sockets import Offer
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.refs import parse_ref
from tram.kernel.verdicts import Verdict, WrongState, allow_if
from tram.notifications.sockets import Phrase, Push
from tram.organisation.models import NumberBook, Unit
from tram.organisation.sockets import Tie
from tram.outgoing.commands import check, files, issue, opinions
from tram.outgoing.commands.books import print_book
from tram.outgoing.commands.cards import card_of, lock
from tram.outgoing.models import Outgoing
from tram.outgoing.policy import may_draft, may_see_book
from tram.outgoing.queries import carrying, printing
from tram.outgoing.queries.documents import visible_to
from tram.outgoing.states import AT_THE_CLERK, IN_CHECK, Delivery, State
from tram.outputs.sockets import Keys, Tell
from tram.search.sockets import CardInput
from tram.tasks.events import Kind
from tram.tasks.models import Task
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem

ASKED_HERE = {
    Kind.COMMENT: "Trả lời góp ý ở trang dự thảo: nhất trí, nhất trí có sửa, hoặc không nhất trí.",
    Kind.REVIEW: "Mở trang văn bản và chọn bước kiểm tra, cấp số hoặc trả lại; việc tự xong theo bước ấy.",
    Kind.APPROVE: "Mở trang văn bản và chọn Duyệt, Ký hoặc Trả lại; việc tự xong theo bước ấy.",
}
"""Work that ends by what is done on the letter's own page, never by itself."""


def _document(task: Task) -> Outgoing:
    """Its key alone: the commands lock it and read it as it is then."""
    return Outgoing(pk=parse_ref(task.about).pk)


class OutgoingWork:
    """The room that gave the work about an outgoing document (tasks.givers)."""

    def hold(self, *, about: str) -> None:
        """Work about it is about to be locked."""
        lock(Outgoing(pk=parse_ref(about).pk))

    def ends_itself(self, *, kind: str) -> bool:
        """Opinions, checks and approvals are given on the letter's page."""
        return kind in ASKED_HERE

    def reads(self, *, actor: Actor, about: str, on: date) -> bool:
        """Whoever reads the document reads what is reported of the work about it."""
        return visible_to(actor, on).filter(pk=parse_ref(about).pk).exists()

    def began(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """A unit took up what the letter gives it to do."""
        self._reports(actor, at, task, Delivery.PROCESSING)

    def handed(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """It went to another holder, who may now read the letter."""
        issue.open_to_holder(actor=actor, at=at, document=_document(task), task=task)

    def finished(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """Done in the inbox: work that the letter gave; checks, opinions and approvals end on its own page."""
        kind = Kind(task.kind)
        state = Outgoing.objects.values_list("state", flat=True).get(pk=_document(task).pk)
        if kind == Kind.COMMENT or (kind in ASKED_HERE and state in (*IN_CHECK, *AT_THE_CLERK)):
            raise WrongState(ASKED_HERE[kind])
        self._reports(actor, at, task, Delivery.FINISHED)

    def returned(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Given back: an opinion is not given; a check or approval given back returns the draft."""
        self._gone(actor, at, task, reason, declined=True)

    def stopped(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Recalled by who gave it, or by a leader."""
        self._gone(actor, at, task, reason, declined=False)

    def _gone(self, actor: Actor, at: datetime, task: Task, reason: str, *, declined: bool) -> None:
        document = Outgoing.objects.get(pk=_document(task).pk)
        if task.kind == Kind.COMMENT:
            opinions.let_go(actor=actor, at=at, document=document, task=task.pk, reason=reason, declined=declined)
        elif task.kind in ASKED_HERE and document.state in IN_CHECK and not declined:
            check.fall_back(actor=actor, at=at, document=document, reason=reason)
        elif task.kind in ASKED_HERE and document.state in (*IN_CHECK, State.APPROVED, State.SIGNED) and declined:
            check.send_back(actor=actor, at=at, document=document, reason=reason)
        elif task.kind in ASKED_HERE and document.state in AT_THE_CLERK:
            raise WrongState("Văn bản đã duyệt: phát hành, hủy số, hoặc trả lại ở trang văn bản.")
        else:
            self._reports(actor, at, task, Delivery.REJECTED if declined else Delivery.RECALLED)

    def _reports(self, actor: Actor, at: datetime, task: Task, state: Delivery) -> None:
        issue.keep_inner_report(actor=actor, at=at, document=_document(task), task=task.pk, state=state)


class OutgoingFiles:
    """A file of a letter opens for whoever may read the letter (files.holders)."""

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        """Asked by the files room for every download; None when no letter carries the file."""
        carried = Outgoing.objects.filter(
            Q(paper=file_id) | Q(original=file_id) | Q(attachments__file=file_id) | Q(opinions__marked=file_id)
        ).values("pk")
        if not carried.exists():
            return None
        mine = visible_to(actor, local_day(at)).filter(pk__in=carried).exists()
        return allow_if(mine, "Bạn không thấy được mục này.")

    def locked(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """The letter keeps its words; the file opens to nobody and shows no name."""

    def released(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """It opens again."""

    def lost(self, *, actor: Actor, at: datetime, file: UUID, level: str) -> None:
        """The letter lets go of the file."""
        files.lose(actor=actor, at=at, file=file)


class Told:
    """An agency here tells how far our letter came (documents.senders)."""

    def told(self, *, actor: Actor, at: datetime, origin: str, code: str, note: str) -> None:
        """One status of one place."""
        issue.keep_report(actor=actor, at=at, recipient=parse_ref(origin).pk, code=code, note=note)


MOST = 1000


class OpenDrafts:
    """Drafts and letters not yet issued, told before the unit or agency moves or ends (organisation.successions)."""

    def foresee(self, *, unit: Unit, on: date) -> Sequence[Tie]:
        """One line for all of them; counted up to a thousand."""
        whose = Q(agency=unit) if unit.is_agency else Q(unit=unit)
        open_now = Outgoing.objects.filter(whose, ended_at=None, issued_at=None)
        count = len(open_now.values_list("pk", flat=True)[: MOST + 1])
        words = (
            f"{count} dự thảo, văn bản đi chưa phát hành" if count <= MOST else f"hơn {MOST} văn bản đi chưa phát hành"
        )
        return [Tie(words, "Phát hành, hoặc thôi không ban hành.", is_open=True)] if count else []


class Books:
    """Registers of outgoing documents as files (outputs.makers)."""

    def may_take(self, actor: Actor, keys: Keys, on: date) -> Verdict:
        """Whoever may see the register."""
        return may_see_book(actor, NumberBook.objects.get(pk=keys["book"]).agency_id, on)

    def make(self, keys: Keys, *, actor: Actor, at: datetime, out: IO[bytes], tell: Tell) -> None:
        """As paper or as a sheet."""
        printing.make(keys, by=actor.name, at=at, out=out, tell=tell)

    def made(self, *, actor: Actor, at: datetime, keys: Keys) -> None:
        """What was printed is on record (Điều 19); a sheet is for looking at."""
        if keys["form"] == "pdf":
            book = NumberBook.objects.get(pk=keys["book"])
            print_book(actor=actor, at=at, book=book, first=keys["first"], last=keys["last"])


class CarriedBooks:
    """Books of what was sent by post or hand as files (outputs.makers)."""

    def may_take(self, actor: Actor, keys: Keys, on: date) -> Verdict:
        """Whoever may see the register."""
        return may_see_book(actor, keys["agency"], on)

    def make(self, keys: Keys, *, actor: Actor, at: datetime, out: IO[bytes], tell: Tell) -> None:
        """As paper."""
        carrying.make(keys, by=actor.name, at=at, out=out, tell=tell)

    def made(self, *, actor: Actor, at: datetime, keys: Keys) -> None:
        """Each sending is on record already; this paper is for those who take the envelopes to sign."""


class OutgoingCards:
    """Every document's card anew, in the order of keys (search.sources)."""

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        """The cards of the next `limit` documents."""
        return [card_of(document) for document in Outgoing.objects.filter(pk__gt=since_pk).order_by("pk")[:limit]]


VEILED = "Có thay đổi ở một văn bản đi của bạn."
WAITING = ("outgoing.opinion_declined", "outgoing.returned")
"""What waits for the drafter's hand."""
NOTICES = {
    kind: Phrase(name, sentence, VEILED, Push.WAITS if kind in WAITING else Push.NEVER)
    for kind, name, sentence in (
        ("outgoing.opinion_given", "Ý kiến về dự thảo", "{unit} đã cho ý kiến ({stance_name}): {title}"),
        ("outgoing.opinion_declined", "Trả lại việc góp ý", "{unit} trả lại việc góp ý: {title}. Lý do: {reason}"),
        ("outgoing.opinion_recalled", "Dừng việc góp ý", "Việc góp ý của {unit} đã dừng: {title}. Lý do: {reason}"),
        ("outgoing.returned", "Dự thảo bị trả lại", "{actor} trả lại dự thảo: {title}. {reason}"),
        ("outgoing.taken_back", "Dự thảo được rút về", "{actor} rút dự thảo về: {title}. {reason}"),
        ("outgoing.approved", "Dự thảo được duyệt", "{actor} đã duyệt bản {number}: {title}"),
        ("outgoing.voided", "Số bị hủy", "{actor} đã hủy số {code}: {title}. Lý do: {reason}"),
        ("outgoing.issued", "Văn bản đã phát hành", "Đã phát hành {code}: {title}"),
        ("outgoing.status_told", "Nơi nhận báo về", "{name} báo {meaning}: {title}. {note}"),
        ("outgoing.recalled", "Văn bản bị thu hồi", "{actor} đã thu hồi: {title}. Lý do: {reason}"),
    )
}


def answering(*, actor: Actor, document: Incoming, on: date) -> Offer | None:
    """Draft an answer to a letter that is not settled (documents.offerings)."""
    mine = document.agency_id == actor.agency and document.ended_at is None and document.arrival_number is not None
    if not (mine and may_draft(actor, on)) or document.secrecy:
        return None
    return Offer(f"/van-ban-di/soan?tra-loi={document.pk}", "Soạn trả lời")


def copying(*, actor: Actor, document: Incoming, on: date) -> Offer | None:
    """Copy a letter that stands in the book (documents.offerings), for who drafts without leading the agency; whether it
    has a PDF is told when it is begun.
    """
    mine = document.agency_id == actor.agency and document.arrival_number is not None and not document.secrecy
    if not (mine and may_draft(actor, on)) or actor.leads(document.agency_id, on):
        return None
    return Offer(f"/van-ban-di/soan?sao-den={document.pk}", "Lập bản sao", "b", "file")


def menu(request: HttpRequest) -> list[NavItem]:
    """What stands in the side menu: the list for everybody, the book for who may see it."""
    actor, on = request_actor(request), clock.local_day(clock.now())
    items = [NavItem("/van-ban-di", "Văn bản đi", "letter-out", 25)]
    if may_see_book(actor, actor.agency, on):
        items.append(NavItem(f"/van-ban-di/so/outgoing/{on.year}", "Sổ văn bản đi", "book", 51))
    return items
