"""The press: fills the moulds of many stories in order of time, and lays the rows down by COPY.

Keys, numbers of the books, answers and the chains of the audit are given step by step, as the commands would have.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from heapq import heappop, heappush
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from tram.audit.models import Chain
from tram.demo.acting import FIRST_ANSWER
from tram.demo.founding import Town
from tram.demo.letters import LetterFact
from tram.demo.mould import CARD, EVENT, Foundry, Mould
from tram.demo.office import Cabinet
from tram.demo.shapes import Fitting, fit
from tram.demo.slips import secret_slip_of, slip_of, unit_of
from tram.demo.steps import Journey, SecretStub, Step, Verb
from tram.demo.trial import WORDED
from tram.documents.commands.register import number_key
from tram.organisation.models import NumberBook, RoleGrant
from tram.search.commands import terms_kept
from tram.search.sockets import CardInput

FLUSH = 2000
REMEMBERED = 200_000
"""So many letters back a duplicate may point; what is older is forgotten, so that memory does not grow with the load."""
SPECIAL = ("\\", "\t", "\n", "\r", '"', "\x00")


@dataclass(frozen=True, slots=True)
class Tale:
    """A journey and the agency through which it goes."""

    journey: Journey
    cabinet: Cabinet


@dataclass(frozen=True, slots=True)
class Specimen:
    """A real file that many letters share, kept once by its content."""

    sha256: str
    size: int
    pages: int


@dataclass(slots=True)
class Run:
    """A story on its way: what is known to fill its blanks."""

    tale: Tale
    mould: Mould
    order: list[int]
    known: dict[str, Any]
    at: datetime


class Directory:
    """Blanks that the true people and units fill, by login and code."""

    def __init__(self, town: Town) -> None:
        self.town = town
        logins = {post.pk: login for login, post in town.posts.items()}
        self.heads: dict[str, list[str]] = defaultdict(list)
        codes = {unit.pk: code for code, unit in town.units.items()}
        grants = RoleGrant.objects.filter(role="unit_head", post__in=logins)
        for unit, post in grants.order_by("unit", "post__rank", "post").values_list("unit", "post"):
            self.heads[codes[unit]].append(logins[post])
        self.people = cache(self._person)
        self.units = cache(self._unit)

    def heads_of(self, code: str) -> int:
        """How many posts are told of a division's work."""
        return len(self.heads[code])

    def _person(self, blank: str, login: str) -> dict[str, Any]:
        post, account = self.town.posts[login], self.town.accounts[login]
        return {
            f"{blank}.post": post.pk, f"{blank}.account": account.pk, f"{blank}.title": post.title,
            f"{blank}.name": account.name,
        }  # fmt: skip

    def _unit(self, blank: str, code: str) -> dict[str, Any]:
        unit = self.town.units[code]
        found = {f"{blank}.id": unit.pk, f"{blank}.name": unit.name, f"{blank}.abbr": unit.abbr}
        for place, login in enumerate(self.heads[code]):
            found |= self._person(f"{blank}.h{place}", login)
        return found


class Press:
    """Prints stories. `specimens`: by form; `keys`: table -> the keys that its new rows get."""

    def __init__(
        self, town: Town, foundry: Foundry, specimens: dict[str, list[Specimen]], keys: Mapping[str, Iterator[int]],
        chance: Random,
    ) -> None:  # fmt: skip
        self.town, self.foundry, self.specimens, self.chance = town, foundry, specimens, chance
        self.directory = Directory(town)
        self.chains = {chain.agency: (chain.seq, bytes(chain.head), chain.at) for chain in Chain.objects.all()}
        self.books = {
            (book.agency_id, book.code, book.year): [book.pk, book.next_number] for book in NumberBook.objects.all()
        }
        self.keys = keys
        foundry.open()
        self.answers: Counter[int] = Counter()
        self.sheets: dict[str, list[str]] = defaultdict(list)
        self.numbers: dict[int, tuple[int, int]] = {}
        self.agencies: set[int] = set()
        self.done = 0

    def print(self, tales: Iterable[Tale]) -> Iterator[int]:
        """Print the stories, which come in order of arrival; yields how many are whole each time some were laid down."""
        waiting: list[tuple[datetime, int, int]] = []
        runs: dict[int, Run] = {}
        for tale in tales:
            journey = tale.journey
            while waiting and waiting[0][:2] < (journey.arrived_at, journey.ordinal):
                self._next(waiting, runs)
            runs[journey.ordinal] = self._open(tale)
            heappush(waiting, (journey.steps[0].at, journey.ordinal, 0))
            if len(self.sheets[CARD]) > FLUSH:
                yield self._lay_down()
        while waiting:
            self._next(waiting, runs)
            if len(self.sheets[CARD]) > FLUSH:
                yield self._lay_down()
        yield self._lay_down()

    def _next(self, waiting: list[tuple[datetime, int, int]], runs: dict[int, Run]) -> None:
        _, ordinal, turn = heappop(waiting)
        run = runs[ordinal]
        steps = run.tale.journey.steps
        self._step(run, steps[turn], run.order[turn])
        if turn + 1 < len(steps):
            heappush(waiting, (steps[turn + 1].at, ordinal, turn + 1))
        else:
            self._end(runs.pop(ordinal))

    def _open(self, tale: Tale) -> Run:
        journey, cabinet = tale.journey, tale.cabinet
        fitting = fit(journey, cabinet, self.directory.heads_of)
        known = self._people(cabinet, journey, fitting)
        known |= self._paper(journey)
        for place, step in zip(fitting.order, journey.steps, strict=True):
            for name in WORDED:
                if name in step.args:
                    word = step.args[name]
                    known[f"w{place}"] = word.removesuffix(".") if step.args.get("reply") else word
            for name, blank in (("due_on", "due"), ("until", "until")):
                if name in step.args:
                    known |= _day(blank, step.args[name])
            if "percent" in step.args:
                known["percent"] = step.args["percent"]
        _check(known)
        return Run(tale, self.foundry.mould(fitting.shape), fitting.order, known, journey.arrived_at)

    def _people(self, cabinet: Cabinet, journey: Journey, fitting: Fitting) -> dict[str, Any]:
        directory = self.directory
        known = directory.units("a", cabinet.agency) | directory.people("clerk", cabinet.clerk)
        leader = next((step.who for step in journey.steps if step.who in cabinet.leaders), None)
        leader = leader or next((to for step in journey.steps if (to := step.args.get("to")) in cabinet.leaders), None)
        if leader:
            known |= directory.people("leader", leader)
        for turn, code in enumerate(fitting.units):
            known |= directory.units(f"u{turn}", code)
            if turn in fitting.handlers:
                known |= directory.people(f"u{turn}.w", fitting.handlers[turn])
        return known

    def _paper(self, journey: Journey) -> dict[str, Any]:
        known: dict[str, Any] = {"file": str(UUID(int=self.chance.getrandbits(128), version=4))}
        letter, pages = journey.letter, 1
        form = journey.steps[0].args.get("form", "paper")
        if form != "paper":
            specimen = specimen_of(self.specimens, form, journey.ordinal)
            known |= {"sha256": specimen.sha256, "size": specimen.size}
            pages = specimen.pages
        if isinstance(letter, SecretStub):
            slip = secret_slip_of(letter, journey.arrived_at)
        else:
            slip = slip_of(letter, journey.arrived_at, pages, self._organ(letter))
        known |= {f"s.{one.name}": getattr(slip, one.name) for one in fields(slip)}
        known["number_key"] = number_key(slip.code_number, slip.code_notation)
        for name, day in (("s.issued_date", slip.issued_date), ("s.due_date", slip.due_date)):
            known |= _day(name, day) if day else {}
        if slip.organ_unit is None:
            known["s.organ_unit"] = r"\N"
        return known

    def _organ(self, letter: LetterFact) -> int | None:
        unit = self.town.units.get(unit_of(letter.issuer_code))
        return unit.pk if unit else None

    def _step(self, run: Run, step: Step, place: int) -> None:
        known, agency = run.known, run.known["a.id"]
        day, minute = _written(step.at.date()), _clock(step.at.hour * 60 + step.at.minute)
        known[f"m{place}"], known[f"z{place}"] = f"{day[0]} {minute[0]}", f"{day[0]}T{minute[1]}"
        known[f"d{place}"], known[f"x{place}"] = day
        if step.verb is Verb.RECEIVE or step.verb is Verb.REGISTER_SECRET:
            known["t0"] = f"{run.tale.journey.arrived_at:%H:%M:%S}"
        addition = run.mould.steps[place]
        for blank, table in addition.rows:
            known[blank] = next(self.keys[table])
        self._give(run, step, agency)
        chain = self.chains.get(agency, (0, b"", None))
        for told, row in addition.events:
            seq, prev = chain[0] + 1, chain[1]
            known["seq"] = seq
            head = sha256(prev + (told % known).encode()).digest()
            known["prev"], known["hash"] = f"\\\\x{prev.hex()}", f"\\\\x{head.hex()}"
            self.sheets[EVENT].append(row % known)
            chain = seq, head, step.at
        self.chains[agency] = chain
        self.agencies.add(agency)

    def _give(self, run: Run, step: Step, agency: int) -> None:
        """What is counted: the number in the book, the number of an answering paper, the paper that came first."""
        known = run.known
        if step.verb in (Verb.REGISTER, Verb.REGISTER_SECRET):
            code = "incoming_secret" if step.verb is Verb.REGISTER_SECRET else "incoming"
            book = self.books[agency, code, step.at.year]
            known["book"], known["number"], known["year"] = book[0], book[1], step.at.year
            book[1] += 1
            ordinal = run.tale.journey.ordinal
            self.numbers[ordinal] = (known["documents_incoming.0"], known["number"])
            self.numbers.pop(ordinal - REMEMBERED, None)
        elif step.verb is Verb.SUBMIT and step.args["reply"]:
            known["answer"] = FIRST_ANSWER + self.answers[agency]
            self.answers[agency] += 1
        elif step.verb is Verb.MARK_DUPLICATE:
            known["of.id"], known["of.number"] = self.numbers[step.args["of"]]

    def _end(self, run: Run) -> None:
        known, card = run.known, run.mould.card
        if card:
            known["terms"] = _terms(card, known, run.at)
        for table, block in run.mould.blocks.items():
            self.sheets[table].append(block % known)
        self.done += 1

    def settle(self) -> None:
        """Let the counters of the books and the heads of the chains stand where the last story left them."""
        self.foundry.close()
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE organisation_numberbook SET next_number = %s WHERE id = %s",
                [(number, book) for (agency, _, _), (book, number) in self.books.items() if agency in self.agencies],
            )
            cursor.executemany(
                "INSERT INTO audit_chain (agency, seq, head, at) VALUES (%s, %s, %s, %s) ON CONFLICT (agency)"
                " DO UPDATE SET seq = excluded.seq, head = excluded.head, at = excluded.at",
                [(agency, *self.chains[agency]) for agency in sorted(self.agencies)],
            )

    def _lay_down(self) -> int:
        with connection.cursor() as cursor:
            for table, sheets in self.sheets.items():
                columns = ", ".join(f'"{column}"' for column in self.foundry.columns[table])
                with cursor.copy(f"COPY public.{table} ({columns}) FROM STDIN") as rows:
                    rows.write("".join(sheets))
        self.sheets.clear()
        return self.done


def specimen_of(specimens: dict[str, list[Specimen]], form: str, ordinal: int) -> Specimen:
    """The file that a letter shares."""
    return specimens[form][ordinal % len(specimens[form])]


def _terms(card: dict[str, str], known: dict[str, Any], at: datetime) -> str:
    filled = {name: text % known for name, text in card.items()}
    return terms_kept(
        CardInput(
            kind="documents.incoming", key=0, at=at, url="", title=filled["title"], line=filled["line"],
            body=filled["body"], number=filled["number"], other_numbers=tuple(filled["numbers"].split()),
            sender=filled["sender"], readers=tuple(filled["readers"].split()),
            due_on=at.date() if filled["due"] else None,
        )
    ).replace("\\", "\\\\")  # fmt: skip


def _check(known: dict[str, Any]) -> None:
    """Letters of the demo bear none of the signs that COPY or JSON would read otherwise."""
    text = "".join(value for value in known.values() if isinstance(value, str) and value != r"\N")
    if any(sign in text for sign in SPECIAL):
        raise ValueError(f"a sign that cannot stand in a row: {text!r}")


def _day(blank: str, day: date) -> dict[str, str]:
    iso, written = _written(day)
    return {blank: iso, f"{blank}.x": written}


@cache
def _written(day: date) -> tuple[str, str]:
    return day.isoformat(), f"{day:%d/%m/%Y}"


@cache
def _clock(minute: int) -> tuple[str, str]:
    """A local minute of the office day as a row and as the chain write it; the day is the same in UTC."""
    utc = f"{(minute - 420) // 60:02}:{minute % 60:02}:00"
    return f"{utc}+00", f"{utc}.000000Z"
