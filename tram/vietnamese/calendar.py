"""The working calendar of state bodies: which days and hours count, and why a day does not."""

import os
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

CATALOGUE = Path(os.environ.get("TRAM_CATALOGUE") or Path(__file__).parents[1] / "catalogue")
"""The law as data. `tram/catalogue` is a link in the checkout and the folder itself in an installed wheel."""
ONE_DAY = timedelta(days=1)
NOON = time(12)
WORKING_KINDS = frozenset({"working", "swap_work", "half_day"})
NEEDED = {
    "holidays": {"day", "name", "source"},
    "compensatory": {"day", "name", "source"},
    "half_days": {"day", "name", "half", "source"},
    "swaps": {"rest", "work", "source"},
}
OFFICE_HOURS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))

Sessions = Sequence[tuple[time, time]]


@dataclass(frozen=True)
class Day:
    """Ngày của lịch làm việc: one day, its kind, its name on the screen and the paper it rests on.

    kind: working, weekend, holiday, compensatory, swap_off (given up), swap_work (worked instead), half_day.
    half: the half that is worked, 'morning' or 'afternoon', on a half_day only.
    """

    on: date
    kind: str
    name: str
    source: str = ""
    half: str = ""

    @property
    def is_working(self) -> bool:
        return self.kind in WORKING_KINDS


def _is_weekday(on: date) -> bool:
    return on.weekday() < 5


class WorkingCalendar:
    """Which days work. Days of years that were not loaded follow the plain week and are not `is_checked`."""

    def __init__(self, days: Iterable[Day], checked: Iterable[int] = ()) -> None:
        """days: the special days; of two for one date the later wins, but a holiday is not lost to a day off."""
        self._days = {day.on: day for day in days}
        self._checked = frozenset(checked)
        moved = sorted(on for on, day in self._days.items() if day.is_working != _is_weekday(on))
        self._moved = moved
        self._gained = list(accumulate((1 if self._days[on].is_working else -1 for on in moved), initial=0))

    @classmethod
    def load(cls, path: Path | None = None, extra: Iterable[Day] = ()) -> "WorkingCalendar":
        """The national calendar (catalogue/holidays.yaml, or another file), overridden by the province's own days.

        Raises OSError when the file is missing, ValueError when a line in it cannot be understood.
        """
        years = _years(path or CATALOGUE / "holidays.yaml")
        checked = [year for year, entry in years.items() if entry.get("checked")]
        return cls([*(day for entry in years.values() for day in _days(entry)), *extra], checked)

    def also(self, extra: Iterable[Day]) -> "WorkingCalendar":
        """This calendar with the days of one office, which go before its own."""
        own = list(extra)
        return WorkingCalendar([*self._days.values(), *own], self._checked) if own else self

    def day(self, on: date) -> Day:
        """The kind and name of a day."""
        found = self._days.get(on)
        if found:
            return found
        return Day(on, "working", "Ngày làm việc") if _is_weekday(on) else Day(on, "weekend", "Ngày nghỉ hằng tuần")

    def is_working(self, on: date) -> bool:
        """Whether the day is worked, whole or in half."""
        return self.day(on).is_working

    def is_checked(self, year: int) -> bool:
        """Whether the year was compared with the announcements; else deadlines in it are provisional."""
        return year in self._checked

    def add(self, on: date, days: int) -> date:
        """The n-th working day after a day, before it when negative; a half day counts as a day.

        0 gives the day itself, or the next working day when it is none. NĐ 61/2018: the day of acceptance is not
        counted.
        """
        if days == 0:
            return on if self.is_working(on) else self.add(on, 1)
        step = ONE_DAY if days > 0 else -ONE_DAY
        left = abs(days)
        while left:
            on += step
            left -= self.is_working(on)
        return on

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and with `last`; negative when `last` is earlier.

        By weeks and not day by day, for lists show what is late by years.
        """
        if last < first:
            return -self.between(last, first)
        weeks, days = divmod((last - first).days, 7)
        plain = 5 * weeks + sum(_is_weekday(last - n * ONE_DAY) for n in range(days))
        return plain + self._gained[bisect(self._moved, last)] - self._gained[bisect(self._moved, first)]

    def sessions(self, on: date, hours_of_day: Sessions = OFFICE_HOURS) -> list[tuple[time, time]]:
        """The hours worked on a day: none on a day off, one half on a half day."""
        day = self.day(on)
        if not day.is_working:
            return []
        if day.kind != "half_day":
            return list(hours_of_day)
        return [hours for hours in hours_of_day if (hours[0] < NOON) == (day.half == "morning")]

    def add_hours(self, at: datetime, hours: float, hours_of_day: Sessions = OFFICE_HOURS) -> datetime:
        """The moment when so many working hours have passed since `at`; the zone of `at` is kept.

        Out of hours the clock stands: before the morning, over lunch, in the evening, on a day off. Zero hours give
        the next moment at which work is done. Raises ValueError for hours below 0 or a day without hours.
        """
        if hours < 0 or not hours_of_day:
            raise ValueError("Số giờ phải từ 0 trở lên và ngày làm việc phải có giờ làm việc.")
        left, on = timedelta(hours=hours), at.date()
        while True:
            for opens, closes in self.sessions(on, hours_of_day):
                start, end = (datetime.combine(on, hour, at.tzinfo) for hour in (opens, closes))
                start = max(start, at)
                if start < end and left <= end - start:
                    return start + left
                left -= max(end - start, timedelta(0))
            on += ONE_DAY

    def hours_between(self, start: datetime, end: datetime, hours_of_day: Sessions = OFFICE_HOURS) -> float:
        """How many working hours lie between two moments of one zone; 0 when `end` is earlier."""
        total, on = timedelta(0), start.date()
        while on <= end.date():
            for opens, closes in self.sessions(on, hours_of_day):
                first, last = (datetime.combine(on, hour, start.tzinfo) for hour in (opens, closes))
                total += max(min(last, end) - max(first, start), timedelta(0))
            on += ONE_DAY
        return total / timedelta(hours=1)


def read_days(path: Path) -> list[Day]:
    """The days of a province's own file, for `WorkingCalendar.load(extra=...)`."""
    return [day for entry in _years(path).values() for day in _days(entry)]


def _years(path: Path) -> dict[int, dict[str, Any]]:
    """The years of a file, each entry's source resolved to its full text."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    sources = loaded.get("sources", {})
    for year, entry in loaded["years"].items():
        for key, row in ((name, row) for name in NEEDED for row in entry.get(name, [])):
            missing = NEEDED[key] - set(row)
            if missing or row["source"] not in sources:
                wanting = ", ".join(sorted(missing)) or f"{row['source']} trong sources"
                raise ValueError(f"{path.name}, năm {year}, {key}: dòng {row} còn thiếu {wanting}.")
            row["source"] = sources[row["source"]]
    return dict(loaded["years"])


def _days(entry: dict[str, Any]) -> list[Day]:
    days: list[Day] = []
    for kind, key in (("compensatory", "compensatory"), ("holiday", "holidays")):
        days += [Day(row["day"], kind, row["name"], row["source"]) for row in entry.get(key, [])]
    for row in entry.get("half_days", []):
        days.append(Day(row["day"], "half_day", row["name"], row["source"], row["half"]))
    for row in entry.get("swaps", []):
        rest, work, source = row["rest"], row["work"], row["source"]
        days.append(Day(rest, "swap_off", f"Nghỉ hoán đổi, làm bù ngày {work:%d/%m/%Y}", source))
        days.append(Day(work, "swap_work", f"Làm bù cho ngày {rest:%d/%m/%Y}", source))
    return days
