"""Number and date: from the agency's books without gaps, paper and electronic in one series (Điều 15)."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled
from tram.kernel.crashpoints import crashpoint
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.organisation.commands.books import take_number, use_reserved, void_number
from tram.organisation.models import NumberBook
from tram.outgoing.commands.cards import end_work, lock, open_to, show, tell_drafter
from tram.outgoing.models import Outgoing
from tram.outgoing.policy import may_keep
from tram.outgoing.queries.signers import abbreviations
from tram.outgoing.rules import book_for, kinds, notation, number_text
from tram.outgoing.states import MOVES
from tram.tasks.events import Kind


@atomic
def number(*, actor: Actor, at: datetime, document: Outgoing, kept_number: int | None = None) -> Outgoing:
    """Give a signed letter its number, notation and day in the book of its kind; the leaders read it from now on.

    The series is one for letters signed on paper and electronically, by the scheme whose books the agency opened.
    `kept_number`: a number that was kept for it. Raises Invalid when the year's book is not open (field "book").
    """
    document = lock(document)
    actor = entitled(actor, document, may_keep, at.date())
    document.state = MOVES.after(document.state, "number")
    kind = kinds()[document.kind]
    agency, unit = abbreviations(document, at.date())
    document.code_notation = notation(kind, agency, unit)
    if len(document.code_notation) > 30:
        raise Invalid(
            {"book": f"Ký hiệu {document.code_notation} dài quá 30 chữ cái. Rút gọn chữ viết tắt của đơn vị."}
        )
    books = NumberBook.objects.filter(agency=document.agency_id, year=at.year, closed_on=None)
    document.book_code = book_for(kind, set(books.values_list("code", flat=True)))
    document.year, document.issued_date, document.changed_at = at.year, at.date(), at
    document.numbered_by = actor.name
    keys = [f"{role}.{document.agency_id}" for role in ("leader", "office_chief")]
    open_to(document, keys, at=at, cause=document.ref)
    _take(actor, at, document, kept_number)
    return document


def _take(actor: Actor, at: datetime, document: Outgoing, kept: int | None) -> None:
    """The number comes last, so its row is locked for an instant and a refusal takes none."""
    agency, code, about = document.agency_id, document.book_code, document.ref
    if kept is None:
        taken = take_number(actor=actor, at=at, agency=agency, code=code, about=about)
    else:
        taken = use_reserved(actor=actor, at=at, agency=agency, code=code, number=kept, about=about)
    document.number, document.code_number = taken, number_text(taken)
    document.save()
    crashpoint("outgoing.number.taken")
    record(
        actor=actor, at=at, what="outgoing.numbered", about=document.ref, agency=document.agency_id,
        code=document.code, number=taken, book=document.book_code, issued_on=f"{at:%d/%m/%Y}",
        on_paper=document.is_on_paper,
    )  # fmt: skip
    show(document, actor=actor, at=at)


@atomic
def void(*, actor: Actor, at: datetime, document: Outgoing, reason: str) -> Outgoing:
    """Void the number of a letter that has not left: the row and number stay in the book with the reason, for good."""
    document = lock(document)
    actor = entitled(actor, document, may_keep, at.date())
    need_reason(reason, "Lãnh đạo rút văn bản sau khi cấp số")
    document.state = MOVES.after(document.state, "void")
    book = NumberBook.objects.filter(
        agency=document.agency_id, code=document.book_code, year=document.year or 0
    ).first()
    if book is None or document.number is None:
        raise WrongState("Văn bản chưa có số trong sổ.")
    document.ended_at, document.outcome, document.changed_at = at, reason[:500], at
    document.save()
    end_work(document, *Kind, actor=actor, at=at, result=f"Đã hủy số {document.code}: {reason}")
    record(
        actor=actor, at=at, what="outgoing.voided", about=document.ref, agency=document.agency_id, code=document.code,
        reason=reason,
    )  # fmt: skip
    tell_drafter(document, "outgoing.voided", actor=actor, at=at, code=document.code, reason=reason)
    show(document, actor=actor, at=at)
    void_number(actor=actor, at=at, book=book, number=document.number, reason=reason)
    return document
