"""Working days and office hours of the demo; the true calendar may be given wherever a `Works` is asked for."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count

from tram.kernel.clock import LOCAL

Works = Callable[[date], bool]

HALVES = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))
FIXED_HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 1), (9, 2), (11, 24)}
HALF_MINUTES = tuple((end.hour - start.hour) * 60 + end.minute - start.minute for start, end in HALVES)
DAY_MINUTES = sum(HALF_MINUTES)


def on_weekdays(day: date) -> bool:
    """Monday to Friday without the holidays that have a fixed solar date; Tết and Giỗ Tổ need the true calendar."""
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


@cache
def later(day: date, working_days: int, works: Works = on_weekdays) -> date:
    """The working day that lies so many working days after `day`; before it when negative."""
    step = timedelta(days=1 if working_days >= 0 else -1)
    for _ in range(abs(working_days)):
        day = next(other for other in (day + step * turn for turn in count(1)) if works(other))
    return day


def on_hour(day: date, minute: int) -> datetime:
    """The moment of a working day when so many of its office minutes have passed (0 = 07:30, 240 = 13:30)."""
    return datetime.combine(day, _clock(minute), LOCAL)


@cache
def _clock(minute: int) -> time:
    start, left = (HALVES[0][0], minute) if minute < HALF_MINUTES[0] else (HALVES[1][0], minute - HALF_MINUTES[0])
    return (datetime.combine(date.min, start) + timedelta(minutes=left)).time()


def after(at: datetime, minutes: int, works: Works = on_weekdays) -> datetime:
    """The moment when so many office minutes have passed since `at`, itself within office hours."""
    spent = minutes_into(at) + minutes
    return on_hour(later(at.date(), spent // DAY_MINUTES, works), spent % DAY_MINUTES)


def before(at: datetime, minutes: int, works: Works = on_weekdays) -> datetime:
    """The office moment that lies so many office minutes, one or more, before any moment."""
    day, passed = at.date(), minutes_into(at) if works(at.date()) else 0
    while passed < minutes:
        minutes -= passed
        day, passed = later(day, -1, works), DAY_MINUTES
    return on_hour(day, passed - minutes)


def minutes_into(at: datetime) -> int:
    """Office minutes of the day that have passed at this moment."""
    return _passed(at.hour * 60 + at.minute)


@cache
def _passed(minute: int) -> int:
    """Office minutes before this minute of the day."""
    starts = (start.hour * 60 + start.minute for start, _ in HALVES)
    return sum(min(max(minute - start, 0), length) for start, length in zip(starts, HALF_MINUTES, strict=True))


def is_office_hour(at: datetime, works: Works = on_weekdays) -> bool:
    return works(at.date()) and any(start <= at.time() <= end for start, end in HALVES)


def written(day: date) -> str:
    """A day as the decree writes it in running text: 05/01/2026, 05/10/2026, 05/6/2026 (months 1 and 2 padded)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def dateline(place: str, day: date) -> str:
    """Cell 4 of the layout: Lào Cai, ngày 05 tháng 10 năm 2026. Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 4."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day.day:02} tháng {month} năm {day.year}"
