"""Founding the demo province through the commands of the rooms: units, seats, people, books, hours."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import Any

import yaml

from tram.audit.commands import together
from tram.demo.days import HALVES
from tram.demo.people import Person, Seat
from tram.demo.province import Unit as Described
from tram.demo.province import described, province
from tram.identity.commands.accounts import open_account
from tram.identity.models import Account
from tram.kernel.actors import Actor
from tram.kernel.clock import LOCAL
from tram.organisation.commands.areas import load_areas
from tram.organisation.commands.books import open_book
from tram.organisation.commands.hours import Hours, set_hours
from tram.organisation.commands.posts import appoint, create_post
from tram.organisation.commands.units import create_unit, give_code
from tram.organisation.models import Area, Post, Unit
from tram.vietnamese.calendar import CATALOGUE

RANK_AND_FILE = 50
SYSTEM = Actor.system()
BOOKS = (
    ("incoming", "Sổ đăng ký văn bản đến", False), ("incoming_secret", "Sổ đăng ký văn bản mật đến", True),
    ("outgoing", "Sổ đăng ký văn bản đi", False),
)  # fmt: skip


@dataclass(slots=True)
class Town:
    """What stands so far: units by their code, the first holder's post and account of each login; since when."""

    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    since: date = field(default_factory=lambda: founded_on())

    def described(self) -> Iterator[Described]:
        """The units that stand, as the catalogue describes them."""
        return (unit for unit in province() if unit.code in self.units)


def founded_on() -> date:
    """The day from which the province is as it is: 01/07/2025."""
    day: date = described()["valid_from"]
    return day


def found_units(town: Town, units: Iterable[Described] | None = None) -> None:
    """The map, every agency with its parts, its codes and its hours."""
    at = _morning(town)
    with together(savepoints=False):
        load_areas(actor=SYSTEM, at=at)
        areas = {area.code: area for area in Area.objects.filter(level=3, until=None)}
        for order, unit in enumerate(units or province()):
            _found(town, unit, order, at, areas)


def _found(town: Town, unit: Described, order: int, at: datetime, areas: dict[str, Area]) -> None:
    made = town.units[unit.code] = create_unit(
        actor=SYSTEM, at=at, kind=unit.kind, name=unit.name, abbr=unit.abbreviation, since=town.since,
        parent=town.units[unit.parent] if unit.parent else None, is_agency=unit.agency == unit.code,
        area=areas[unit.area] if unit.area else None, order=order,
    )  # fmt: skip
    if unit.qd20:
        give_code(actor=SYSTEM, at=at, unit=made, scheme="qd20", code=unit.qd20, since=town.since)
    if unit.agency == unit.code:
        hours = Hours(*(hour for half in HALVES for hour in half))
        set_hours(actor=SYSTEM, at=at, agency=made, since=town.since, hours=hours)


def settle_people(town: Town, hashes: dict[str, str], people: Iterable[Person]) -> None:
    """Accounts, seats with their roles, and who sits where. `hashes`: passwords of logins as kept.

    Whoever has none there gets theirs through an invitation. Vacant seats are kept for heads, not for rank and file.
    """
    at = _morning(town)
    with together(savepoints=False):
        waiting = _by_seat(people)
        for unit in town.described():
            for position, seats in unit.posts:
                sitting = waiting.get(Seat(unit.code, position), [])
                for _ in range(seats if positions()[position]["rank"] < RANK_AND_FILE else len(sitting)):
                    post = _seat(town, unit, position, at)
                    if sitting:
                        _sit(town, sitting.pop(0), post, hashes, at)


def _seat(town: Town, unit: Described, position: str, at: datetime) -> Post:
    row = positions()[position]
    return create_post(
        actor=SYSTEM, at=at, unit=town.units[unit.code], title=row["short"], rank=row["rank"], roles=row["roles"],
        since=town.since,
    )  # fmt: skip


def _sit(town: Town, person: Person, post: Post, hashes: dict[str, str], at: datetime) -> None:
    if person.login not in town.accounts:
        town.posts[person.login] = post
        town.accounts[person.login] = open_account(
            actor=SYSTEM, at=at, login=person.login, name=person.name, agency=post.unit.agency_id, email=person.email,
            password_hash=hashes.get(person.login, ""),
        )  # fmt: skip
    appoint(actor=SYSTEM, at=at, post=post, account=town.accounts[person.login], since=town.since)


def _by_seat(people: Iterable[Person]) -> dict[Seat, list[Person]]:
    found: dict[Seat, list[Person]] = {}
    for person in people:
        for seat in person.seats:
            found.setdefault(seat, []).append(person)
    return found


def open_books(town: Town, years: Iterable[int]) -> None:
    """Every agency's books of these years, opened on the first day of the year."""
    with together(savepoints=False):
        for year in years:
            at = max(_morning(town), datetime(year, 1, 1, 8, tzinfo=LOCAL))
            for unit in town.described():
                if unit.agency == unit.code:
                    for code, name, is_secret in BOOKS:
                        open_book(
                            actor=SYSTEM, at=at, agency=town.units[unit.code], code=code, name=name, year=year,
                            is_secret=is_secret,
                        )  # fmt: skip


@cache
def positions() -> dict[str, Any]:
    """Positions of the catalogue by their code."""
    rows = yaml.safe_load((CATALOGUE / "positions.yaml").read_text(encoding="utf-8"))["positions"]
    return {row["code"]: row for row in rows}


def _morning(town: Town) -> datetime:
    return datetime.combine(town.since, time(8), LOCAL)
