"""Sổ: the book as a grid exactly as on paper (S3), printed as PDF/A, exported as Excel, locked, numbers kept and voided."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.audit.queries import printed
from tram.documents import forms, queries
from tram.documents.commands.books import print_book
from tram.documents.policy import may_print_book, may_register
from tram.documents.rules import BOOK_NAMES, BOOKS
from tram.documents.screens import book_days, book_of
from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation import queries as organisation
from tram.organisation.commands.books import close_book, lock_book, open_book, reserve_number, void_number
from tram.organisation.models import NumberBook, Unit
from tram.organisation.queries import BookRow
from tram.web.asked import Asked
from tram.web.binding import PART, Column, Cover, Row, bound, cells, written
from tram.web.fields import Range
from tram.web.sheets import MEDIA_TYPE, sheet

PAGE = 50
COLUMNS = [
    ("Ngày đến", 11), ("Số đến", 8), ("Tác giả", 30), ("Số, ký hiệu", 18), ("Ngày tháng", 11),
    ("Tên loại và trích yếu nội dung văn bản", 60), ("Đơn vị hoặc người nhận", 28), ("Ngày chuyển", 11),
    ("Ký nhận", 18), ("Ghi chú", 24),
]  # fmt: skip
WIDTHS = ("21mm", "12mm", "34mm", "27mm", "21mm", "1fr", "34mm", "21mm", "20mm", "24mm")
CENTRED = {"Ngày đến", "Số đến", "Ngày tháng", "Ngày chuyển", "Ký nhận"}
PAPER = [
    Column(name, width, "center" if name in CENTRED else "left")
    for (name, _), width in zip(COLUMNS, WIDTHS, strict=True)
]
"""The ten columns of Phụ lục IV on A4 across."""


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


def _range(request: HttpRequest, found: BookRow) -> tuple[int, int]:
    first = forms.number_of(request.GET, "tu", 1)
    last = forms.number_of(request.GET, "den", found.next_number - 1)
    if not 1 <= first <= last < found.next_number:
        raise Invalid({"tu": f"Chọn từ số 1 đến số {found.next_number - 1}, số đầu không lớn hơn số cuối."})
    return first, last


@require_POST
def book_pdf(request: Asked, code: str, year: int) -> HttpResponse:
    """The ten-column book as tagged PDF/A, with its cover and closing lines; the printing is on record."""
    found = book_of(request.actor, code, year, request.at.date())
    form = Range(request.POST, last=found.next_number - 1)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    print_book(actor=request.actor, at=request.at, book=NumberBook.objects.get(pk=found.id), first=first, last=last)
    with bound(_cover(request, found, first, last), PAPER, map(_cells, _every(found, first, last))) as book:
        return _download(book.read(), "application/pdf", f"so-van-ban-den-{year}-{first}-{last}.pdf")


def _every(found: BookRow, first: int, last: int) -> Iterator[queries.BookRow]:
    """Rows in their order, a part at a time."""
    for start in range(first, last + 1, PART):
        end = min(start + PART - 1, last)
        yield from queries.book_page(found.agency, found.code, found.year, first=start, last=end, limit=PART)


def _cover(request: Asked, found: BookRow, first: int, last: int) -> Cover:
    agency = Unit.objects.select_related("parent").get(pk=found.agency)
    since, until = book_days(found.agency, found.code, found.year, first, last)
    aside = [one for one in organisation.numbers_aside(found.id) if first <= one["number"] <= last]
    return Cover(
        title=found.name, agency=agency.name, parent=agency.parent.name if agency.parent else "", year=found.year,
        first=first, last=last, since=written(since) or "…", until=written(until) or "…",
        count=last - first + 1 - len(aside), aside=tuple(map(organisation.aside_words, aside)),
        marks=tuple(printed(found.agency)), clerk=request.actor.name, printed_at=request.at.strftime("%H:%M %d/%m/%Y"),
    )  # fmt: skip


def _values(row: queries.BookRow) -> list[object]:
    return [
        row.arrival_date, row.arrival_number, row.author, row.code, row.issued_date, row.subject, row.receiver,
        row.passed_on, row.signed, row.remark,
    ]  # fmt: skip


STRUCK = [("arrival_date",), (), ("organ_name",), ("code_number", "code_notation"), ("issued_date",),
          ("type_name", "subject"), ("to_places",), (), (), ("description",)]  # fmt: skip


def _cells(row: queries.BookRow) -> Row:
    """Each cell with what was struck through above it."""
    old = ([words for field in fields for words in row.struck.get(field, []) if words] for fields in STRUCK)
    return cells(_values(row), old)


@require_GET
def book_xlsx(request: Asked, code: str, year: int) -> HttpResponse:
    """The same rows as Excel."""
    found = book_of(request.actor, code, year, request.at.date())
    first, last = _range(request, found)
    notes = [
        ("Sổ", f"{found.name} năm {year}"), ("Từ số – đến số", f"{first} – {last}"), ("Người xuất", request.actor.name),
        ("Lúc", request.at.strftime("%H:%M %d/%m/%Y")),
    ]  # fmt: skip
    content = sheet("Sổ văn bản đến", COLUMNS, map(_values, _every(found, first, last)), notes)
    return _download(content, MEDIA_TYPE, f"so-van-ban-den-{year}-{first}-{last}.xlsx")


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


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
