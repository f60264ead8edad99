"""The books of outgoing documents (Phụ lục IV): what was numbered, numbers aside with their reasons; opened, kept, voided."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation import queries as organisation
from tram.organisation.commands.books import open_book, reserve_number, void_number
from tram.organisation.models import NumberBook, Unit
from tram.outgoing.policy import may_see_book
from tram.outgoing.queries import documents as queries
from tram.outgoing.queries.printing import wanted
from tram.outgoing.rules import BOOK_NAMES
from tram.outputs.commands import have
from tram.outputs.sockets import Wanted
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import Range, key_of
from tram.web.sending import handed

DONE = {"mo": "Đã mở sổ.", "giu": "Đã giữ số tiếp theo.", "huy": "Đã hủy số; lý do ghi trong sổ."}


def _must_see(request: Asked, code: str) -> None:
    may_see_book(request.actor, request.actor.agency, request.at.date()).or_refuse()
    if code not in BOOK_NAMES:
        raise Hidden


@require_GET
def book(request: Asked, code: str, year: int) -> HttpResponse:
    """A book of a year, the last number first."""
    _must_see(request, code)
    agency, after = request.actor.agency, key_of(request.GET, "sau")
    rows, following = queries.book_page(agency, code, year, after=after)
    here, found = reverse("outgoing:book", args=[code, year]), organisation.book(agency, code, year)
    context = {
        "name": BOOK_NAMES[code],
        "year": year,
        "here": here,
        "found": found,
        "aside": organisation.numbers_aside(found.id) if found else [],
        "is_clerk": request.actor.holds("clerk", agency, request.at.date()),
        "today": request.at.date(),
        "is_now": year == request.at.year,
        "books": [
            {"name": name, "url": reverse("outgoing:book", args=[one, year]), "current": one == code}
            for one, name in BOOK_NAMES.items()
        ],
        "rows": rows,
        "pager": {
            "previous_url": here if after else "",
            "next_url": f"{here}?sau={following}" if following else "",
            "words": f"{len(rows)} số trên trang này",
        },
    }
    return render(request, "outgoing/book.html", context)


def _opened(request: Asked, code: str, year: int) -> NumberBook:
    """The agency's book of the year; raises Invalid where there is nothing in it."""
    _must_see(request, code)
    found = NumberBook.objects.filter(agency=request.actor.agency, code=code, year=year).first()
    if found is None or found.next_number == 1:
        raise Invalid({"first": f"Sổ năm {year} chưa có số nào để in."})
    return found


@require_POST
def book_pdf(request: Asked, code: str, year: int) -> HttpResponse:
    """The ten-column register with cover and closing lines; the printing is on record."""
    found = _opened(request, code, year)
    form = Range(request.POST, last=found.next_number - 1)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    return _made(request, wanted(found, form.cleaned_data["first"], form.cleaned_data["last"], "pdf"))


@require_POST
def book_xlsx(request: Asked, code: str, year: int) -> HttpResponse:
    """The whole book of the year as Excel."""
    found = _opened(request, code, year)
    return _made(request, wanted(found, 1, found.next_number - 1, "xlsx"))


def _made(request: Asked, book: Wanted) -> HttpResponse:
    """A short register at once; a long one on the page that shows how far it is."""
    made = have(actor=request.actor, at=request.at, wanted=book)
    return handed(request, made, name=book.name, media_type=book.media_type)


@require_POST
def act(request: Asked, code: str, year: int, verb: str) -> HttpResponse:
    """Open the year's book (mo), keep the next number (giu), void one that carries no letter (huy)."""
    _must_see(request, code)
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    agency = request.actor.agency
    reason = request.POST.get("reason", "").strip()[:300]
    if verb == "mo":
        unit = Unit.objects.get(pk=agency)
        open_book(agency=unit, code=code, name=BOOK_NAMES[code], year=year, **by)
    else:
        found = NumberBook.objects.filter(agency=agency, code=code, year=year).first()
        if found is None or verb not in DONE:
            raise Hidden
        if verb == "giu":
            reserve_number(book=found, reason=reason, **by)
        else:
            number = key_of(request.POST, "number")
            if not number:
                raise Invalid({"number": "Nhập số đang giữ cần hủy, ví dụ 12."})
            if queries.numbered(agency, code, year, number):
                raise Invalid({"number": f"Số {number} đã cấp cho một văn bản: mở văn bản ấy rồi chọn Hủy số."})
            void_number(book=found, number=number, reason=reason, **by)
    say_next(request, DONE[verb])
    return go(request, reverse("outgoing:book", args=[code, year]))
