"""Printing the book: sổ giấy in từ hệ thống is signed and bound, so the act of printing is on record (Điều 22)."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.documents.policy import may_print_book
from tram.kernel.actors import Actor
from tram.organisation.models import NumberBook


@atomic
def print_book(*, actor: Actor, at: datetime, book: NumberBook, first: int, last: int) -> None:
    """Put on record that numbers `first` to `last` of a book were printed, by whom and when."""
    may_print_book(actor, book.agency_id, at.date(), is_secret=book.is_secret).or_refuse()
    record(
        actor=actor, at=at, what="documents.book_printed", about=book.ref, agency=book.agency_id, first=first, last=last
    )
