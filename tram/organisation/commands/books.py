"""Books: opening, giving numbers without gaps, reserving, voiding, locking (NĐ 30/2020 Điều 15, 16, 22)."""

from datetime import datetime

from django.db import connection

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import BookNumber, NumberBook, Unit
from tram.organisation.policy import may_arrange, may_keep, may_lock
from tram.organisation.states import NUMBER_MOVES, NumberState


@atomic
def open_book(
    *, actor: Actor, at: datetime, agency: Unit, code: str, name: str, year: int, is_secret: bool = False
) -> NumberBook:
    """Open an agency's book of a year; its numbers begin at 1. Opening it again gives the same book."""
    if not actor.holds("clerk", agency.pk, at.date()):
        may_arrange(actor, agency, at.date()).or_refuse()
    book, is_new = NumberBook.objects.get_or_create(
        agency=agency, code=code, year=year, defaults={"name": name, "is_secret": is_secret}
    )
    if is_new:
        record(
            actor=actor, at=at, what="organisation.book_opened", about=book.ref, agency=agency.pk, name=name, year=year
        )
    return book


def take_number(*, actor: Actor, at: datetime, agency: int, code: str, about: str) -> int:
    """The next number of the agency's book of this year, in the transaction of the command that needs it.

    Take it as the last lock of the command: the counter's row stays locked until it commits, so a command that
    fails gives its number back and the series has no gap. Raises Invalid when the year's book is not open, WrongState
    when it is closed, or when a later year's book gave numbers more than an hour after `at`: then a clock is wrong,
    and so would the year of the number be. The caller's own record names the number.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH taken AS (UPDATE organisation_numberbook SET next_number = next_number + 1"
            " WHERE agency_id = %(agency)s AND code = %(code)s AND year = %(year)s AND closed_on IS NULL AND NOT EXISTS"
            " (SELECT FROM organisation_numberbook later JOIN organisation_booknumber given ON given.book_id = later.id"
            " WHERE later.agency_id = %(agency)s AND later.code = %(code)s AND later.year > %(year)s"
            " AND given.given_at > %(at)s + interval '1 hour') RETURNING id, next_number - 1 AS n)"
            " INSERT INTO organisation_booknumber (book_id, number, state, about, reason, given_at)"
            " SELECT id, n, 'used', %(about)s, '', %(at)s FROM taken RETURNING number",
            {"agency": agency, "code": code, "year": at.year, "about": about, "at": at},
        )
        row = cursor.fetchone()
    if row is None:
        _explain_missing(agency, code, at.year)
    number: int = row[0]
    return number


def _explain_missing(agency: int, code: str, year: int) -> None:
    book = NumberBook.objects.filter(agency=agency, code=code, year=year).first()
    if book is None:
        raise Invalid({"book": f"Cơ quan chưa mở sổ này cho năm {year}. Mở sổ ở mục Sổ rồi vào lại."})
    if book.closed_on is None:
        raise WrongState(
            f"Sổ của năm sau đã cấp số mà đồng hồ máy chủ chỉ năm {year}, nên không cấp số nữa. Báo quản trị chỉnh giờ."
        )
    raise WrongState(f"Sổ “{book.name}” năm {year} đã đóng ngày {book.closed_on:%d/%m/%Y}, không cấp số nữa.")


@atomic
def reserve_number(*, actor: Actor, at: datetime, book: NumberBook, reason: str) -> BookNumber:
    """Keep the next number for a paper that will come (giữ số), with the reason."""
    may_keep(actor, book, at.date()).or_refuse()
    if not reason:
        raise Invalid({"reason": "Nhập lý do giữ số, ví dụ “Chờ ký lại Tờ trình 45”."})
    book = NumberBook.objects.select_for_update().get(pk=book.pk)
    if book.closed_on:
        raise WrongState(f"Sổ “{book.name}” đã đóng, không giữ số được nữa.")
    number = BookNumber.objects.create(
        book=book, number=book.next_number, state=NumberState.RESERVED, reason=reason, given_at=at
    )
    book.next_number += 1
    book.save(update_fields=["next_number"])
    record(
        actor=actor,
        at=at,
        what="organisation.number_reserved",
        about=book.ref,
        agency=book.agency_id,
        number=number.number,
        name=book.name,
        reason=reason,
    )
    return number


def use_reserved(*, actor: Actor, at: datetime, agency: int, code: str, number: int, about: str) -> int:
    """Give a reserved number of this year's book to the paper it was kept for; the caller's record names it.

    Raises Invalid when nobody keeps that number, WrongState when it is used or void, or the book is closed.
    """
    book = NumberBook.objects.filter(agency=agency, code=code, year=at.year).first()
    if book is None or book.closed_on:
        _explain_missing(agency, code, at.year)
    assert book is not None
    may_keep(actor, book, at.date()).or_refuse()
    kept = BookNumber.objects.select_for_update().filter(book=book, number=number).first()
    if kept is None:
        raise Invalid({"kept_number": f"Số {number} chưa được giữ trong sổ “{book.name}”."})
    kept.state = NUMBER_MOVES.after(kept.state, "use")
    kept.about = about
    kept.save(update_fields=["state", "about"])
    return number


@atomic
def void_number(*, actor: Actor, at: datetime, book: NumberBook, number: int, reason: str) -> BookNumber:
    """Void a number (hủy số). It stays in the book with the reason and is never given again."""
    may_keep(actor, book, at.date()).or_refuse()
    if not reason:
        raise Invalid({"reason": "Nhập lý do hủy số; lý do được in trong sổ."})
    book = NumberBook.objects.select_for_update().get(pk=book.pk)
    if number <= book.locked_until:
        raise WrongState(f"Sổ đã khóa đến số {book.locked_until}, không hủy được số {number}.")
    kept = BookNumber.objects.select_for_update().filter(book=book, number=number).first()
    if kept is None:
        raise Invalid({"number": f"Sổ “{book.name}” chưa có số {number}."})
    kept.state = NUMBER_MOVES.after(kept.state, "void")
    kept.reason = reason
    kept.save(update_fields=["state", "reason"])
    record(
        actor=actor,
        at=at,
        what="organisation.number_voided",
        about=book.ref,
        agency=book.agency_id,
        number=number,
        name=book.name,
        reason=reason,
    )
    return kept


@atomic
def lock_book(*, actor: Actor, at: datetime, book: NumberBook, until: int) -> NumberBook:
    """Lock the printed part of a book: rows up to `until` may no longer be corrected (print → sign → lock)."""
    may_lock(actor, book, at.date()).or_refuse()
    book = NumberBook.objects.select_for_update().get(pk=book.pk)
    if not book.locked_until < until < book.next_number:
        raise Invalid({"until": f"Khóa đến số từ {book.locked_until + 1} đến {book.next_number - 1}."})
    book.locked_until = until
    book.save(update_fields=["locked_until"])
    record(
        actor=actor,
        at=at,
        what="organisation.book_locked",
        about=book.ref,
        agency=book.agency_id,
        name=book.name,
        until=until,
    )
    return book


@atomic
def close_book(*, actor: Actor, at: datetime, book: NumberBook) -> NumberBook:
    """Close a year's book at its last number; nothing is numbered in it any more."""
    may_lock(actor, book, at.date()).or_refuse()
    book = NumberBook.objects.select_for_update().get(pk=book.pk)
    if book.closed_on:
        raise WrongState(f"Sổ “{book.name}” đã đóng ngày {book.closed_on:%d/%m/%Y}.")
    book.closed_on, book.locked_until = at.date(), book.next_number - 1
    book.save(update_fields=["closed_on", "locked_until"])
    record(
        actor=actor,
        at=at,
        what="organisation.book_closed",
        about=book.ref,
        agency=book.agency_id,
        name=book.name,
        year=book.year,
        last=book.locked_until,
    )
    return book
