"""Addresses of the portal: words without marks, and where a page of a list begins."""

from datetime import UTC, date, datetime, time, timedelta

from tram.kernel.clock import LOCAL, local_day
from tram.vietnamese.text import folded_words

LONGEST = 120
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
LATEST, LAST = 10**17, 2**62


def slug_of(name: str) -> str:
    """A name as a part of an address: "Sở Tài chính" -> "so-tai-chinh"; "" for a name without such words."""
    return "-".join(word for word in folded_words(name) if word.isascii())[:LONGEST].strip("-")


def place_word(place: tuple[datetime, int]) -> str:
    """A place of a list as it stands in a link."""
    return f"{(place[0] - EPOCH) // INSTANT}_{place[1]}"


def place_of(word: str) -> tuple[datetime, int] | None:
    """A place from a link; None for anything else."""
    parts = word.split("_")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts):
        return None
    at, pk = map(int, parts)
    return (EPOCH + timedelta(microseconds=at), pk) if at <= LATEST and pk <= LAST else None


def day_word(place: tuple[date, int]) -> str:
    """The same of a list that goes by days."""
    return place_word((datetime.combine(place[0], time(12), LOCAL), place[1]))


def day_of(word: str) -> tuple[date, int] | None:
    """A place of such a list from a link."""
    found = place_of(word)
    return (local_day(found[0]), found[1]) if found else None
