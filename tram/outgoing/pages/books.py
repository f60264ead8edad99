"""The books of outgoing documents (Phụ lục IV): what was numbered, numbers aside with their reasons; opened, kept, voided."""

from dataclasses import astuple
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tram.audit.queries import printed
from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation import queries as organisation
from tram.organisation.commands.books import open_book, reserve_number, void_number
from tram.organisation.models import NumberBook, Unit
from tram.organisation.queries import BookRow
from tram.outgoing import forms
from tram.outgoing.commands.books import print_book
from tram.outgoing.policy import may_see_book
from tram.outgoing.queries import documents as queries
from tram.outgoing.queries.books import book_days, book_rows
from tram.outgoing.rules import BOOK_NAMES
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.binding import Column, Cover, bound, cells, written
from tram.web.fields import Range
from tram.web.sheets import MEDIA_TYPE, sheet

DONE = {"mo": "Đã mở sổ.", "giu": "Đã giữ số tiếp theo.", "huy": "Đã hủy số; lý do ghi trong sổ."}


def _must_see(request: Asked, code: str) -> None:
    may_see_book(request.actor, request.actor.agency, request.at.date()).or_refuse()
    if code not in BOOK_NAMES:
        raise Hidden


@require_GET
def book(request: Asked, code: str, year: int) -> HttpResponse:
    """A book of a year, the last number first."""
    _must_see(request, code)
    agency, after = request.actor.agency, forms.key_of(request.GET, "sau")
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


COLUMNS = [
    ("Số, ký hiệu văn bản", 18, "28mm"), ("Ngày tháng văn bản", 11, "21mm"),
    ("Tên loại và trích yếu nội dung văn bản", 60, "1fr"), ("Người ký", 22, "26mm"), ("Nơi nhận văn bản", 40, "42mm"),
    ("Đơn vị, người nhận bản lưu", 24, "26mm"), ("Số lượng bản", 8, "14mm"), ("Ngày chuyển", 11, "21mm"),
    ("Ký nhận", 18, "18mm"), ("Ghi chú", 24, "24mm"),
]  # fmt: skip
CENTRED = {"21mm", "14mm", "18mm"}
PAPER = [Column(name, width, "center" if width in CENTRED else "left") for name, _, width in COLUMNS]
"""The ten columns of Phụ lục IV on A4 across; `COLUMNS` tells their widths in Excel, too."""


def _opened(request: Asked, code: str, year: int) -> BookRow:
    """The agency's book of the year; raises Invalid where there is nothing in it."""
    _must_see(request, code)
    found = organisation.book(request.actor.agency, code, year)
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
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    print_book(actor=request.actor, at=request.at, book=NumberBook.objects.get(pk=found.id), first=first, last=last)
    rows = (cells(astuple(row)) for row in book_rows(found.id, found.agency, code, year, first, last))
    with bound(_cover(request, found, first, last), PAPER, rows) as book:
        return _download(book.read(), "application/pdf", f"so-van-ban-di-{year}-{first}-{last}.pdf")


def _cover(request: Asked, found: BookRow, first: int, last: int) -> Cover:
    agency = Unit.objects.select_related("parent").get(pk=found.agency)
    since, until = book_days(found.agency, found.code, found.year, first, last)
    aside = [one for one in organisation.numbers_aside(found.id) if first <= one["number"] <= last]
    return Cover(
        title=BOOK_NAMES[found.code], agency=agency.name, parent=agency.parent.name if agency.parent else "", year=found.year,
        first=first, last=last, since=written(since) or "…", until=written(until) or "…",
        count=last - first + 1 - len(aside), aside=tuple(map(organisation.aside_words, aside)),
        marks=tuple(printed(found.agency)), clerk=request.actor.name, printed_at=request.at.strftime("%H:%M %d/%m/%Y"),
    )  # fmt: skip


@require_GET
def book_xlsx(request: Asked, code: str, year: int) -> HttpResponse:
    """The whole book of the year as Excel."""
    found = _opened(request, code, year)
    last = found.next_number - 1
    notes = [
        ("Sổ", f"{found.name} năm {year}"), ("Từ số – đến số", f"1 – {last}"), ("Người xuất", request.actor.name),
        ("Lúc", request.at.strftime("%H:%M %d/%m/%Y")),
    ]  # fmt: skip
    rows = (astuple(row) for row in book_rows(found.id, found.agency, code, year, 1, last))
    content = sheet("Sổ văn bản đi", [(name, width) for name, width, _ in COLUMNS], rows, notes)
    return _download(content, MEDIA_TYPE, f"so-van-ban-di-{year}.xlsx")


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


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
            number = forms.key_of(request.POST, "number")
            if queries.numbered(agency, code, year, number):
                raise Invalid({"number": f"Số {number} đã cấp cho một văn bản: mở văn bản ấy rồi chọn Hủy số."})
            void_number(book=found, number=number, reason=reason, **by)
    say_next(request, DONE[verb])
    return go(request, reverse("outgoing:book", args=[code, year]))
