"""Rules of work and of people: hand, claim, do, return, confirm, more time, transfer; seats, lent roles, units, days."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.cast import FOUNDED
from tests.faults.machine import UNITS, House
from tests.faults.model import working_day
from tests.faults.model_things import Letter, Task
from tests.faults.rules_letters import PLACE
from tests.faults.workload import mark
from tram.kernel.actors import Actor
from tram.organisation.commands.units import abolish_unit, move_unit
from tram.organisation.models import Appointment

WORKERS = st.sampled_from(("dung", "lan", "phuc", "nga", "tam", "son"))
Act = Callable[[str, Letter, Task], object]


def any_work(self: Any) -> bool:
    return any(task.kind != "direct" for letter in self.letters.values() for task in letter.tasks)


class Work(House):
    """What becomes of a piece of work. Half of the time whoever has it is asked, else anybody."""

    def work(self, place: int, by: str) -> tuple[str, Letter, Task]:
        found = [(letter, task) for letter in self.letters.values() for task in letter.tasks if task.kind != "direct"]
        letter, task = self.pick(sorted(found, key=lambda pair: not pair[1].is_open), place)
        if place % 2 == 0 and task.is_open:
            by = task.post or next(
                seat.login for seat in self.office.seats.values() if self.office.holds(seat.login, task)
            )
        return by, letter, task

    def step(self, place: int, by: str, address: str, told: dict[str, Any], act: Act) -> None:
        login, letter, task = self.work(place, by)
        self.do(login, f"/api/tasks/{self.key_of(task)}/{address}", told, lambda: act(login, letter, task))

    @precondition(any_work)
    @rule(place=PLACE, by=WORKERS, to=st.sampled_from(("lan", "nga", "dung", "tam")), soon=st.integers(0, 12))
    def hand(self, place: int, by: str, to: str, soon: int) -> None:
        day = working_day(self.office.day, soon) if soon else None
        told = {"to": self.post(to), "word": mark(), "due_on": day and day.isoformat()}
        _, letter, task = self.work(place, by)
        head = {"telecoms": "dung", "it": "phuc", "office": "tam"}.get(task.unit, by)
        login = head if place % 3 else by
        act = lambda: self.office.hand(login, letter, task, to, day)  # noqa: E731
        self.do(login, f"/api/tasks/{self.key_of(task)}/hand", told, act)

    @precondition(any_work)
    @rule(place=PLACE, by=WORKERS)
    def claim(self, place: int, by: str) -> None:
        self.step(place, by, "claim", {}, self.office.claim)

    @precondition(any_work)
    @rule(place=PLACE, by=WORKERS)
    def accept(self, place: int, by: str) -> None:
        self.step(place, by, "accept", {}, self.office.accept)

    @precondition(any_work)
    @rule(place=PLACE, by=WORKERS, percent=st.integers(0, 100))
    def report(self, place: int, by: str, percent: int) -> None:
        self.step(place, by, "report-progress", {"percent": percent, "text": mark()}, self.office.report)

    @precondition(any_work)
    @rule(place=PLACE, by=WORKERS)
    def submit(self, place: int, by: str) -> None:
        self.step(place, by, "submit", {"result": mark()}, self.office.submit)

    @precondition(any_work)
    @rule(place=PLACE, by=st.sampled_from(("son", "hung", "dung", "phuc", "lan")))
    def confirm(self, place: int, by: str) -> None:
        _, letter, task = self.work(place, by)
        path = f"/api/tasks/{self.key_of(task)}/confirm"
        self.do(by, path, {}, lambda: self.office.confirm(by, letter, task))

    @precondition(any_work)
    @rule(place=PLACE, by=WORKERS)
    def give_back(self, place: int, by: str) -> None:
        self.step(place, by, "give-back", {"reason": "Không thuộc phần việc của phòng"}, self.office.give_back)

    @precondition(any_work)
    @rule(place=PLACE, by=WORKERS, to=st.sampled_from(UNITS))
    def transfer(self, place: int, by: str, to: str) -> None:
        told = {"to": self.unit(to), "word": "Thuộc phần việc của phòng kia"}
        self.step(place, by, "transfer", told, lambda who, letter, task: self.office.transfer(who, letter, task, to))

    @precondition(any_work)
    @rule(place=PLACE, by=WORKERS, later=st.integers(0, 20))
    def extend(self, place: int, by: str, later: int) -> None:
        day = working_day(self.office.day, later)
        told = {"wanted_on": day.isoformat(), "reason": "Chờ số liệu"}
        self.step(place, by, "ask-extension", told, lambda who, letter, task: self.office.wish(who, letter, task, day))

    @precondition(lambda self: any(task.wished for letter in self.letters.values() for task in letter.tasks))
    @rule(place=PLACE, by=st.sampled_from(("son", "son", "hung", "dung", "lan")))
    def grant(self, place: int, by: str) -> None:
        found = [(letter, task) for letter in self.letters.values() for task in letter.tasks if task.wished]
        letter, task = self.pick(found, place)
        path = f"/api/tasks/{self.key_of(task.wished)}/answer-extension"
        self.do(by, path, {"granted": True}, lambda: self.office.grant(by, letter, task))


class People(House):
    """Seats, lent roles, units and days."""

    @rule(days=st.integers(1, 3))
    def next_day(self, days: int) -> None:
        if self.office.day < date(2027, 1, 15):
            self.office.day += timedelta(days=days)
            self.theatre.turn_to(self.office.day)

    @precondition(lambda self: len(self.office.lent) < 2)
    @rule(days=st.integers(0, 4))
    def lend(self, days: int) -> None:
        """The director lends the office chief a director's power, in writing and for some days."""
        since, until = self.office.day, self.office.day + timedelta(days=days)
        told = {
            "role": f"director.{self.unit('skhcn')}", "taker": self.post("tam"), "since": f"{since:%d/%m/%Y}",
            "until": f"{until:%d/%m/%Y}", "document": "12/GUQ-SKHCN",
        }  # fmt: skip
        assert self.theatre.fill("son", "/to-chuc/uy-quyen", told) == 302
        self.office.lent.append(("tam", "director", since, until))

    @precondition(lambda self: any(self.office.seats[login].until is None for login in ("lan", "nga")))
    @rule(login=st.sampled_from(("lan", "nga")))
    def leave(self, login: str) -> None:
        """A person's last day in a seat is today; the seat and its work stay."""
        seat = self.office.seats[login]
        if seat.until is None:
            seat.until = self.office.day
            held = Appointment.objects.get(post=self.post(login), until=None)
            told = {"until": f"{self.office.day:%d/%m/%Y}"}
            assert self.theatre.fill("quan", f"/to-chuc/phan-cong/{held.pk}/ket-thuc", told) == 302

    @precondition(lambda self: not self.office.abolished and len(self.letters) > 1)
    @rule()
    def abolish(self) -> None:
        """The IT division ends with today; its screen rehearses first, so the system's own hand does it here."""
        units = self.theatre.cast.units
        abolish_unit(
            actor=Actor.system(), at=self.theatre.now(), unit=units["it"], on=self.office.day, decision="12/QĐ",
            successors=[units["telecoms"]], reason="Sắp xếp lại",
        )  # fmt: skip
        self.office.abolish("it")

    @rule()
    def move(self) -> None:
        """The office goes below the telecoms division, and back another day; rights and work go with it."""
        units, moved = self.theatre.cast.units, getattr(self, "moved", [FOUNDED])
        if moved[-1] < self.office.day:
            below = "telecoms" if len(moved) % 2 else "skhcn"
            move_unit(
                actor=Actor.system(), at=self.theatre.now(), unit=units["office"], parent=units[below],
                since=self.office.day, decision="13/QĐ", reason="Sắp xếp lại",
            )  # fmt: skip
            self.moved = [*moved, self.office.day]
