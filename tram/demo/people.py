"""Who works in the demo province: the cast, known by name in every story, and some two hundred colleagues."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from tram.demo.names import invent_new
from tram.demo.province import Unit, province
from tram.vietnamese.text import fold

SEED = 2026
HOME = "skhcn"
COMMUNE = "ubnd-02701"
LEADING = ("chair", "director", "head", "chief", "inspector")


@dataclass(frozen=True, slots=True)
class Seat:
    """One appointment: a position (catalogue/positions.yaml) in a unit."""

    unit: str
    position: str


@dataclass(frozen=True, slots=True)
class Person:
    login: str
    name: str
    gender: str
    born_on: date
    seats: tuple[Seat, ...]

    @property
    def email(self) -> str:
        return f"{self.login}@tram.example"


CAST = (
    Person("hoa", "Lương Thị Hoa", "nữ", date(1988, 4, 12), (Seat("skhcn.vp", "clerk"),)),
    Person("son", "Đinh Quang Sơn", "nam", date(1972, 9, 3), (Seat("skhcn", "director"),)),
    Person("dung", "Cao Thị Dung", "nữ", date(1977, 1, 25), (Seat("skhcn", "deputy-director"),)),
    Person("minh", "Lò Đức Minh", "nam", date(1980, 6, 17), (Seat("skhcn.vp", "office-chief"),)),
    Person("thang", "Nông Văn Thắng", "nam", date(1981, 11, 8), (Seat("skhcn.bcvt", "division-head"),)),
    Person("lan", "Vũ Ngọc Lan", "nữ", date(1994, 7, 30), (Seat("skhcn.bcvt", "specialist"),)),
    Person("thuy", "Ngô Diệu Thúy", "nữ", date(1990, 2, 14), (Seat("skhcn.vp", "agency-admin"),)),
    Person("khanh", "Trịnh Quốc Khánh", "nam", date(1985, 12, 2), (Seat("skhcn.ttcds", "province-admin"),)),
    Person("binh", "Lý Văn Bình", "nam", date(1979, 5, 19), (Seat(COMMUNE, "commune-chair"),)),
    Person("tuan", "Tạ Minh Tuấn", "nam", date(1991, 10, 6), (Seat("stc.vp", "clerk"),)),
)


@cache
def staff() -> tuple[Person, ...]:
    """Everybody with an account, the cast first. The same on every machine."""
    chance = Random(SEED)
    names = {person.name for person in CAST}
    logins = {person.login for person in CAST}
    return (*CAST, *(_somebody(chance, seat, names, logins) for seat in _free_seats()))


@cache
def crowd() -> tuple[Person, ...]:
    """The staff, and somebody in every seat that they leave vacant: a province at its full strength."""
    chance, filled = Random(SEED + 1), Counter(seat for person in staff() for seat in person.seats)
    names, logins = {person.name for person in staff()}, {person.login for person in staff()}
    vacant = [
        Seat(unit.code, position)
        for unit in province()
        for position, seats in unit.posts
        for _ in range(seats - filled[Seat(unit.code, position)])
    ]
    return (*staff(), *(_somebody(chance, seat, names, logins) for seat in vacant))


def _somebody(chance: Random, seat: Seat, names: set[str], logins: set[str]) -> Person:
    gender = chance.choice(["nam", "nữ"])
    name = invent_new(chance, gender, names)
    first, last = (1967, 1986) if seat.position.endswith(LEADING) else (1979, 2001)
    born_on = date(chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28))
    return Person(_login(name, logins), name, gender, born_on, (seat,))


@cache
def holders(unit: str, position: str) -> tuple[Person, ...]:
    """The people in these seats, the cast first."""
    return tuple(person for person in staff() if Seat(unit, position) in person.seats)


def _free_seats() -> Iterator[Seat]:
    taken = [seat for person in CAST for seat in person.seats]
    for seat in _filled_seats():
        if seat in taken:
            taken.remove(seat)
        else:
            yield seat


def _filled_seats() -> Iterator[Seat]:
    """Full at home and in one commune, the necessary elsewhere; two communes of three keep their posts vacant."""
    chosen = {unit.code for unit in _agencies("commune") if unit.short.startswith("UBND phường")}
    chosen |= {unit.code for unit in _agencies("commune")[::4]}
    for unit in province():
        for position, seats in unit.posts:
            yield from [Seat(unit.code, position)] * _filled(unit, position, seats, unit.agency in chosen)


def _filled(unit: Unit, position: str, seats: int, chosen: bool) -> int:
    if unit.agency in {HOME, COMMUNE, "ubnd"}:
        return seats
    if unit.agency.startswith("ubnd-"):
        return int(chosen and position in {"commune-chair", "commune-clerk"})
    if unit.agency == "vpubnd":
        return int(position not in {"specialist", "deputy-division-head", "archivist"})
    return int("." not in unit.code or position in {"office-chief", "clerk"} or _first_division(unit, position))


def _first_division(unit: Unit, position: str) -> bool:
    first = next(other for other in province() if other.parent == unit.parent and other.kind == "division")
    return unit is first and position in {"division-head", "specialist"}


def _agencies(kind: str) -> list[Unit]:
    return [unit for unit in province() if unit.kind == kind]


def _login(name: str, taken: set[str]) -> str:
    """Given name, then the initials of the rest: Nguyễn Văn Hưng -> hungnv, the next one hungnv2."""
    *rest, given = fold(name).split()
    short = given + "".join(part[0] for part in rest)
    login, turn = short, 1
    while login in taken:
        turn += 1
        login = f"{short}{turn}"
    taken.add(login)
    return login
