"""Open data: a table that was published, as text for programs, with what each column means, its unit, source and licence."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

LICENCE = (
    "Dữ liệu mở theo Nghị định 47/2020/NĐ-CP: ai cũng được sao chép, chia sẻ và dùng lại, kể cả để kinh doanh; "
    "ghi rõ nguồn, không làm sai lệch số liệu."
)
UNITS = {"place": "hạng", "of": "cơ quan", "visits": "lượt", "people": "người", "rate": "lượt trên 1.000 người"}
COLUMNS = {
    "place": ("Thứ hạng", 9), "of": ("Số cơ quan cùng loại", 12), "agency": ("Cơ quan", 44), "kind": ("Loại cơ quan", 24),
    "visits": ("Lượt truy cập", 13), "people": ("Dân số", 12), "rate": ("Lượt trên 1.000 dân", 12), "source": ("Nguồn dân số", 44),
    "counted_on": ("Dân số tính đến ngày", 13),
}  # fmt: skip
"""Columns of a ranking by visits: name for programs; name for people and its width in a sheet, in letters."""


@dataclass(frozen=True, slots=True)
class Table:
    """Bảng số liệu đã công bố: rows by the names of COLUMNS; `told`: publisher, moment, document; `meanings`: word -> definition."""

    title: str
    url: str
    told: Mapping[str, Any]
    meanings: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]

    @property
    def cells(self) -> list[list[Any]]:
        """The rows as a sheet has them."""
        return [[_number(row[name]) for name in COLUMNS] for row in self.rows]


def as_json(table: Table) -> str:
    """The table as one JSON object."""
    columns = [{"name": name, "label": label, "unit": UNITS.get(name, "")} for name, (label, _) in COLUMNS.items()]
    whole = {
        "title": table.title, "url": table.url, **table.told, "licence": LICENCE, "definitions": dict(table.meanings),
        "columns": columns, "rows": [dict(row) for row in table.rows],
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    assert isinstance(value, date | datetime), value
    return value.isoformat()


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
