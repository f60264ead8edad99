"""Figures of the books: how many letters came and left in a year, month by month, by kind and by unit."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from tram.organisation.models import Unit
from tram.outgoing.queries.sheets import kinds

BOOKS = {"den": "Văn bản đến", "di": "Văn bản đi"}
WAYS = {"loai": "Theo loại văn bản", "don-vi": "Theo đơn vị"}
UNNAMED = {"loai": "Không ghi loại", "don-vi": "Chưa giao đơn vị"}
MEANINGS = (
    ("Văn bản đến", "Văn bản có số đến trong sổ của năm, tính vào tháng của ngày đến; không kể sổ văn bản mật."),
    (
        "Văn bản đi",
        "Văn bản có số trong sổ của năm, kể cả bản sao, tính vào tháng của ngày ban hành; số đã hủy không tính.",
    ),
    ("Theo đơn vị", "Văn bản đến: đơn vị chủ trì theo ý kiến chỉ đạo sau cùng. Văn bản đi: đơn vị soạn."),
)
LED = (
    "LEFT JOIN LATERAL (SELECT k.unit_id FROM documents_direction g JOIN documents_share s ON s.direction_id = g.id"
    " JOIN tasks_task k ON k.id = s.task_id WHERE g.document_id = d.id AND g.recalled_at IS NULL AND s.part = 'lead'"
    " ORDER BY s.id DESC LIMIT 1) led ON true"
)
CAME = (
    "FROM documents_incoming d {join} WHERE d.agency_id = %(agency)s AND d.year = %(year)s AND d.secrecy = 0"
    " AND NOT d.veiled AND d.arrival_number IS NOT NULL"
)
LEFT = (
    "FROM outgoing_outgoing d WHERE d.agency_id = %(agency)s AND d.year = %(year)s AND d.number IS NOT NULL"
    " AND d.state <> 'void'"
)
COUNTS = "SELECT {by}, extract(month FROM d.{day})::int, count(*) {source} GROUP BY 1, 2"
STATEMENTS = {
    ("den", "loai"): COUNTS.format(by="d.type_name", day="arrival_date", source=CAME.format(join="")),
    ("den", "don-vi"): COUNTS.format(by="led.unit_id", day="arrival_date", source=CAME.format(join=LED)),
    ("di", "loai"): COUNTS.format(by="d.kind", day="issued_date", source=LEFT),
    ("di", "don-vi"): COUNTS.format(by="d.unit_id", day="issued_date", source=LEFT),
}


@dataclass(frozen=True, slots=True)
class YearRow:
    """Một dòng thống kê sổ: twelve months and the year."""

    name: str
    months: tuple[int, ...]

    @property
    def total(self) -> int:
        """The whole year."""
        return sum(self.months)


def year_of(agency: int, book: str, way: str, year: int) -> list[YearRow]:
    """The letters of a book in a year, most first, and at the end all of them.

    One statement, and one for the names of units.
    """
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[book, way], {"agency": agency, "year": year})
        found = cursor.fetchall()
    names = _names(book, way, {key for key, _, _ in found if key})
    grid: dict[Any, list[int]] = {}
    for key, month, number in found:
        grid.setdefault(names.get(key, UNNAMED[way]), [0] * 12)[month - 1] += number
    rows = sorted(
        (YearRow(name, tuple(months)) for name, months in grid.items()), key=lambda row: (-row.total, row.name)
    )
    return [*rows, YearRow("Tất cả", tuple(sum(row.months[at] for row in rows) for at in range(12)))]


def _names(book: str, way: str, keys: set[Any]) -> dict[Any, str]:
    if way == "don-vi":
        return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))
    return {key: kinds()[key].name if book == "di" else key for key in keys}
