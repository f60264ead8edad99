"""Slices of time, newest first, so that a search reads only as much of the past as it needs.

Every card carries the terms of its day, week (7 days), season (13 weeks) and round (4 seasons, 364 days). They nest
by plain division, so a slice that turns out too full is read again as the smaller slices inside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

SIZES = {"d": 1, "w": 7, "s": 91, "r": 364}
INSIDE = {"r": "s", "s": "w", "w": "d"}
FIRST_DAY = date(1975, 1, 1).toordinal()
"""Nothing that Trạm keeps is older."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of rounds, seasons, weeks or days: numbers `first`..`last` of that size, both included."""

    size: str
    first: int
    last: int

    @property
    def term(self) -> str:
        """The stretch as a condition of a tsquery."""
        return "(" + " | ".join(f"':{self.size}{number}'" for number in range(self.last, self.first - 1, -1)) + ")"

    def smaller(self) -> "list[Slice]":
        """The slices inside it, newest first; none inside a day."""
        if self.first < self.last:
            return [Slice(self.size, number, number) for number in range(self.last, self.first - 1, -1)]
        if self.size == "d":
            return []
        inside = INSIDE[self.size]
        ratio = SIZES[self.size] // SIZES[inside]
        return [Slice(inside, n, n) for n in range(self.first * ratio + ratio - 1, self.first * ratio - 1, -1)]

    @property
    def begins(self) -> datetime:
        """The first moment of the stretch."""
        return _moment(self.first * SIZES[self.size])


def slices_of(at: datetime) -> list[str]:
    """The slice terms of a moment. Days are those of UTC: they cut the past, they are never shown."""
    return _slices(max(_day(at), FIRST_DAY))


@lru_cache(maxsize=4096)
def _slices(day: int) -> list[str]:
    return [f":{size}{day // length}" for size, length in SIZES.items()]


def newest_first(before: datetime, since: datetime | None) -> Iterator[Slice]:
    """Slices that cover the past before a moment: its week, the rest of its season, of its round, then older rounds
    in stretches that double. A later slice may cover again what an earlier one did; the caller moves `before` on."""
    day = max(_day(before), FIRST_DAY)
    bottom = _day(since) if since else FIRST_DAY
    for size in ("w", "s", "r"):
        number = day // SIZES[size]
        yield Slice(size, number, number)
        if number * SIZES[size] <= bottom:
            return
    last, width = day // SIZES["r"] - 1, 1
    while last * SIZES["r"] + SIZES["r"] > bottom:
        first = max(last - width + 1, bottom // SIZES["r"])
        yield Slice("r", first, last)
        last, width = first - 1, width * 2


def latest(before: datetime) -> tuple[Slice, Slice]:
    """The season of a moment; its round with the one before, for a round may have begun yesterday."""
    day = max(_day(before), FIRST_DAY)
    season, this = day // SIZES["s"], day // SIZES["r"]
    return Slice("s", season, season), Slice("r", this - 1, this)


def _day(at: datetime) -> int:
    return at.astimezone(UTC).date().toordinal()


def _moment(day: int) -> datetime:
    return datetime.fromordinal(max(day, 1)).replace(tzinfo=UTC)
