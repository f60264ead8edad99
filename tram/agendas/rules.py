"""A week and what stands in it: days, entries as they are kept in what was published, how two editions differ. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Protocol, TypeVar

from tram.vietnamese.dates import WEEKDAYS, hour

PARTS = (("what", "nội dung"), ("place", "nơi"), ("chair", "chủ trì"))


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def monday_typed(text: str) -> date | None:
    """The Monday that an address names; None for any other day and any other text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if len(text) == 10 and not day.weekday() and 2000 <= day.year <= 2100 else None


class _Dated(Protocol):
    @property
    def day(self) -> date:
        """On which it is."""


Dated = TypeVar("Dated", bound=_Dated)


def by_day(monday: date, things: Sequence[Dated]) -> list[tuple[str, date, list[Dated]]]:
    """The days of a week with what is on each: every working day, and those at the week's end on which there is something."""
    days = [monday + timedelta(days=number) for number in range(7)]
    told = [(WEEKDAYS[day.weekday()], day, [one for one in things if one.day == day]) for day in days]
    return [(name, day, those) for name, day, those in told if those or day.weekday() < 5]


@dataclass(frozen=True, slots=True)
class Entry:
    """Mục lịch như công khai."""

    id: int
    day: date
    begins: time
    ends: time | None
    what: str
    place: str = ""
    chair: str = ""

    @property
    def hours(self) -> str:
        """When: "8:00" or "8:00–11:30"."""
        return f"{hour(self.begins)}–{hour(self.ends)}" if self.ends else hour(self.begins)

    @property
    def where_when(self) -> str:
        """Hour and day: 8:00 Thứ Ba 17/11."""
        return f"{hour(self.begins)} {self.weekday}"

    @property
    def weekday(self) -> str:
        """Thứ Ba 17/11."""
        return f"{WEEKDAYS[self.day.weekday()]} {self.day:%d/%m}"

    def packed(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "id": self.id, "day": self.day.isoformat(), "begins": self.begins.isoformat("minutes"),
            "ends": self.ends.isoformat("minutes") if self.ends else "", "what": self.what, "place": self.place, "chair": self.chair,
        }  # fmt: skip

    @classmethod
    def unpacked(cls, told: Mapping[str, Any]) -> "Entry":
        """From what was kept."""
        ends = time.fromisoformat(told["ends"]) if told["ends"] else None
        return cls(
            told["id"], date.fromisoformat(told["day"]), time.fromisoformat(told["begins"]), ends, told["what"], told["place"],
            told["chair"],
        )  # fmt: skip


def differences(before: Sequence[Entry], after: Sequence[Entry], names: Mapping[int, str]) -> list[str]:
    """In what an edition differs from the one before, one sentence an item.

    `names`: what items are called in the edition that is public now. What has been taken out of that has no name: why it was
    taken out is not known here, and a list of changes must not keep what the schedule gave up.
    """
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    told = [f"Thêm {_named(one, names)} lúc {one.where_when}." for one in after if one.id not in old]
    told += [f"Bỏ {_named(one, names)} lúc {one.where_when}." for one in before if one.id not in new]
    for now in after:
        was = old.get(now.id, now)
        if (was.day, was.begins, was.ends) != (now.day, now.begins, now.ends):
            told.append(f"Đổi giờ {_named(now, names)}: từ {was.where_when} sang {now.hours} {now.weekday}.")
        if parts := [label for name, label in PARTS if getattr(was, name) != getattr(now, name)]:
            told.append(f"Đổi {', '.join(parts)} của {_named(now, names)}.")
    return told


def _named(one: Entry, names: Mapping[int, str]) -> str:
    return f"“{names[one.id]}”" if one.id in names else "một mục"


def names_of(entries: Sequence[Entry]) -> dict[int, str]:
    """What items are called."""
    return {one.id: one.what for one in entries}
