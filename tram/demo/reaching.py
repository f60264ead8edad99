"""How the demo's agencies are reached: each tells of itself and of its first leader, the Sở of the cast of everybody who leads."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

from tram.contacts.commands import Told, publish_agency, publish_person
from tram.demo.days import Works, later, on_hour
from tram.demo.founding import Town, positions
from tram.demo.people import COMMUNE, HOME, Person, Seat, holders, staff
from tram.demo.province import ROOT, Unit, province, unit
from tram.kernel.actors import Actor
from tram.organisation.queries import actor_of

DAYS_AGO, EARLY, LEADING, COMMUNES = 40, 30, 50, 20
NUMBER = "0214 0000 {:03d}"
"""No exchange in the country begins with a nought: nobody is called by mistake."""
PARTS = {
    "director": "Phụ trách chung; công tác cán bộ, tài chính.", "office-chief": "Tổng hợp, hành chính, thông tin cho báo chí.",
    "commune-chair": "Phụ trách chung; tiếp công dân.",
}  # fmt: skip


def reached(town: Town, today: date, works: Works) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is to be done, and when: all in one morning."""
    at = on_hour(later(today, -DAYS_AGO, works), EARLY)
    yield at, partial(_tell, town, at)


def _tell(town: Town, at: datetime) -> None:
    leaders = _leaders()
    agencies = [one for one in province() if one.code in leaders]
    communes = [one for one in agencies if one.kind == "commune" and one.code != COMMUNE][:COMMUNES]
    for number, one in enumerate([one for one in agencies if one.kind != "commune" or one.code == COMMUNE] + communes):
        persons = leaders[one.code] if one.code in (HOME, ROOT) else leaders[one.code][:1]
        _publish(town, at, one, persons, 100 + number)


def _leaders() -> dict[str, list[tuple[Seat, Person]]]:
    """Agency -> who leads it or a part of it, the first in protocol first."""
    found: dict[str, list[tuple[Seat, Person]]] = {}
    seats = [(seat, person) for person in staff() for seat in person.seats if _rank(seat) < LEADING]
    for seat, person in sorted(seats, key=lambda one: _rank(one[0])):
        found.setdefault(unit(seat.unit).agency, []).append((seat, person))
    return found


def _rank(seat: Seat) -> int:
    return int(positions()[seat.position]["rank"])


def _publish(town: Town, at: datetime, agency: Unit, persons: list[tuple[Seat, Person]], number: int) -> None:
    chief = holders(HOME + ".vp", "office-chief")[0] if agency.code == HOME else persons[0][1]
    actor = actor_of(town.accounts[chief.login].pk, at.date())
    told = Told(
        words=_words(agency), address=_address(agency), phone=NUMBER.format(number), hours="Ngày 15 hằng tháng, từ 8:00"
    )
    publish_agency(actor=actor, at=at, agency=town.units[agency.code], told=told)
    for place, (seat, person) in enumerate(persons):
        _list(town, actor, at, seat, person, f"{NUMBER.format(number)} máy lẻ {place + 1}")


def _list(town: Town, actor: Actor, at: datetime, seat: Seat, person: Person, phone: str) -> None:
    speaks = person is holders(HOME + ".vp", "office-chief")[0] or seat.position == "province-office-chief"
    told = Told(
        words=PARTS.get(seat.position, ""), phone=phone, email=person.email, speaks=speaks,
        hours="8:00–11:00 và 14:00–16:30 ngày làm việc" if speaks else "",
    )  # fmt: skip
    publish_person(actor=actor, at=at, post=town.posts[person.login], told=told)


def _words(agency: Unit) -> str:
    if agency.kind == "commune":
        return "Quản lý nhà nước trên địa bàn; tiếp nhận, giải quyết thủ tục hành chính; tiếp công dân."
    if agency.code == ROOT:
        return "Cơ quan hành chính nhà nước ở tỉnh; chỉ đạo các sở, ban, ngành và các xã, phường."
    matter = agency.name.removeprefix("Sở ")
    if matter != agency.name:
        return f"Giúp Ủy ban nhân dân tỉnh quản lý nhà nước về {matter.lower()}."
    return "Cơ quan thuộc Ủy ban nhân dân tỉnh; giúp Ủy ban nhân dân tỉnh trong phạm vi việc được giao."


def _address(agency: Unit) -> str:
    return (
        f"Trụ sở {agency.name.removeprefix('Ủy ban nhân dân ')}, tỉnh Lào Cai"
        if agency.kind == "commune"
        else "Khu hành chính tỉnh, phường Cam Đường, tỉnh Lào Cai"
    )
