"""Who writes to the home agency: ministries, the province, its departments, communes and wards, enterprises."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import yaml

from tram.demo.names import invent
from tram.demo.people import HOME, SEED, Seat, staff
from tram.demo.province import Unit, communes, province
from tram.vietnamese.calendar import CATALOGUE

PROVINCE_UNITS = ("VX", "TH", "KT", "NC")
COLLECTIVE = "TM. ỦY BAN NHÂN DÂN"


@dataclass(frozen=True, slots=True)
class Signer:
    titles: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """`pace`: outgoing papers a working day. `head`: the name's lines on the page. `area`: "xã Y Tý" for a commune."""

    code: str
    group: str
    sign: str
    name: str
    head: tuple[str, ...]
    parent: str
    place: str
    units: tuple[str, ...]
    pace: float
    signers: tuple[Signer, ...]
    area: str = ""
    authority: str = ""


@cache
def issuers() -> dict[str, Issuer]:
    """Every issuer by its code."""
    found = [*_outside(), _committee(), *map(_department, _units("department")), *_communes()]
    return {issuer.code: issuer for issuer in found}


def _outside() -> list[Issuer]:
    rows = yaml.safe_load((Path(__file__).parent / "issuers.yaml").read_text(encoding="utf-8"))
    return [
        Issuer(
            code=row.get("code", row["sign"]),
            group="outside",
            sign=row["sign"],
            name=row["name"],
            head=(row["name"],),
            parent=row.get("parent", ""),
            place=row["place"],
            units=tuple(row["units"]),
            pace=row["pace"],
            signers=(Signer(tuple(row["titles"]), _stranger(row.get("code", row["sign"]))),),
        )
        for row in rows
    ]


def _committee() -> Issuer:
    [unit] = _units("committee")
    vice = [_holder(unit, code) for code in ("province-vice-chair", "province-standing-vice-chair")]
    deputies = [Signer((COLLECTIVE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), name) for name in vice]
    chair = Signer((COLLECTIVE, "CHỦ TỊCH"), _holder(unit, "province-chair"))
    return Issuer(
        unit.code, "province", unit.abbreviation, unit.name, ("Ủy ban nhân dân", "tỉnh Lào Cai"), "", unit.place,
        PROVINCE_UNITS, 26, (*deputies, chair), authority="Chủ tịch Ủy ban nhân dân tỉnh Lào Cai",
    )  # fmt: skip


def _department(unit: Unit) -> Issuer:
    titles = _titles()
    (head, _), (deputy, _), *_ = unit.posts
    first = Signer((titles[head].upper(),), _holder(unit, head))
    second = Signer((f"KT. {titles[head].upper()}", titles[deputy].upper()), _holder(unit, deputy))
    signs = [part.abbreviation for part in province() if part.parent == unit.code and part.kind != "centre"]
    office = unit.code == "vpubnd"
    return Issuer(
        unit.code if office else unit.abbreviation, "department", unit.abbreviation, unit.name, ("Văn phòng",) if office else (unit.name,),
        "UBND tỉnh Lào Cai", unit.place, PROVINCE_UNITS if office else tuple(signs), 8, (first, second),
        authority=f"{titles[head]} {unit.name}" if unit.name != "Thanh tra tỉnh" else "Chánh Thanh tra tỉnh",
    )  # fmt: skip


def _communes() -> list[Issuer]:
    areas = {commune.code: commune for commune in communes()}
    return [
        Issuer(
            unit.code, "commune", unit.abbreviation, unit.name, ("Ủy ban nhân dân", areas[unit.area or ""].full), "",
            unit.place, ("VP", "KT", "VHXH"), 2,
            (Signer((COLLECTIVE, "CHỦ TỊCH"), _holder(unit, "commune-chair")),
             Signer((COLLECTIVE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), _holder(unit, "commune-vice-chair"))),
            area=areas[unit.area or ""].full,
        )
        for unit in _units("commune")
    ]  # fmt: skip


def _units(kind: str) -> list[Unit]:
    return [unit for unit in province() if unit.kind == kind and unit.code != HOME]


@cache
def _titles() -> dict[str, str]:
    rows = yaml.safe_load((CATALOGUE / "positions.yaml").read_text(encoding="utf-8"))["positions"]
    return {row["code"]: row["short"] for row in rows}


@cache
def _holders() -> dict[Seat, str]:
    return {seat: person.name for person in reversed(staff()) for seat in person.seats}


def _holder(unit: Unit, position: str) -> str:
    """Who holds the seat; where the demo leaves it vacant, somebody without an account signs."""
    return _holders().get(Seat(unit.code, position)) or _stranger(f"{unit.code} {position}")


def _stranger(code: str) -> str:
    chance = Random(f"{SEED} {code}")
    return invent(chance, chance.choice(["nam", "nữ"]))
