"""Thống kê văn bản: letters of a year by month, kind and unit, on the screen and as Excel."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tram.followup.policy import may_count_books, may_measure
from tram.followup.screens import books as figures
from tram.web.asked import Asked
from tram.web.fields import key_of
from tram.web.sending import handed
from tram.web.sheets import MEDIA_TYPE, sheet

MONTHS = tuple(f"Tháng {month}" for month in range(1, 13))


def _year(request: Asked) -> int:
    year = key_of(request.GET, "nam")
    return year if 2000 <= year < 2100 else request.at.year


def _picked(request: HttpRequest, name: str, offered: dict[str, str]) -> str:
    word = request.GET.get(name, "")
    return word if word in offered else next(iter(offered))


@require_GET
def books(request: Asked) -> HttpResponse:
    """One book of a year, by kind or by unit."""
    actor, on, year = request.actor, request.at.date(), _year(request)
    may_count_books(actor, actor.agency, on).or_refuse()
    book, way = _picked(request, "so", figures.BOOKS), _picked(request, "theo", figures.WAYS)
    *rows, total = figures.year_of(actor.agency, book, way, year)
    context = {
        "year": year, "book": book, "way": way, "book_name": figures.BOOKS[book], "rows": rows, "total": total,
        "books": figures.BOOKS.items(), "ways": figures.WAYS.items(), "months": range(1, 13),
        "notes": figures.MEANINGS, "may_measure": bool(may_measure(actor, on)), "may_count": True, "back_url": "/",
    }  # fmt: skip
    return render(request, "followup/books.html", context)


@require_GET
def books_xlsx(request: Asked) -> HttpResponse:
    """Both books, by kind and by unit, in one table that filters."""
    actor, on, year = request.actor, request.at.date(), _year(request)
    may_count_books(actor, actor.agency, on).or_refuse()
    headings = [("Sổ", 16), ("Thống kê", 20), ("Tên", 40), *((name, 9) for name in MONTHS), ("Cả năm", 10)]
    rows = [
        [book_name, way_name, row.name, *row.months, row.total]
        for book, book_name in figures.BOOKS.items()
        for way, way_name in figures.WAYS.items()
        for row in figures.year_of(actor.agency, book, way, year)
    ]
    notes = [
        ("Năm", str(year)), ("Người xuất", actor.name), ("Lúc", request.at.strftime("%H:%M %d/%m/%Y")),
        *figures.MEANINGS,
    ]  # fmt: skip
    content = sheet(f"Văn bản {year}", headings, rows, notes)
    return handed(request, content, name=f"thong-ke-van-ban-{year}.xlsx", media_type=MEDIA_TYPE)
