"""The register of outgoing documents as a file: its ten columns, its cover, its rows part by part."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import IO

from tram.audit.queries import printed
from tram.organisation import queries as organisation
from tram.organisation.models import NumberBook, Unit
from tram.outgoing.queries.books import book_days, book_rows
from tram.outgoing.rules import BOOK_NAMES
from tram.outputs.sockets import Keys, Tell, Wanted, list_wanted
from tram.web.binding import Column, Cover, bind, cells, counted, written
from tram.web.sheets import write_sheet

MAKER = "outgoing.book"
COLUMNS = [
    ("Số, ký hiệu văn bản", 18, "28mm"), ("Ngày tháng văn bản", 11, "21mm"),
    ("Tên loại và trích yếu nội dung văn bản", 60, "1fr"), ("Người ký", 22, "26mm"), ("Nơi nhận văn bản", 40, "42mm"),
    ("Đơn vị, người nhận bản lưu", 24, "26mm"), ("Số lượng bản", 8, "14mm"), ("Ngày chuyển", 11, "21mm"),
    ("Ký nhận", 18, "18mm"), ("Ghi chú", 24, "24mm"),
]  # fmt: skip
CENTRED = {"21mm", "14mm", "18mm"}
PAPER = [Column(name, width, "center" if width in CENTRED else "left") for name, _, width in COLUMNS]
"""The ten columns of Phụ lục IV on A4 across; `COLUMNS` tells their widths in Excel, too."""


def wanted(book: NumberBook, first: int, last: int, form: str) -> Wanted:
    """Numbers `first` to `last` of a book as a file; `form` is "pdf" or "xlsx"."""
    return list_wanted(
        MAKER, {"book": book.pk, "first": first, "last": last}, form, agency=book.agency_id, rows=last - first + 1,
        title=f"{BOOK_NAMES[book.code]} năm {book.year}, số {first} đến {last}",
        stem=f"so-van-ban-di-{book.year}-{first}-{last}", url=f"/van-ban-di/so/{book.code}/{book.year}",
    )  # fmt: skip


def make(keys: Keys, *, by: str, at: datetime, out: IO[bytes], tell: Tell) -> None:
    """What was wanted, written into a file of the disk; asks no rights."""
    book, first, last = NumberBook.objects.get(pk=keys["book"]), keys["first"], keys["last"]
    rows: map[Sequence[object]] = map(astuple, book_rows(book.pk, book.agency_id, book.code, book.year, first, last))
    if keys["form"] == "pdf":
        return bind(out, _cover(book, first, last, by, at), PAPER, map(cells, rows), tell)
    notes = [
        ("Sổ", f"{BOOK_NAMES[book.code]} năm {book.year}"), ("Từ số – đến số", f"{first} – {last}"),
        ("Người xuất", by), ("Lúc", at.strftime("%H:%M %d/%m/%Y")),
    ]  # fmt: skip
    headings = [(name, width) for name, width, _ in COLUMNS]
    return write_sheet(out, "Sổ văn bản đi", headings, counted(rows, tell), notes)


def _cover(book: NumberBook, first: int, last: int, by: str, at: datetime) -> Cover:
    agency = Unit.objects.select_related("parent").get(pk=book.agency_id)
    since, until = book_days(book.agency_id, book.code, book.year, first, last)
    aside = [one for one in organisation.numbers_aside(book.pk) if first <= one["number"] <= last]
    return Cover(
        title=BOOK_NAMES[book.code], agency=agency.name, parent=agency.parent.name if agency.parent else "",
        year=book.year, first=first, last=last, since=written(since) or "…", until=written(until) or "…",
        count=last - first + 1 - len(aside), aside=tuple(map(organisation.aside_words, aside)),
        marks=tuple(printed(book.agency_id)), clerk=by, printed_at=at.strftime("%H:%M %d/%m/%Y"),
    )  # fmt: skip
