"""An agency as a letter finds it: which division leads a matter, who heads it, who handles, who directs."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import yaml

from tram.demo.founding import positions
from tram.demo.people import CAST, HOME, Person, staff
from tram.demo.province import province, unit
from tram.kernel.actors import LEADERS

HEADS = ("division-head", "office-chief", "centre-director")
HANDLERS = {"specialist", "principal-specialist", "statistician", "web-editor", "desk-officer"}
CLERKS = {"clerk", "commune-clerk"}
BRANCHES = (
    ("post", "telecom", "radio", "standards"),
    ("digital", "portal", "security", "systems"),
    ("science", "innovation"),
)


@dataclass(frozen=True, slots=True)
class Cabinet:
    """Who does what with a letter in one agency: `heads` and `handlers` by the code of their division.

    `leaders`: the head of the agency first, then the deputies. `fields`: matter -> the division that leads it.
    """

    agency: str
    clerk: str
    leaders: tuple[str, ...]
    heads: dict[str, str]
    handlers: dict[str, tuple[str, ...]]
    fields: dict[str, str]

    @property
    def divisions(self) -> tuple[str, ...]:
        """Codes of the parts that lead some matter."""
        return tuple(self.heads)

    def division(self, field: str) -> str:
        """Who leads a matter: as the catalogue says, else always the same one."""
        return self.fields.get(field) or self.divisions[crc32(field.encode()) % len(self.heads)]

    def leader_for(self, field: str, chance: Random) -> str:
        """The head of the agency directs the greater part, else the deputy in charge of the branch."""
        first, *deputies = self.leaders
        branch = next((turn for turn, fields in enumerate(BRANCHES) if field in fields), None)
        return first if branch is None or chance.random() < 0.55 else deputies[branch % len(deputies)]


@cache
def home() -> Cabinet:
    """The home agency of the small demo."""
    return cabinet(HOME, staff())


def cabinet(agency: str, people: Iterable[Person]) -> Cabinet:
    """An agency with its people. Parts without a head or without anybody who handles work lead nothing.

    Where the catalogue gives matters to some parts, those alone lead. Raises StopIteration without a clerk.
    """
    sitting: dict[str, list[tuple[str, Person]]] = {}
    for person in people:
        for seat in person.seats:
            sitting.setdefault(seat.unit, []).append((seat.position, person))
    parts = [part for part in province() if part.parent == agency and part.agency == agency]
    heads = {part.code: _first(HEADS, sitting.get(part.code, [])) for part in parts}
    handlers = {part.code: _handlers(sitting.get(part.code, [])) for part in parts}
    chosen = [part for part in parts if part.fields] or parts
    leading = [part.code for part in chosen if heads[part.code] and handlers[part.code]]
    return Cabinet(
        agency=agency,
        clerk=next(one.login for part in parts for position, one in sitting.get(part.code, []) if position in CLERKS),
        leaders=tuple(
            one.login
            for position, _ in unit(agency).posts
            for seat, one in sitting.get(agency, [])
            if seat == position and LEADERS & set(positions()[position]["roles"])
        ),
        heads={code: heads[code] for code in leading},
        handlers={code: handlers[code] for code in leading},
        fields={field: part.code for part in chosen for field in part.fields},
    )


def _first(wanted: Iterable[str], sitting: list[tuple[str, Person]]) -> str:
    return next((one.login for position in wanted for seat, one in sitting if seat == position), "")


def _handlers(sitting: list[tuple[str, Person]]) -> tuple[str, ...]:
    """Who may be given work; a person of the cast twice, so that their inbox is worth opening."""
    found = [one for position, one in sitting if position in HANDLERS]
    return tuple(one.login for one in [*found, *(one for one in found if one in CAST)])


@cache
def phrases() -> dict[str, Any]:
    """What people write on slips and in reports, by occasion."""
    words: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8"))
    return words
