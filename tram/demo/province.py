"""The demo province as its catalogue describes it: agencies, divisions, communes and the posts in them."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml

from tram.vietnamese.calendar import CATALOGUE

ROOT = "ubnd"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that an agency, or one merged into it, bore until `valid_to`."""

    name: str
    abbreviation: str
    valid_to: date


@dataclass(frozen=True, slots=True)
class Unit:
    """An agency (its code has no dot) or a part of one; `posts` pairs a position's code with its number of seats.

    `kind`: committee, department or commune for an agency; office, division or centre for a part.
    `area`: the code of the commune in catalogue/areas. `fields`: the matters that a division leads.
    """

    code: str
    kind: str
    name: str
    short: str
    abbreviation: str
    parent: str | None
    place: str
    valid_from: date
    posts: tuple[tuple[str, int], ...]
    area: str | None = None
    qd20: str | None = None
    fields: tuple[str, ...] = ()
    formerly: tuple[FormerName, ...] = ()

    @property
    def agency(self) -> str:
        return self.code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Commune:
    code: str
    kind: str
    name: str

    @property
    def full(self) -> str:
        return f"{self.kind} {self.name}"


@cache
def described() -> Any:
    return yaml.safe_load((CATALOGUE / "provinces" / "lao-cai" / "agencies.yaml").read_text(encoding="utf-8"))


@cache
def communes() -> tuple[Commune, ...]:
    """The communes and wards of the province, in order of code."""
    area = described()["area"]
    with (CATALOGUE / "areas" / "communes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["province"] == area]
    return tuple(Commune(row["code"], row["kind"], row["name"]) for row in rows)


@cache
def province() -> tuple[Unit, ...]:
    """Every unit of the province, a parent always before its parts."""
    return (*_agencies(), *_commune_agencies())


@cache
def unit(code: str) -> Unit:
    """The unit with this code. Raises StopIteration for a code that the catalogue lacks."""
    return next(unit for unit in province() if unit.code == code)


def _agencies() -> Iterator[Unit]:
    for row in described()["agencies"]:
        kind = row.get("kind", "department")
        parent = None if kind == "committee" else ROOT
        agency = _unit(row, code=row["code"], kind=kind, parent=parent, place=described()["place"])
        yield agency
        yield from _parts(agency, row.get("divisions", ()))


def _commune_agencies() -> Iterator[Unit]:
    pattern = described()["communes"]
    for commune in communes():
        words = {"kind": commune.kind, "name": commune.name}
        row = pattern | {"name": pattern["name"].format(**words), "short": pattern["short"].format(**words)}
        code = f"{ROOT}-{commune.code}"
        agency = _unit(row, code=code, kind="commune", parent=ROOT, place=commune.name, area=commune.code)
        yield agency
        ward = commune.kind == "phường"
        parts = [part | {"name": part.get("name_in_wards", part["name"]) if ward else part["name"]}
                 for part in pattern["divisions"]]  # fmt: skip
        yield from _parts(agency, parts)


def _parts(agency: Unit, rows: Iterable[dict[str, Any]]) -> Iterator[Unit]:
    for row in rows:
        code = f"{agency.code}.{row['code']}"
        yield _unit(row, code=code, kind=row.get("kind", "division"), parent=agency.code, place=agency.place)


def _unit(
    row: dict[str, Any], *, code: str, kind: str, parent: str | None, place: str, area: str | None = None
) -> Unit:
    usual = described()["usual_posts"]
    return Unit(
        code=code,
        kind=kind,
        name=row["name"],
        short=row.get("short", row["name"]),
        abbreviation=row["abbreviation"],
        parent=parent,
        place=place,
        valid_from=described()["valid_from"],
        posts=tuple((row.get("posts") or usual[kind]).items()),
        area=area,
        qd20=row.get("qd20"),
        fields=tuple(row.get("fields", ())),
        formerly=tuple(FormerName(**name) for name in row.get("formerly", ())),
    )
