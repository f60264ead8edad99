"""Sổ: the book as a grid exactly as on paper (S3), printed as PDF/A, exported as Excel, locked, numbers kept and voided."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.documents import forms, queries
from tram.documents.policy import may_print_book, may_register
from tram.documents.rules import BOOK_NAMES, BOOKS
from tram.documents.screens.books import COLUMNS, book_of, wanted
from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation import queries as organisation
from tram.organisation.commands.books import close_book, lock_book, open_book, reserve_number, void_number
from tram.organisation.models import NumberBook, Unit
from tram.outputs.commands import have
from tram.outputs.sockets import Wanted
from tram.web.asked import Asked
from tram.web.fields import Range
from tram.web.sending import handed

PAGE = 50


@require_GET
def shelf(request: Asked) -> HttpResponse:
    """The agency's books of a year."""
    agency = request.actor.agency
    may_print_book(request.actor, agency, request.at.date()).or_refuse()
    year = forms.year_of(request.GET, request.at.year)
    secret = bool(may_print_book(request.actor, agency, request.at.date(), is_secret=True))
    rows = [row for row in organisation.books(agency, year) if row.code in BOOK_NAMES and (secret or not row.is_secret)]
    missing = [(code, name) for code, name in BOOK_NAMES.items() if code not in {row.code for row in rows}]
    may_keep = bool(may_register(request.actor, agency, request.at.date()))
    context = {"books": rows, "year": year, "missing": missing if may_keep else [], "may_keep": may_keep}
    return render(request, "documents/shelf.html", context)


@require_GET
def book(request: Asked, code: str, year: int) -> HttpResponse:
    """One book, page by page from the newest number."""
    found = book_of(request.actor, code, year, request.at.date())
    first = forms.number_of(request.GET, "tu", max(1, found.next_number - PAGE))
    rows = queries.book_page(found.agency, code, year, first=first, limit=PAGE)
    context = {
        "book": found,
        "rows": rows,
        "first": first,
        "columns": [name for name, _ in COLUMNS],
        "earlier": max(1, first - PAGE) if first > 1 else 0,
        "later": first + PAGE if first + PAGE < found.next_number else 0,
        "void": forms.number_of(request.GET, "huy", 0),
        "unused": organisation.numbers_aside(found.id),
        "may_keep": bool(may_register(request.actor, found.agency, request.at.date())),
    }
    return render(request, "documents/book.html", context)


@require_POST
def book_pdf(request: Asked, code: str, year: int) -> HttpResponse:
    """The ten-column book with its cover and closing lines; the printing is on record."""
    found = book_of(request.actor, code, year, request.at.date())
    form = Range(request.POST, last=found.next_number - 1)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    return _made(request, wanted(found, form.cleaned_data["first"], form.cleaned_data["last"], "pdf"))


@require_POST
def book_xlsx(request: Asked, code: str, year: int) -> HttpResponse:
    """The whole book as Excel."""
    found = book_of(request.actor, code, year, request.at.date())
    if found.next_number == 1:
        raise Invalid({"first": f"Sổ năm {year} chưa có số nào để xuất."})
    return _made(request, wanted(found, 1, found.next_number - 1, "xlsx"))


def _made(request: Asked, book: Wanted) -> HttpResponse:
    """A short book at once; a long one on the page that shows how far it is."""
    made = have(actor=request.actor, at=request.at, wanted=book)
    return handed(request, made, name=book.name, media_type=book.media_type)


@require_POST
def open_year(request: Asked, code: str, year: int) -> HttpResponse:
    """Open the book of a year."""
    if code not in BOOK_NAMES:
        raise Hidden
    agency = Unit.objects.filter(pk=request.actor.agency).first()
    if agency is None:
        raise Hidden
    open_book(
        actor=request.actor, at=request.at, agency=agency, code=code, name=BOOK_NAMES[code], year=year,
        is_secret=code == BOOKS[True],
    )  # fmt: skip
    return HttpResponseRedirect(f"/so?nam={year}")


@require_http_methods(["POST"])
def act(request: Asked, code: str, year: int, verb: str) -> HttpResponse:
    """Lock the printed part (khoa), close the year (dong), keep a number (giu), void a number (huy)."""
    found = NumberBook.objects.get(pk=book_of(request.actor, code, year, request.at.date()).id)
    form = forms.ACTS[verb](request.POST)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    command = {"khoa": lock_book, "dong": close_book, "giu": reserve_number, "huy": void_number}[verb]
    command(actor=request.actor, at=request.at, book=found, **form.cleaned_data)  # type: ignore[operator]
    return HttpResponseRedirect(f"/so/{code}/{year}")
