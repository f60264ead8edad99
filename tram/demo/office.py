"""The home agency as a letter finds it: which division leads a matter, who heads it, who handles, who directs."""

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tram.demo.people import CAST, HOME, Seat, holders, staff
from tram.demo.province import province, unit

HEADS = ("division-head", "office-chief", "centre-director")
HANDLERS = {"specialist", "principal-specialist", "statistician", "web-editor"}
BRANCHES = (
    ("post", "telecom", "radio", "standards"),
    ("digital", "portal", "security", "systems"),
    ("science", "innovation"),
)


@cache
def divisions() -> tuple[str, ...]:
    """Codes of the parts of the home agency that lead some matter."""
    return tuple(part.code for part in province() if part.parent == HOME and part.fields)


def division(field: str) -> str:
    return next(code for code in divisions() if field in unit(code).fields)


@cache
def head_of(code: str) -> str:
    return next(person.login for position in HEADS for person in holders(code, position))


@cache
def handlers(code: str) -> tuple[str, ...]:
    """Who may be given work there; a person of the cast twice, so that their inbox is worth opening."""
    seats = {Seat(code, position) for position, _ in unit(code).posts if position in HANDLERS}
    found = [person for person in staff() if seats & set(person.seats)]
    return tuple(person.login for person in [*found, *(person for person in found if person in CAST)])


def leader_for(field: str, chance: Random) -> str:
    """The director directs the greater part, else the deputy in charge of the branch."""
    director, deputies = holders(HOME, "director")[0], holders(HOME, "deputy-director")
    branch = next((turn for turn, fields in enumerate(BRANCHES) if field in fields), None)
    return director.login if branch is None or chance.random() < 0.55 else deputies[branch].login


@cache
def phrases() -> dict[str, Any]:
    """What people write on slips and in reports, by occasion."""
    words: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8"))
    return words
