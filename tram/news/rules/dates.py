"""When an old article was published, and when what it tells of happened: two days, kept apart."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import yaml

from tram.kernel.clock import LOCAL
from tram.vietnamese.calendar import CATALOGUE

DAY = r"(?P<day>\d{1,2})\s?(?P<parting>[/.-])\s?(?P<month>\d{1,2})(?:\s?(?P=parting)\s?(?P<year>\d{4}))?(?![\d/%])"
TOLD = re.compile(rf"(?:ngày|sáng|trưa|chiều|tối)\s+(?:ngày\s+)?{DAY}", re.I)
WORDED = re.compile(r"ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2})(?: năm (?P<year>\d{4}))?", re.I)
FULL = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
NOT_THE_EVENT = re.compile(
    r"(trước|hạn|thành lập|sinh|kể từ|tính đến|quyết định|nghị định|nghị quyết|công văn)\s[^,;.]{0,30}$", re.I
)
EARLIEST = 1900
"""An older year is a slip; the first of all has moments that the database keeps and nobody can read back."""
NEAR = 45
"""Days: a full date so near to a day told without its year lends it the year."""


@dataclass(frozen=True, slots=True)
class Format:
    """Kiểu ghi ngày: how a source prints the moment of publication."""

    id: str
    name: str
    line: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Told:
    """Ngày đọc được: where in the text, as ISO ("----09-24" without a year), and on what ground."""

    start: int
    end: int
    iso: str
    ground: str


@cache
def _catalogue() -> dict[str, Any]:
    with (CATALOGUE / "news_sources.yaml").open(encoding="utf-8") as stream:
        found: dict[str, Any] = yaml.safe_load(stream)
    return found


@cache
def formats(source: str = "") -> tuple[Format, ...]:
    """The formats of a source by its label, in the order in which they are tried; all for a source that is not listed."""
    known = {row["label"].lower(): row["format"] for row in _catalogue()["sources"]}
    only = known.get(source.lower())
    return tuple(
        Format(row["id"], row["name"], re.compile(row["line"], re.I))
        for row in _catalogue()["formats"]
        if only in (None, row["id"])
    )


def published(line: str, source: str = "") -> tuple[datetime, Format] | None:
    """The moment that a whole line prints, in Vietnamese time; None when the line is no date of this source."""
    plain = " ".join(line.split())
    for form in formats(source):
        found = form.line.fullmatch(plain)
        moment = _moment(found.groupdict()) if found else None
        if moment:
            return moment, form
    return None


def _moment(parts: dict[str, str | None]) -> datetime | None:
    hour, half = int(parts.get("hour") or 0), (parts.get("half") or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    if half in ("AM", "SA") and hour == 12:
        hour = 0
    year, month, day = (int(parts[name] or 0) for name in ("year", "month", "day"))
    if year < EARLIEST:
        return None
    try:
        return datetime(
            year, month, day, hour, int(parts.get("minute") or 0), int(parts.get("second") or 0), tzinfo=LOCAL
        )
    except ValueError:
        return None


def event(text: str, start: int, end: int, *, at_start: bool, published_on: date | None) -> Told | None:
    """The day of what is told in a stretch of the text: the first that is no term and no date of another paper.

    `at_start`: it must be among the first words. A year that is not told is the last that fits before the day of
    publication, or that of a full date near by in the text; without either the ISO form has none.
    """
    found = sorted([*TOLD.finditer(text, start, end), *WORDED.finditer(text, start, end)], key=lambda one: one.start())
    for one in found:
        day, month = int(one["day"]), int(one["month"])
        if NOT_THE_EVENT.search(text[start : one.start()][-60:]) or not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        if at_start and one.start() - start > 12:
            return None
        year, ground = _year(int(one["year"] or 0), day, month, text, published_on)
        if year and not _exists(year, month, day):
            continue
        iso = f"{year}-{month:02d}-{day:02d}" if year else f"----{month:02d}-{day:02d}"
        return Told(one.start(), one.end(), iso, ground)
    return None


def _year(year: int, day: int, month: int, text: str, published_on: date | None) -> tuple[int, str]:
    if year:
        return year, "ngày ghi đủ trong bài"
    if published_on:
        fits = published_on.year if (month, day) <= (published_on.month, published_on.day) else published_on.year - 1
        return fits, "bài không ghi năm; năm lấy theo ngày đăng"
    for told in FULL.finditer(text):
        other = (int(told[3]), int(told[2]), int(told[1]))
        if _exists(*other) and _exists(other[0], month, day):
            apart = abs((date(*other) - date(other[0], month, day)).days)
            if apart <= NEAR:
                return other[0], f"bài không ghi năm; năm lấy theo ngày {told[0]} cũng trong bài"
    return 0, "bài không ghi năm và không có ngày đăng: cần người xem điền năm"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).year >= EARLIEST
    except ValueError:
        return False
