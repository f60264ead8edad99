"""Books for programs: open, read, reserve and void numbers, lock, close."""

from typing import Annotated, Literal

from ninja import Router
from pydantic import Field

from tram.documents import queries
from tram.documents.api.shapes import BookLine, BookOut, LockedTo, NumberOut, Voiding
from tram.documents.policy import may_print_book
from tram.documents.rules import BOOK_NAMES, BOOKS
from tram.documents.screens.books import book_of, wanted
from tram.kernel.verdicts import Hidden
from tram.organisation import queries as organisation
from tram.organisation.commands import books as commands
from tram.organisation.models import NumberBook, Unit
from tram.outputs.commands import order
from tram.outputs.queries import card
from tram.outputs.sockets import Ordering, OutputOut
from tram.web.asked import Asked
from tram.web.programs import After, Limit, Page, Reason, answers

router = Router(tags=["Sổ"])
Year = Annotated[int, Field(ge=2000, le=2100, description="Năm của sổ")]
Code = Literal["incoming", "incoming_secret"]


def _kept(request: Asked, code: str, year: int) -> NumberBook:
    return NumberBook.objects.get(pk=book_of(request.actor, code, year, request.at.date()).id)


@router.get("/books/{year}", response=answers(list[BookOut]), summary="Các sổ của cơ quan trong một năm")
def books(request: Asked, year: Year) -> object:
    """The agency's books of a year, for whoever may print them."""
    actor, on = request.actor, request.at.date()
    may_print_book(actor, actor.agency, on).or_refuse()
    secret = bool(may_print_book(actor, actor.agency, on, is_secret=True))
    return [row for row in organisation.books(actor.agency, year) if secret or not row.is_secret]


@router.get("/books/{year}/{code}", response=answers(Page[BookLine]), summary="Một trang sổ")
def book_page(request: Asked, year: Year, code: Code, after: After = 0, limit: Limit = 50) -> object:
    """Rows of a book in order of their numbers; `after` is the last number of the page before."""
    found = book_of(request.actor, code, year, request.at.date())
    rows = queries.book_page(found.agency, code, year, first=after + 1, limit=limit + 1)
    return {"items": rows[:limit], "next": str(rows[limit - 1].arrival_number) if len(rows) > limit else ""}


@router.get("/books/{year}/{code}/numbers", response=answers(list[NumberOut]), summary="Số giữ chỗ và số hủy")
def numbers_aside(request: Asked, year: Year, code: Code) -> object:
    """Numbers that carry no paper, each with its reason."""
    return organisation.numbers_aside(book_of(request.actor, code, year, request.at.date()).id)


@router.post("/books/{year}/{code}/file", response=answers(OutputOut), summary="Đặt làm tệp của sổ, PDF hoặc Excel")
def order_file(request: Asked, year: Year, code: Code, told: Ordering) -> object:
    """Made by the worker whatever its length; `/outputs/{output}` tells how far it is."""
    found = book_of(request.actor, code, year, request.at.date())
    first, last = told.span(found.next_number - 1)
    made = order(actor=request.actor, at=request.at, wanted=wanted(found, first, last, told.form))
    return card(made, request.at)


@router.post("/books/{year}/{code}/open", response=answers(BookOut), summary="Mở sổ của một năm")
def open_book(request: Asked, year: Year, code: Code) -> object:
    """Open a book; opened again it is the same book."""
    agency = Unit.objects.filter(pk=request.actor.agency).first()
    if agency is None:
        raise Hidden
    commands.open_book(
        actor=request.actor, at=request.at, agency=agency, code=code, name=BOOK_NAMES[code], year=year,
        is_secret=code == BOOKS[True],
    )  # fmt: skip
    return organisation.book(agency.pk, code, year)


@router.post("/books/{year}/{code}/reserve", response=answers(NumberOut), summary="Giữ số tiếp theo")
def reserve_number(request: Asked, year: Year, code: Code, told: Reason) -> object:
    """Keep the next number for a paper that will come; `kept_number` of a registering gives it."""
    book = _kept(request, code, year)
    return commands.reserve_number(actor=request.actor, at=request.at, book=book, reason=told.reason)


@router.post("/books/{year}/{code}/void", response=answers(NumberOut), summary="Hủy số")
def void_number(request: Asked, year: Year, code: Code, told: Voiding) -> object:
    """Void a number; it stays in the book with its reason."""
    book = _kept(request, code, year)
    return commands.void_number(actor=request.actor, at=request.at, book=book, number=told.number, reason=told.reason)


@router.post("/books/{year}/{code}/lock", response=answers(BookOut), summary="Khóa phần sổ đã in và ký")
def lock_book(request: Asked, year: Year, code: Code, told: LockedTo) -> object:
    """Rows up to a number may no longer be corrected."""
    commands.lock_book(actor=request.actor, at=request.at, book=_kept(request, code, year), until=told.until)
    return book_of(request.actor, code, year, request.at.date())


@router.post("/books/{year}/{code}/close", response=answers(BookOut), summary="Đóng sổ của năm")
def close_book(request: Asked, year: Year, code: Code) -> object:
    """Close a book at its last number."""
    commands.close_book(actor=request.actor, at=request.at, book=_kept(request, code, year))
    return book_of(request.actor, code, year, request.at.date())
