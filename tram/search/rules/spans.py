"""Days as people name them in a filter: homnay, tuannay, thangtruoc, 2026, 3/2026, 5/3, 5/3/2026."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tram.vietnamese.text import fold

DATE = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})|(\d{1,2})[/.-](\d{1,2})")
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Khoảng ngày: both ends included, with its Vietnamese name."""

    first: date
    last: date
    name: str


def span(text: str, today: date) -> Span | None:
    """Read a span of days; None when the text names none."""
    word = fold(text).replace(" ", "")
    named = _named(word, today)
    if named:
        return named
    found = DATE.fullmatch(word)
    if not found:
        return None
    day, month, year, short_day, short_month = (int(part) if part else None for part in found.groups())
    try:
        return _dated(day or short_day, month or short_month, year or today.year)
    except ValueError:
        return None


def _named(word: str, today: date) -> Span | None:
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    before, after = (month - ONE).replace(day=1), _next_month(month)
    spans = {
        "homnay": (today, today, "hôm nay"),
        "homqua": (today - ONE, today - ONE, "hôm qua"),
        "mai": (today + ONE, today + ONE, "ngày mai"),
        "tuannay": (monday, monday + timedelta(days=6), "tuần này"),
        "tuantruoc": (monday - timedelta(days=7), monday - ONE, "tuần trước"),
        "tuansau": (monday + timedelta(days=7), monday + timedelta(days=13), "tuần sau"),
        "thangnay": (month, after - ONE, "tháng này"),
        "thangtruoc": (before, month - ONE, "tháng trước"),
        "thangsau": (after, _next_month(after) - ONE, "tháng sau"),
        "namnay": (date(today.year, 1, 1), date(today.year, 12, 31), "năm nay"),
        "namtruoc": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31), "năm trước"),
    }
    return Span(*spans[word]) if word in spans else None


def _dated(day: int | None, month: int | None, year: int) -> Span:
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31), f"năm {year}")
    if day is None:
        first = date(year, month, 1)
        return Span(first, _next_month(first) - ONE, f"tháng {month}/{year}")
    return Span(date(year, month, day), date(year, month, day), f"ngày {day}/{month}/{year}")


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
