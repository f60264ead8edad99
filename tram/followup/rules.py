"""Arithmetic and wording of following up: weeks, and the letter that urges the units whose work is late."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from tram.web.calendars import Happening, calendar_of

SOON = 2
"""Working days before its day from which work is due soon."""
MOST_LINES = 300
"""Rows of one letter; more than these nobody reads, and the screen has them all."""
TO_ANSWER = 3
"""Working days in which the units answer the letter."""
WORKDAYS, OPENS = 5, 7
"""The letter is drafted on the first weekday, after this hour, on which there is cause for it."""


@dataclass(frozen=True, slots=True)
class UrgedLine:
    """Dòng việc phải đôn đốc: `days` are working days, above 0 left, below 0 past."""

    unit: int
    unit_name: str
    title: str
    given_on: date
    due_on: date
    days: int
    is_late: bool


def week_of(on: date) -> date:
    """The Monday of a day's week."""
    return on - timedelta(days=on.weekday())


def subject_of(on: date) -> str:
    """Trích yếu of the letter."""
    return f"đôn đốc thực hiện nhiệm vụ quá hạn, sắp đến hạn (tính đến ngày {on:%d/%m/%Y})"


def body_of(lines: Sequence[UrgedLine], on: date, answer_on: date) -> str:
    """What the letter says: counts, a table for each unit, and until when they answer. `lines` lie unit by unit."""
    late = sum(line.is_late for line in lines)
    soon = f" và {len(lines) - late} việc sắp đến hạn" if len(lines) > late else ""
    names = list(dict.fromkeys(line.unit_name for line in lines))
    parts = [
        f"Qua theo dõi, tính đến ngày {on:%d/%m/%Y}, {len(names)} đơn vị có {late} việc quá hạn chưa hoàn thành"
        f"{soon}, cụ thể như sau:"
    ]
    shown = lines[:MOST_LINES]
    for number, (name, own) in enumerate(groupby(shown, key=lambda line: line.unit_name), start=1):
        parts.append(f"{number}. {name}")
        parts.append("STT | Nhiệm vụ | Ngày giao | Hạn | Tình trạng")
        parts += [_row(place, line) for place, line in enumerate(own, start=1)]
    if len(lines) > len(shown):
        parts.append(f"Còn {len(lines) - len(shown)} việc nữa, xem tại mục Đôn đốc trên Trạm.")
    parts.append(
        f"Đề nghị lãnh đạo các đơn vị chỉ đạo hoàn thành các việc quá hạn, nêu rõ lý do chậm và gửi kết quả"
        f" trước ngày {answer_on:%d/%m/%Y}./."
    )
    return "\n".join(parts)


def _row(place: int, line: UrgedLine) -> str:
    told = f"Còn {line.days} ngày" if line.days > 0 else "Đến hạn hôm nay"
    if line.is_late:
        told = f"Quá hạn {-line.days} ngày" if line.days else "Quá hạn"
    title = " ".join(line.title.replace("|", "/").replace("[", "(").replace("]", ")").split())
    return f"{place} | {title} | {line.given_on:%d/%m/%Y} | {line.due_on:%d/%m/%Y} | {told}"


PERIOD = re.compile(r"(20\d\d)-(?:(0[1-9]|1[0-2])|q([1-4]))")
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Period:
    """Kỳ thống kê: a month or a quarter, by its first month and its length in months."""

    year: int
    month: int
    months: int

    @classmethod
    def of(cls, text: str, on: date) -> "Period":
        """The period that "2026-11" or "2026-q4" names; the month of `on` for anything else."""
        found = PERIOD.fullmatch(text)
        if found is None:
            return cls(on.year, on.month, 1)
        year, month, quarter = found.groups()
        return cls(int(year), int(month), 1) if month else cls(int(year), int(quarter) * 3 - 2, 3)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """The day after its last."""
        return self.beside(1).first

    def beside(self, steps: int) -> "Period":
        """The period so many of its own length later."""
        months = self.year * 12 + self.month - 1 + steps * self.months
        return Period(months // 12, months % 12 + 1, self.months)

    @property
    def quarter(self) -> int:
        """The quarter in which it begins."""
        return (self.month + 2) // 3

    @property
    def key(self) -> str:
        """How addresses name it."""
        return f"{self.year}-{self.month:02d}" if self.months == 1 else f"{self.year}-q{self.quarter}"

    @property
    def name(self) -> str:
        """How people name it."""
        return f"Tháng {self.month}/{self.year}" if self.months == 1 else f"Quý {ROMAN[self.quarter - 1]}/{self.year}"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Hạn trong lịch: one piece of work on one day; `shown_on` is the last working day up to its day."""

    key: str
    title: str
    words: str
    url: str
    shown_on: date


def calendar_text(name: str, deadlines: Sequence[Deadline], at: datetime) -> str:
    """Deadlines as a calendar of all-day events (RFC 5545); `at` is the moment of writing."""
    return calendar_of(
        name, "Lich han",
        [
            Happening(one.key, one.title, one.words, one.url, at, day=one.shown_on, is_transparent=True)
            for one in deadlines
        ],
    )  # fmt: skip
