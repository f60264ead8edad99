"""Dates as letters print them; a part that is blank or damaged is left out, never guessed."""

import re
from calendar import monthrange
from typing import NamedTuple

WORDED = re.compile(
    r"\bng\wy\b(?P<day>.{0,30}?)\bth\w{1,2}ng\b(?P<month>.{0,20}?)\bn\wm\b(?P<year>[\s.…_]*(?:\d{4}|\w{0,4}))",
    re.IGNORECASE,
)
SLASHED = re.compile(
    r"\bng[àa]y\s+(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})\b", re.IGNORECASE
)
BARE = re.compile(r",\s*(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})\b")
MONTH_ONLY = re.compile(r",\s*(?P<day>)th[áa]ng\s+(?P<month>\d{1,2})\s+n[ăa]m\s+(?P<year>\d{4})\b", re.IGNORECASE)
WORN = re.compile(r"\b\w{3,4}\s+(?P<day>\d{1,2})\s+\w{4,5}\s+(?P<month>\d{1,2})\s+\w{2,3}\s+(?P<year>\d{4})\b")
"""The shape alone, when a machine has misread one of the words ngày, tháng, năm."""
FILLING = " .…_·\t\xa0"
DUE = re.compile(
    r"(?:trước|chậm nhất(?: là)?|muộn nhất(?: là)?|hạn cuối(?: là)?|thời hạn(?: trả lời| gửi| báo cáo)?|hạn trả lời|đến hết|hết|"
    r"hạn xử lý|hạn hoàn thành)(?:\s*:)?"
    r"(?:\s+(?:đến|vào|là|hết|trong|lúc|\d{1,2}\s?(?:h|g|giờ)\s?\d{0,2}\s?(?:phút)?,?))*\s+"
    r"ngày\s+(?P<day>\d{1,2})\s*(?:/|-|\.|tháng)\s*(?P<month>\d{1,2})(?:\s*(?:/|-|\.|năm)\s*(?P<year>\d{4}))?",
    re.IGNORECASE,
)


class Found(NamedTuple):
    """A date in a line: ISO with missing parts left out (2025-05, ----09-24), and where it stands."""

    iso: str | None
    start: int
    end: int
    whole: bool


def find(line: str) -> Found | None:
    """The first date of a date line, worded or slashed; `iso` is None when every part is blank or damaged."""
    for pattern in (WORDED, SLASHED, BARE, MONTH_ONLY, WORN):
        match = pattern.search(line)
        if match:
            day, month, year = match["day"], match["month"], match["year"]
            iso = joined(_number(day, 1, 31), _number(month, 1, 12), _number(year, 1945, 2100))
            return Found(
                iso, match.start(), match.end(), iso is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", iso) is not None
            )
    return None


def due(text: str) -> tuple[str, str] | None:
    """The day by which an answer or a report is wanted, with the words it was read from."""
    match = DUE.search(text)
    if not match:
        return None
    day, month, year = match["day"], match["month"], match["year"] or ""
    iso = joined(_number(day, 1, 31), _number(month, 1, 12), _number(year, 1945, 2100))
    return (iso, match[0]) if iso else None


def joined(day: int | None, month: int | None, year: int | None) -> str | None:
    """ISO 8601 with the known parts: a day without its month says nothing, so it is left out."""
    if day and month and day > monthrange(year or 2024, month)[1]:
        day = None
    if month is None:
        return f"{year:04d}" if year else None
    start = f"{year:04d}" if year else "--"
    if year:
        return f"{start}-{month:02d}-{day:02d}" if day else f"{start}-{month:02d}"
    return f"----{month:02d}-{day:02d}" if day else f"----{month:02d}"


def _number(text: str, least: int, most: int) -> int | None:
    cleaned = text.strip(FILLING)
    if not cleaned.isascii() or not cleaned.isdigit() or len(cleaned) > 4:
        return None
    return int(cleaned) if least <= int(cleaned) <= most else None
