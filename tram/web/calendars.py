"""Calendars that programs subscribe to (RFC 5545), as text. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LINE_OCTETS = 75
"""RFC 5545, 3.1: a longer line goes on in the next one, which begins with a blank."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Mục trong lịch: on a whole day (`day`) or from an hour on (`starts`, perhaps `ends`). `key` is its UID for good."""

    key: str
    title: str
    words: str
    url: str
    stamped_at: datetime
    day: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    edition: int = 0
    is_transparent: bool = False


def calendar_of(name: str, product: str, happenings: Iterable[Happening]) -> str:
    """A calendar, asked for again each hour."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Tram//{product}//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H",
        *(line for one in happenings for line in _event(one)), "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(one: Happening) -> list[str]:
    told = ["BEGIN:VEVENT", f"UID:{_escaped(one.key)}", f"DTSTAMP:{_instant(one.stamped_at)}"]
    if one.day:
        told += [f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}", f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"]
    if one.starts:
        told.append(f"DTSTART:{_instant(one.starts)}")
    if one.ends:
        told.append(f"DTEND:{_instant(one.ends)}")
    told += [f"SUMMARY:{_escaped(one.title)}", f"DESCRIPTION:{_escaped(one.words)}", f"URL:{one.url}"]
    if one.place:
        told.append(f"LOCATION:{_escaped(one.place)}")
    if one.edition:
        told.append(f"SEQUENCE:{one.edition - 1}")
    return [*told, *(["TRANSP:TRANSPARENT"] if one.is_transparent else []), "END:VEVENT"]


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for plain, told in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(plain, told)
    return "".join(one for one in text if one >= " ")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, no letter cut in two."""
    pieces, size = [""], 0
    for letter in line:
        wide = len(letter.encode())
        if size + wide > LINE_OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += wide
    return "\r\n".join(pieces)
