"""What documents plug into lower rooms: their work, their files, their cards."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO
from uuid import UUID

from django.http import HttpRequest

from tram.documents.commands import marked, settle
from tram.documents.commands.books import print_book
from tram.documents.commands.cards import card_of, lock
from tram.documents.models import Incoming
from tram.documents.policy import may_print_book, may_register
from tram.documents.queries import visible_to
from tram.documents.screens import books
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.refs import parse_ref
from tram.kernel.verdicts import Verdict, allow_if
from tram.organisation.models import NumberBook, Unit
from tram.organisation.sockets import Tie
from tram.outputs.sockets import Keys, Tell
from tram.search.sockets import CardInput
from tram.tasks.events import Kind
from tram.tasks.models import Task
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


def _document(task: Task) -> Incoming:
    """Its key alone: the commands lock it and read it as it is then."""
    return Incoming(pk=parse_ref(task.about).pk)


class IncomingWork:
    """The room that gave the work about an incoming document (tasks.givers)."""

    def hold(self, *, about: str) -> None:
        """Work about it is about to be locked."""
        lock(Incoming(pk=parse_ref(about).pk))

    def ends_itself(self, *, kind: str) -> bool:
        """A direction is given on the document's page."""
        return kind == Kind.DIRECT

    def reads(self, *, actor: Actor, about: str, on: date) -> bool:
        """Whoever reads the document reads what is reported of the work about it."""
        return visible_to(actor, on).filter(pk=parse_ref(about).pk).exists()

    def began(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """The lead took it up."""
        settle.begin(actor=actor, at=at, document=_document(task), task=task)

    def handed(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """It went to another holder."""
        settle.pass_on(actor=actor, at=at, document=_document(task), task=task)

    def finished(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """It is done and confirmed."""
        settle.settle(actor=actor, at=at, document=_document(task), task=task)

    def returned(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """It was given back."""
        settle.take_back(actor=actor, at=at, document=_document(task), task=task, reason=reason)

    def stopped(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """It was recalled, or ended unfinished."""
        settle.stop(actor=actor, at=at, document=_document(task), task=task, reason=reason)


class IncomingFiles:
    """A file of a document opens for whoever may read the document (files.holders)."""

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        """Asked by the files room for every download; None when no document carries the file."""
        carried = Incoming.objects.filter(files__file=file_id).values("pk")
        if not carried.exists():
            return None
        mine = visible_to(actor, local_day(at)).filter(pk__in=carried).exists()
        return allow_if(mine, "Bạn không thấy được mục này.")

    def locked(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """The paper itself is veiled; of a file that came with it only the file is locked."""
        for document in Incoming.objects.filter(files__file=file, files__place=0).order_by("pk"):
            marked.veil(actor=actor, at=at, document=document)

    def released(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """The veil is lifted."""
        for document in Incoming.objects.filter(files__file=file, veiled=True).order_by("pk"):
            marked.unveil(actor=actor, at=at, document=document)

    def lost(self, *, actor: Actor, at: datetime, file: UUID, level: str) -> None:
        """The document lets go of the file, and of itself where the file was the paper."""
        for document in Incoming.objects.filter(files__file=file).order_by("pk"):
            marked.purge(actor=actor, at=at, document=document, file=file, level=level)


MOST = 1000


class OpenPapers:
    """Papers of an agency that nobody has settled, told before the agency moves or ends (organisation.successions)."""

    def foresee(self, *, unit: Unit, on: date) -> Sequence[Tie]:
        """One line for all of them; counted up to a thousand."""
        waiting = Incoming.objects.filter(agency=unit, ended_at=None).values_list("pk", flat=True)[: MOST + 1]
        count = len(waiting)
        words = f"{count} văn bản đến chưa giải quyết xong" if count <= MOST else f"hơn {MOST} văn bản đến chưa xong"
        return [Tie(words, "Giải quyết xong; số đến và hạn vẫn giữ.", is_open=True)] if count else []


class Books:
    """Books of incoming papers as files (outputs.makers)."""

    def may_take(self, actor: Actor, keys: Keys, on: date) -> Verdict:
        """Whoever may print the book."""
        book = NumberBook.objects.get(pk=keys["book"])
        return may_print_book(actor, book.agency_id, on, is_secret=book.is_secret)

    def make(self, keys: Keys, *, actor: Actor, at: datetime, out: IO[bytes], tell: Tell) -> None:
        """As paper or as a sheet."""
        books.make(keys, by=actor.name, at=at, out=out, tell=tell)

    def made(self, *, actor: Actor, at: datetime, keys: Keys) -> None:
        """What was printed is on record (Điều 22); a sheet is for looking at."""
        if keys["form"] == "pdf":
            book = NumberBook.objects.get(pk=keys["book"])
            print_book(actor=actor, at=at, book=book, first=keys["first"], last=keys["last"])


class IncomingCards:
    """Every document's card anew, in the order of keys (search.sources)."""

    def cards(self, since_pk: int, limit: int) -> list[CardInput]:
        """The cards of the next `limit` documents."""
        return [card_of(document) for document in Incoming.objects.filter(pk__gt=since_pk).order_by("pk")[:limit]]


def menu(request: HttpRequest) -> list[NavItem]:
    """What stands in the side menu: the list for everybody, the desk for the clerk, the books for who may print them."""
    actor, on = request_actor(request), clock.local_day(clock.now())
    items = [NavItem("/van-ban-den", "Văn bản đến", "letter-in", 20)]
    if may_register(actor, actor.agency, on):
        items.append(NavItem("/van-ban-den/ban-van-thu", "Bàn văn thư", "scan", 12))
    if may_print_book(actor, actor.agency, on):
        items.append(NavItem("/so", "Sổ", "book", 50))
    return items
