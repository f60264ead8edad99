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
OF_FIGURES = {
    "period": ("Kỳ", 24), "begins_on": ("Từ ngày", 12), "ends_on": ("Đến ngày", 12), "comparator": ("Dấu so sánh (≥, ≤, ≈)", 12),
    "value": ("Giá trị", 16), "of": ("Trong tổng số", 10), "publisher": ("Nơi công bố", 36), "document": ("Văn bản, bài", 50),
    "link": ("Liên kết", 40), "note": ("Ghi chú", 36), "approved_on": ("Duyệt ngày", 12), "corrections": ("Đã sửa", 60),
    "code": ("Mã chỉ tiêu", 24), "about": ("Phạm vi", 30), "unit": ("Đơn vị tính", 16),
}  # fmt: skip
"""The same of an indicator by periods. A file of it can be mended and brought back: `indicators.rules.sheet` knows its columns."""

OFFERED = {
    "code": ("Mã", 24), "title": ("Tên", 44), "title_en": ("Tên tiếng Anh", 44), "group": ("Nhóm", 24), "definition": ("Định nghĩa", 60),
    "formula": ("Cách tính", 40), "unit": ("Đơn vị tính", 16), "source": ("Căn cứ", 50), "supplier": ("Ai cung cấp", 36),
    "keeper": ("Cơ quan giữ số liệu", 36), "about": ("Phạm vi", 30), "since": ("Từ ngày", 12), "until": ("Đến ngày", 12),
    "count": ("Số kỳ", 8), "changed_at": ("Cập nhật", 14), "licence": ("Giấy phép", 60), "url": ("Địa chỉ", 44),
    "xlsx": ("XLSX", 44), "csv": ("CSV", 44), "json": ("JSON", 44),
}  # fmt: skip
"""The same of the catalogue of all of them."""


@dataclass(frozen=True, slots=True)
class Table:
    """Bảng số liệu đã công bố: rows by the names of `columns`; `told`: publisher, moment, document; `meanings`: word -> definition."""

    title: str
    url: str
    told: Mapping[str, Any]
    meanings: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]
    columns: Mapping[str, tuple[str, int]]
    units: Mapping[str, str]

    @property
    def cells(self) -> list[list[Any]]:
        """The rows as a sheet has them."""
        return [[_number(row[name]) for name in self.columns] for row in self.rows]


def as_json(table: Table) -> str:
    """The table as one JSON object."""
    columns = [
        {"name": name, "label": label, "unit": table.units.get(name, "")} for name, (label, _) in table.columns.items()
    ]
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
