"""A book of incoming papers for its pages and for paper: which one, its ten columns, its cover, its rows part by part."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import IO

from tram.audit.queries import printed
from tram.documents import queries
from tram.documents.models import Incoming
from tram.documents.policy import may_print_book
from tram.documents.rules import BOOK_NAMES
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden
from tram.organisation import queries as organisation
from tram.organisation.models import NumberBook, Unit
from tram.organisation.queries import BookRow
from tram.outputs.sockets import Keys, Tell, Wanted, list_wanted
from tram.web.binding import PART, Column, Cover, Row, bind, cells, counted, written
from tram.web.sheets import write_sheet

MAKER = "documents.book"
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


def book_of(actor: Actor, code: str, year: int, on: date) -> BookRow:
    """A book of the acting agency, for whoever may print it. Who may not is Refused, whether it is there or not.

    Raises Hidden when it is not there.
    """
    found = organisation.book(actor.agency, code, year)
    is_secret = found is not None and found.is_secret
    may_print_book(actor, actor.agency, on, is_secret=is_secret).or_refuse()
    if found is None or code not in BOOK_NAMES:
        raise Hidden
    return found


def wanted(found: BookRow, first: int, last: int, form: str) -> Wanted:
    """Numbers `first` to `last` of a book as a file; `form` is "pdf" or "xlsx"."""
    return list_wanted(
        MAKER, {"book": found.id, "first": first, "last": last}, form, agency=found.agency, rows=last - first + 1,
        title=f"{found.name} năm {found.year}, số {first} đến {last}",
        stem=f"so-van-ban-den-{found.year}-{first}-{last}", url=f"/so/{found.code}/{found.year}",
    )  # fmt: skip


def make(keys: Keys, *, by: str, at: datetime, out: IO[bytes], tell: Tell) -> None:
    """What was wanted, written into a file of the disk; asks no rights."""
    kept, first, last = NumberBook.objects.get(pk=keys["book"]), keys["first"], keys["last"]
    found = organisation.book(kept.agency_id, kept.code, kept.year)
    assert found is not None
    rows = _every(found, first, last)
    if keys["form"] == "pdf":
        return bind(out, _cover(found, first, last, by, at), PAPER, map(_cells, rows), tell)
    notes = [
        ("Sổ", f"{found.name} năm {found.year}"), ("Từ số – đến số", f"{first} – {last}"), ("Người xuất", by),
        ("Lúc", at.strftime("%H:%M %d/%m/%Y")),
    ]  # fmt: skip
    return write_sheet(out, "Sổ văn bản đến", COLUMNS, counted(map(_values, rows), tell), notes)


def _every(found: BookRow, first: int, last: int) -> Iterator[queries.BookRow]:
    """Rows in their order, a part at a time."""
    for start in range(first, last + 1, PART):
        end = min(start + PART - 1, last)
        yield from queries.book_page(found.agency, found.code, found.year, first=start, last=end, limit=PART)


def _cover(found: BookRow, first: int, last: int, by: str, at: datetime) -> Cover:
    agency = Unit.objects.select_related("parent").get(pk=found.agency)
    since, until = _days(found, first, last)
    aside = [one for one in organisation.numbers_aside(found.id) if first <= one["number"] <= last]
    return Cover(
        title=found.name, agency=agency.name, parent=agency.parent.name if agency.parent else "", year=found.year,
        first=first, last=last, since=written(since) or "…", until=written(until) or "…",
        count=last - first + 1 - len(aside), aside=tuple(map(organisation.aside_words, aside)),
        marks=tuple(printed(found.agency)), clerk=by, printed_at=at.strftime("%H:%M %d/%m/%Y"),
    )  # fmt: skip


def _days(found: BookRow, first: int, last: int) -> tuple[date | None, date | None]:
    """On which days the first and the last paper between two numbers of a book arrived."""
    rows = Incoming.objects.filter(
        agency=found.agency, book_code=found.code, year=found.year, arrival_number__range=(first, last)
    )
    days = rows.values_list("arrival_date", flat=True)
    return days.order_by("arrival_number").first(), days.order_by("-arrival_number").first()


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
