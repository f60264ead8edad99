"""Printing the register of outgoing documents: what is printed is signed and bound, so the act is on record (Điều 19)."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.organisation.models import NumberBook
from tram.outgoing.policy import may_see_book


@atomic
def print_book(*, actor: Actor, at: datetime, book: NumberBook, first: int, last: int) -> None:
    """Put on record that numbers `first` to `last` of a book were printed, by whom and when."""
    may_see_book(actor, book.agency_id, at.date()).or_refuse()
    record(
        actor=actor, at=at, what="outgoing.book_printed", about=book.ref, agency=book.agency_id, first=first, last=last,
        name=book.name,
    )  # fmt: skip
