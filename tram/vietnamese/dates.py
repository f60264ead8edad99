"""Dates as Vietnamese papers write them and as clerks type them."""

import re
from datetime import date, datetime, time, timedelta

HOW_TO_TYPE = "Gõ ngày như 5, 5/3, 050326 hoặc 5/3/2026; h là hôm nay, h-1 là hôm qua."
RELATIVE = re.compile(r"h(?:([+-])(\d{1,3}))?")
PARTED = re.compile(r"(\d{1,2})(?:[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?)?")
SOLID = re.compile(r"(\d{2})(\d{2})(\d{2}|\d{4})?")
ROMAN = ("I", "II", "III", "IV")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
"""In the order of `date.weekday()`."""


def in_words(day: date) -> str:
    """The date of a paper: 'ngày 05 tháng 02 năm 2026'.

    Days below 10 and the months 1 and 2 take a leading zero (NĐ 30/2020/NĐ-CP, Phụ lục I).
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def place_and_date(place: str, day: date) -> str:
    """The line under the motto: 'Lào Cai, ngày 05 tháng 02 năm 2026'."""
    return f"{place}, {in_words(day)}"


def short(day: date) -> str:
    """The date on a screen: '05/02/2026'."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def hour(at: time) -> str:
    """An hour as it is read: '8:00', '14:30'."""
    return f"{at.hour}:{at.minute:02d}"


def parse_typed(text: str, today: date) -> date:
    """Read what a clerk typed: 5 (of this month), 5/3 (of this year), 050326, 05032026, 5/3/26, 5/3/2026, h, h-1, h+3.

    Two figures of a year are of the century from 80 years ago to 20 years ahead.
    Raises ValueError with a sentence that says how to type a date.
    """
    typed = " ".join(text.lower().split())
    relative = RELATIVE.fullmatch(typed)
    if relative:
        days = int(relative[2] or 0)
        return today + timedelta(days=-days if relative[1] == "-" else days)
    found = PARTED.fullmatch(typed) or SOLID.fullmatch(typed)
    if not found:
        raise ValueError(f"Không đọc được ngày “{text.strip()}”. {HOW_TO_TYPE}")
    day, month, year = int(found[1]), int(found[2] or today.month), _year(found[3], today)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"Ngày {day:02d}/{month:02d}/{year} không có trong lịch. {HOW_TO_TYPE}") from error


def period_name(first: date, last: date) -> str:
    """The name of a reporting period from its first and last day.

    'năm 2026', '6 tháng đầu năm 2026', '9 tháng đầu năm 2026', 'quý IV năm 2026', 'tháng 11 năm 2026',
    'tuần 47 (16/11 – 22/11/2026)'; any other period by its two days.
    """
    whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1 and first.year == last.year
    if whole_months and last >= first:
        named = _months_name(first.month, last.month, first.year)
        if named:
            return named
    if first.weekday() == 0 and last - first == timedelta(days=6):
        start = f"{first.day:02d}/{first.month:02d}" if first.year == last.year else short(first)
        return f"tuần {first.isocalendar().week} ({start} – {short(last)})"
    if first == last:
        return f"ngày {short(first)}"
    return f"từ {short(first)} đến {short(last)}"


def ago(at: datetime, now: datetime) -> str:
    """How long ago: 'vừa xong', '5 phút trước', '2 giờ trước', 'hôm qua lúc 14:05', '3 ngày trước', '05/02/2026'.

    Both moments are aware, or both are not; days are counted in the zone of `now`.
    """
    at = at.astimezone(now.tzinfo) if now.tzinfo else at
    seconds, days = (now - at).total_seconds(), (now.date() - at.date()).days
    if seconds < -60:
        return f"{at:%H:%M} ngày {short(at.date())}"
    if seconds < 60:
        return "vừa xong"
    if seconds < 3600:
        return f"{int(seconds // 60)} phút trước"
    if days == 0:
        return f"{int(seconds // 3600)} giờ trước"
    if days == 1:
        return f"hôm qua lúc {at:%H:%M}"
    return f"{days} ngày trước" if days < 7 else short(at.date())


def _year(typed: str | None, today: date) -> int:
    if not typed:
        return today.year
    if len(typed) == 4:
        return int(typed)
    year = today.year // 100 * 100 + int(typed)
    return year - 100 if year > today.year + 20 else year


def _months_name(first: int, last: int, year: int) -> str:
    if first == last:
        return f"tháng {first} năm {year}"
    if (first, last) in ((1, 6), (1, 9)):
        return f"{last} tháng đầu năm {year}"
    if (first, last) == (7, 12):
        return f"6 tháng cuối năm {year}"
    if (first, last) == (1, 12):
        return f"năm {year}"
    return f"quý {ROMAN[last // 3 - 1]} năm {year}" if last - first == 2 and last % 3 == 0 else ""
