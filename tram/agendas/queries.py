"""The weekly schedule: what the house has of a week; what the public may see of it: open rows, and nothing else."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise

from django.db.models import Max, Min, QuerySet

from tram.agendas.models import Item, Publication
from tram.agendas.rules import Entry, by_day, differences, names_of
from tram.agendas.rules import monday_of as monday_of
from tram.agendas.rules import monday_typed as monday_typed
from tram.kernel.verdicts import Hidden
from tram.organisation.models import Unit

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """Lịch tuần đang công khai; `changes`: when it changed since it first was public, and how, the last first."""

    agency: int
    monday: date
    entries: tuple[Entry, ...]
    since_at: datetime
    changes: tuple[tuple[datetime, list[str]], ...]
    digest: str
    """The hash of what its page tells: of its editions, the last first, since it was last taken back."""

    @property
    def days(self) -> list[tuple[str, date, list[Entry]]]:
        """What the page shows of each."""
        return by_day(self.monday, self.entries)


@dataclass(frozen=True, slots=True)
class Gone:
    """Lịch tuần không còn công khai."""

    until_at: datetime


def public_week(agency: int, monday: date) -> Week | Gone:
    """What the public may see of a week; Hidden where nothing ever was."""
    rows = list(Publication.objects.filter(agency=agency, monday=monday).order_by("-edition"))
    if not rows:
        raise Hidden
    last = rows[0]
    if last.until_at is not None:
        return Gone(last.until_at)
    told = list(_told(rows))
    return Week(agency, monday, _entries(last), last.since_at, tuple(_changes(told)), _digest(told))


def _told(rows: list[Publication]) -> Iterator[Publication]:
    """Of the editions those since the week was last taken back, the last first."""
    yield rows[0]
    for row, before in pairwise(rows):
        if before.until_at != row.since_at:
            return
        yield before


def _changes(told: list[Publication]) -> Iterator[tuple[datetime, list[str]]]:
    names = names_of(_entries(told[0]))
    for row, before in pairwise(told):
        yield row.since_at, differences(_entries(before), _entries(row), names)


def _digest(told: list[Publication]) -> str:
    said = [[row.monday.isoformat(), row.edition, row.items] for row in told]
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _entries(row: Publication) -> tuple[Entry, ...]:
    return tuple(Entry.unpacked(told) for told in row.items)


def _open(agency: int) -> QuerySet[Publication]:
    return Publication.objects.filter(agency=agency, until_at=None)


def week_to_show(agency: int, today: date) -> date | None:
    """The Monday of the week that is public and nearest: this one, else the next to come, else the last one. Two queries."""
    monday = today - timedelta(days=today.weekday())
    coming: date | None = _open(agency).filter(monday__gte=monday).aggregate(nearest=Min("monday"))["nearest"]
    return coming or _last(agency, monday)


def _last(agency: int, before: date) -> date | None:
    found: date | None = _open(agency).filter(monday__lt=before).aggregate(nearest=Max("monday"))["nearest"]
    return found


def weeks_beside(agency: int, monday: date) -> tuple[date | None, date | None]:
    """The public weeks before and after one. Two queries."""
    return _last(agency, monday), _open(agency).filter(monday__gt=monday).aggregate(nearest=Min("monday"))["nearest"]


def public_since(agency: int, monday: date) -> list[tuple[Publication, tuple[Entry, ...]]]:
    """The public weeks from one on, with what stands in them, for a feed. One query."""
    return [(row, _entries(row)) for row in _open(agency).filter(monday__gte=monday).order_by("monday")[:60]]


def agencies_with_weeks(monday: date) -> list[int]:
    """Agencies of which a week from this one on is public. One query."""
    found = Publication.objects.filter(until_at=None, monday__gte=monday).values_list("agency_id", flat=True)
    return list(found.distinct())


def public_weeks(after: int, limit: int) -> dict[int, tuple[int, date]]:
    """What is public now, in the order of keys, for whoever looks through the portal: key -> agency, Monday. One query."""
    rows = Publication.objects.filter(until_at=None, pk__gt=after).order_by("pk")[:limit]
    return {key: (agency, monday) for key, agency, monday in rows.values_list("pk", "agency_id", "monday")}


def open_week(agency: int, monday: date) -> bool:
    """Whether a row of this week is open. One query."""
    return _open(agency).filter(monday=monday).exists()


def items_of(agency: int, monday: date) -> list[Item]:
    """What the house has of a week, in order. One query."""
    found = Item.objects.filter(agency=agency, day__gte=monday, day__lt=monday + WEEK, dropped_at=None)
    return list(found.order_by("day", "begins", "pk"))


def entries_to_publish(agency: int, monday: date) -> list[Entry]:
    """What outsiders would see of a week as it stands now."""
    return [entry_of(item) for item in items_of(agency, monday) if item.is_public]


def entry_of(item: Item) -> Entry:
    """An item as it is published."""
    return Entry(item.pk, item.day, item.begins, item.ends, item.what, item.place, item.chair)


def published(agency: int, monday: date) -> list[Publication]:
    """Every edition of a week, the last first, for the house."""
    return list(Publication.objects.filter(agency=agency, monday=monday).order_by("-edition"))


def item_of(agency: int, key: int) -> Item:
    """An item of this agency that stands in its schedule; Hidden otherwise."""
    found = Item.objects.filter(pk=key, agency=agency, dropped_at=None).first()
    if found is None:
        raise Hidden
    return found


def own_agency(agency: int) -> Unit:
    """The agency from which somebody acts; Hidden without one."""
    found = Unit.objects.filter(pk=agency, is_agency=True).first()
    if found is None:
        raise Hidden
    return found
