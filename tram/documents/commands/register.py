"""Into the book: the number of arrival, corrections that strike through, the sender's recall (Điều 22, Phụ lục IV, VI)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tram.audit.commands import atomic, record, together
from tram.documents.commands.cards import lock, must_own, next_place, readers, show
from tram.documents.commands.direct import present
from tram.documents.models import Correction, Incoming, IncomingFile
from tram.documents.policy import may_register
from tram.documents.queries import find_duplicate
from tram.documents.rules import BOOKS, LABELS, Slip, mistakes, number_key, secret_sentence
from tram.documents.states import MOVES, SECRECY_NAMES, Channel, Secrecy
from tram.files.models import File
from tram.kernel.actors import Actor
from tram.kernel.crashpoints import crashpoint
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.commands.books import take_number, use_reserved
from tram.organisation.models import NumberBook, Post, Unit
from tram.tasks.commands.give import recall
from tram.tasks.models import Task
from tram.web.rows import insert, update

__all__ = ["Channel", "Slip", "number_key"]
"""What callers fill in: the slip and the way a paper came; and what papers with the same number share."""


@atomic
def register(
    *, actor: Actor, at: datetime, agency: Unit, slip: Slip, document: Incoming | None = None,
    files: Sequence[File] = (), present_to: Post | None = None, duplicate_reason: str = "",
    kept_number: int | None = None,
) -> Incoming:  # fmt: skip
    """Enter a paper in the agency's book under the next number of the year, and put it before a leader when named.

    `kept_number`: a number that was kept for it; the book's counter stays where it is.

    A paper waiting in the lane is `document`; one typed from nothing has none. Raises Invalid with a sentence for each
    wrong field, and under "duplicate" when a paper with the same number of the same agency is in the book already and
    no reason to enter it again is given.
    """
    may_register(actor, agency.pk, at.date()).or_refuse()
    document = lock(document) if document else Incoming(agency=agency, channel=Channel.PAPER, arrived_at=at)
    if document.agency_id != agency.pk:
        raise WrongState("Văn bản này đang ở bàn văn thư của cơ quan khác.")
    if document.veiled:
        raise WrongState("Máy thấy dấu mật trên bản quét. Trả lời ở trang Dấu mật trước khi vào sổ.")
    _check(document, slip, files, at, duplicate_reason)
    document.state = MOVES.after(document.state, "register")
    _fill(document, slip, at)
    document.registered_at, document.registered_by = at, actor.name
    document.duplicate_reason = duplicate_reason
    if document.pk is None:
        insert(document)
    else:
        document.save()
    must_own(actor, files)
    for place, file in enumerate(files, start=next_place(document) if files else 0):
        IncomingFile.objects.create(document=document, file=file, place=place)
    crashpoint("documents.register.filled")
    if present_to is not None:
        present(actor=actor, at=at, document=document, to=present_to)
        document.refresh_from_db()
    opened = readers(document)  # before the number: from then on others wait for the row of the book
    _number(actor, at, document, kept_number)
    crashpoint("documents.register.numbered")
    show(document, actor=actor, at=at, opened=opened)
    return document


@atomic
def register_many(
    *, actor: Actor, at: datetime, agency: Unit, entries: Sequence[tuple[Incoming, Slip, Post | None]]
) -> dict[int, Incoming | Invalid]:
    """Enter several papers, each put before its leader. One that is wrong stays in the lane; the others go on.

    All are locked before the book is: two batches, or a batch and a single slip, never wait crosswise.
    Returns for each paper (by id) the registered document, or the Invalid that says why it stayed.
    """
    papers = [document.pk for document, _, _ in entries]
    list(Incoming.objects.select_for_update(no_key=True).filter(pk__in=papers).order_by("pk"))
    done: dict[int, Incoming | Invalid] = {}
    for document, slip, leader in entries:
        try:
            with together():
                done[document.pk] = register(
                    actor=actor, at=at, agency=agency, slip=slip, document=document, present_to=leader
                )
        except Invalid as error:
            done[document.pk] = error
    return done


def _check(document: Incoming, slip: Slip, files: Sequence[File], at: datetime, duplicate_reason: str) -> None:
    wrong = mistakes(slip, at.date())
    if slip.secrecy and (files or (document.pk and document.files.exists())):
        wrong["files"] = secret_sentence(slip.secrecy)
    twin = None if duplicate_reason else find_duplicate(document.agency_id, slip, exclude=document.pk)
    if twin:
        wrong["duplicate"] = (
            f"Đã vào sổ số {twin.arrival_number} ngày {twin.arrival_date:%d/%m/%Y} (cùng số {twin.code}, cùng cơ quan)."
            " Mở văn bản đó, hoặc ghi lý do để vẫn vào sổ."
        )
    if wrong:
        raise Invalid(wrong)


def _fill(document: Incoming, slip: Slip, at: datetime) -> None:
    for name, value in slip.values().items():
        if name == "organ_unit":
            document.organ_unit_id = value  # type: ignore[assignment]
        else:
            setattr(document, name, value)
    document.arrival_date = slip.arrival_date or at.date()
    document.number_key = number_key(slip.code_number, slip.code_notation)
    document.book_code = BOOKS[slip.secrecy > 0]
    document.year = at.year


def _taken(actor: Actor, at: datetime, document: Incoming, kept: int | None) -> int:
    book: dict[str, Any] = {"agency": document.agency_id, "code": document.book_code, "about": document.ref}
    if kept is None:
        return take_number(actor=actor, at=at, **book)
    return use_reserved(actor=actor, at=at, number=kept, **book)


def _number(actor: Actor, at: datetime, document: Incoming, kept: int | None) -> None:
    """The number comes last, so its row is locked for an instant and a refused slip takes none."""
    document.arrival_number = _taken(actor, at, document, kept)
    update(document, "arrival_number")
    number = document.arrival_number
    if document.secrecy:
        level = SECRECY_NAMES[Secrecy(document.secrecy)]
        record(
            actor=actor,
            at=at,
            what="documents.secret_registered",
            about=document.ref,
            agency=document.agency_id,
            number=number,
            level=level,
            place=document.keeping_place,
        )
        return
    record(
        actor=actor,
        at=at,
        what="documents.registered",
        about=document.ref,
        agency=document.agency_id,
        number=number,
        code=document.code,
        organ_name=document.organ_name,
    )
    if document.duplicate_reason:
        record(
            actor=actor,
            at=at,
            what="documents.duplicate_accepted",
            about=document.ref,
            agency=document.agency_id,
            of=document.code,
            reason=document.duplicate_reason,
        )


@atomic
def correct(*, actor: Actor, at: datetime, document: Incoming, changes: dict[str, Any], reason: str) -> Incoming:
    """Correct a row of the book. The old words stay, struck through, with who, when and why; locked rows do not change."""
    document = lock(document)
    may_register(actor, document.agency_id, at.date()).or_refuse()
    books = NumberBook.objects.select_for_update(no_key=True)
    book = books.filter(agency=document.agency_id, code=document.book_code, year=document.year or 0).first()
    if book is None or document.arrival_number is None:
        raise WrongState("Văn bản chưa vào sổ, nên sửa ngay trên phiếu vào sổ.")
    if document.arrival_number <= book.locked_until:
        raise WrongState(f"Sổ đã khóa đến số {book.locked_until}; ghi bổ sung vào cột Ghi chú của văn bản sau.")
    before = Slip(**{name: getattr(document, name) for name in LABELS if name != "secrecy"}, secrecy=document.secrecy)
    after = Slip(**{**before.values(), **changes})
    wrong = mistakes(after, at.date())
    if not reason:
        wrong["reason"] = "Nhập lý do chữa sổ, ví dụ “Gõ nhầm ngày văn bản”."
    if after.secrecy != before.secrecy:
        wrong["secrecy"] = "Độ mật không chữa được. Hủy số này và vào lại đúng sổ."
    if wrong:
        raise Invalid(wrong)
    for name, value in after.values().items():
        old = before.values()[name]
        if name in LABELS and value != old:
            _strike(actor, at, document, name, old, value, reason)
    if "organ_unit" in changes or after.organ_name != before.organ_name:
        document.organ_unit_id = changes.get("organ_unit")
    document.number_key = number_key(document.code_number, document.code_notation)
    document.save()
    show(document, actor=actor, at=at)
    return document


def _strike(actor: Actor, at: datetime, document: Incoming, name: str, old: Any, new: Any, reason: str) -> None:
    setattr(document, name, new)
    before, after = (_words(value) for value in (old, new))
    Correction.objects.create(
        document=document, field=name, before=before, after=after, reason=reason, by_name=actor.name, at=at
    )
    record(
        actor=actor,
        at=at,
        what="documents.corrected",
        about=document.ref,
        agency=document.agency_id,
        field=name,
        label=LABELS[name].lower(),
        before=before,
        after=after,
        reason=reason,
    )


def _words(value: Any) -> str:
    if value is None:
        return ""
    return value.strftime("%d/%m/%Y") if hasattr(value, "year") else str(value)


@atomic
def cancel(*, actor: Actor, at: datetime, document: Incoming, reason: str) -> Incoming:
    """The sender recalled the paper: work on it stops, its row and number stay (Phụ lục VI.III.8)."""
    document = lock(document)
    may_register(actor, document.agency_id, at.date()).or_refuse()
    if not reason:
        raise Invalid({"reason": "Ghi văn bản thu hồi của nơi gửi, ví dụ “Thông báo 12/TB-STC ngày 05/03/2026”."})
    document.state = MOVES.after(document.state, "cancel")
    document.ended_at, document.outcome = at, reason
    document.save(update_fields=["state", "ended_at", "outcome"])
    for task in Task.objects.filter(about=document.ref, ended_at=None).order_by("pk"):
        recall(actor=Actor.system(), at=at, task=task, reason=f"Nơi gửi đã thu hồi văn bản: {reason}"[:500])
    record(actor=actor, at=at, what="documents.cancelled", about=document.ref, agency=document.agency_id, reason=reason)
    show(document, actor=actor, at=at)
    return document
