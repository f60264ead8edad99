"""Rules of work files: retention from the catalogue, days that follow from the day on which the work ended."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml

from tram.vietnamese.calendar import CATALOGUE

LONGEST_TITLE, LONGEST_NOTE, MOST_AT_ONCE = 500, 500, 200


@dataclass(frozen=True, slots=True)
class Retention:
    """Thời hạn bảo quản: a line of catalogue/retention.yaml. `years`: None for ever (TT 10/2022/TT-BNV)."""

    code: str
    group: str
    name: str
    years: int | None

    @property
    def label(self) -> str:
        """How choices name it."""
        return f"{self.name} · {years_in_words(self.years)}"


def years_in_words(years: int | None) -> str:
    """Maintenance of Phụ lục VI: "Vĩnh viễn", "20 năm"."""
    return "Vĩnh viễn" if years is None else f"{years} năm"


@cache
def _catalogue() -> dict[str, Any]:
    with (CATALOGUE / "retention.yaml").open(encoding="utf-8") as stream:
        found: dict[str, Any] = yaml.safe_load(stream)
    return found


@cache
def retentions() -> dict[str, Retention]:
    """Every retention of the catalogue by its code, in its order."""
    rows = _catalogue()["rules"]
    return {
        row["code"]: Retention(
            row["code"], row["group"], row["name"], None if row["years"] == "permanent" else int(row["years"])
        )
        for row in rows
    }


def term(name: str) -> int:
    """A number of the law: least_years, within_months, keep_back_months, notice_days."""
    return int(_catalogue()["transfer"][name])


def months_later(day: date, months: int) -> date:
    """The same day of a later month; the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


def due_after(end: date, years: int | None) -> date | None:
    """By when a closed file goes to the archive: a year after its work ended; None: it may stay with the unit."""
    if years is not None and years < term("least_years"):
        return None
    return months_later(end, term("within_months"))


def kept_until(end: date | None, years: int | None) -> date | None:
    """The last day of keeping: the end of the N-th year after the year in which the work ended; None: for ever."""
    return date(end.year + years, 12, 31) if end is not None and years is not None else None


def notation_of(number: int, symbol: str) -> str:
    """Số và ký hiệu hồ sơ: "01.TCCB" (Phụ lục V)."""
    return f"{number:02d}.{symbol}"
