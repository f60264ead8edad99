"""The press: fills the moulds of many stories in order of time, and lays the rows down by COPY.

Keys, numbers of the books, answers and the chains of the audit are given step by step, as the commands would have.
"""

import re
from binascii import hexlify
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from heapq import heappop, heappush
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from tram.audit.models import Chain
from tram.demo.acting import FIRST_ANSWER
from tram.demo.blanks import FOUND_BY, Mould
from tram.demo.founding import Town
from tram.demo.letters import LetterFact
from tram.demo.mould import CARD, EVENT, Foundry
from tram.demo.office import Cabinet
from tram.demo.shapes import Fitting, fit
from tram.demo.slips import secret_slip_of, slip_of, unit_of
from tram.demo.steps import Journey, SecretStub, Step, Verb
from tram.demo.trial import SLIP, WORDED
from tram.documents.commands.register import number_key
from tram.organisation.models import NumberBook, RoleGrant
from tram.search.commands import terms_kept
from tram.search.sockets import CardInput

FLUSH = 2000
REMEMBERED = 200_000
"""So many letters back a duplicate may point; what is older is forgotten, so that memory does not grow with the load."""
DAYS = {"due_on": "due", "until": "until"}
"""Days that a step names, and their blanks."""
SPECIAL = re.compile(rb'[\\\t\n\r"\x00]')
Known = dict[str, bytes]
"""What stands in the blanks of a story, as COPY and JSON write it."""


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
    agency: int
    mould: Mould
    order: list[int]
    known: Known
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

    def _person(self, blank: str, login: str) -> Known:
        post, account = self.town.posts[login], self.town.accounts[login]
        return _cells({
            f"{blank}.post": post.pk, f"{blank}.account": account.pk, f"{blank}.title": post.title,
            f"{blank}.name": account.name,
        })  # fmt: skip

    def _unit(self, blank: str, code: str) -> Known:
        unit = self.town.units[code]
        found = _cells({f"{blank}.id": unit.pk, f"{blank}.name": unit.name, f"{blank}.abbr": unit.abbr})
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
        self.sheets: dict[str, list[bytes]] = defaultdict(list)
        self.numbers: dict[int, tuple[bytes, bytes]] = {}
        self.agencies: set[int] = set()
        self.done = 0

    def print(self, tales: Iterable[Tale]) -> Iterator[int]:
        """Print the stories, which come in order of arrival; yields how many are whole each time some were laid down."""
        waiting: list[tuple[datetime, int, int]] = []
        runs: dict[int, Run] = {}
        tales = iter(tales)
        while ahead := [(tale, self.fitted(tale)) for tale in islice(tales, FLUSH)]:
            self.foundry.have(fitting.shape for _, fitting in ahead)
            for tale, fitting in ahead:
                journey = tale.journey
                while waiting and waiting[0][:2] < (journey.arrived_at, journey.ordinal):
                    self._next(waiting, runs)
                runs[journey.ordinal] = self._open(tale, fitting)
                heappush(waiting, (journey.steps[0].at, journey.ordinal, 0))
            yield self._lay_down()
        while waiting:
            self._next(waiting, runs)
            if len(self.sheets[CARD]) > FLUSH:
                yield self._lay_down()
        yield self._lay_down()

    def fitted(self, tale: Tale) -> Fitting:
        """A story laid out in its shape."""
        return fit(tale.journey, tale.cabinet, self.directory.heads_of)

    def _next(self, waiting: list[tuple[datetime, int, int]], runs: dict[int, Run]) -> None:
        _, ordinal, turn = heappop(waiting)
        run = runs[ordinal]
        steps = run.tale.journey.steps
        self._step(run, steps[turn], run.order[turn])
        if turn + 1 < len(steps):
            heappush(waiting, (steps[turn + 1].at, ordinal, turn + 1))
        else:
            self._end(runs.pop(ordinal))

    def _open(self, tale: Tale, fitting: Fitting) -> Run:
        journey, cabinet = tale.journey, tale.cabinet
        known = self._people(cabinet, journey, fitting)
        known |= self._paper(journey)
        words: dict[str, Any] = {}
        for place, step in zip(fitting.order, journey.steps, strict=True):
            for name, told in step.args.items():
                if name in WORDED:
                    words[f"w{place}"] = told.removesuffix(".") if step.args.get("reply") else told
                elif name in DAYS:
                    known |= _day(DAYS[name], told)
                elif name == "percent":
                    words[name] = told
        known |= _cells(words)
        agency = self.town.units[cabinet.agency].pk
        return Run(tale, agency, self.foundry.mould(fitting.shape), fitting.order, known, journey.arrived_at)

    def _people(self, cabinet: Cabinet, journey: Journey, fitting: Fitting) -> Known:
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

    def _paper(self, journey: Journey) -> Known:
        known: dict[str, Any] = {"file": UUID(int=self.chance.getrandbits(128), version=4)}
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
        known |= {blank: getattr(slip, name) for blank, name in SLIP.items()}
        known["number_key"] = number_key(slip.code_number, slip.code_notation)
        cells = _cells(known)
        for name, day in (("s.issued_date", slip.issued_date), ("s.due_date", slip.due_date)):
            cells |= _day(name, day) if day else {}
        if slip.organ_unit is None:
            cells["s.organ_unit"] = rb"\N"
        return cells

    def _organ(self, letter: LetterFact) -> int | None:
        unit = self.town.units.get(unit_of(letter.issuer_code))
        return unit.pk if unit else None

    def _step(self, run: Run, step: Step, place: int) -> None:
        known, agency = run.known, run.agency
        known.update(zip(_moment_blanks(place), _moment(step.at), strict=True))
        if step.verb is Verb.RECEIVE or step.verb is Verb.REGISTER_SECRET:
            known["t0"] = f"{run.at:%H:%M:%S}".encode()
        addition = run.mould.steps[place]
        for blank, table in addition.rows:
            known[blank] = b"%d" % next(self.keys[table])
        self._give(run, step)
        seq, head, _ = self.chains.get(agency, (0, b"", None))
        known["hash"] = _bytea(head)
        for told, row in addition.events:
            seq += 1
            known["seq"], known["prev"] = b"%d" % seq, known["hash"]
            head = sha256(head + told(known)).digest()
            known["hash"] = _bytea(head)
            self.sheets[EVENT].append(row(known))
        self.chains[agency] = seq, head, step.at
        self.agencies.add(agency)

    def _give(self, run: Run, step: Step) -> None:
        """What is counted: the number in the book, the number of an answering paper, the paper that came first."""
        known = run.known
        if step.verb in (Verb.REGISTER, Verb.REGISTER_SECRET):
            code = "incoming_secret" if step.verb is Verb.REGISTER_SECRET else "incoming"
            book = self.books[run.agency, code, step.at.year]
            known["book"], known["number"], known["year"] = b"%d" % book[0], b"%d" % book[1], b"%d" % step.at.year
            book[1] += 1
            ordinal = run.tale.journey.ordinal
            self.numbers[ordinal] = (known["documents_incoming.0"], known["number"])
            self.numbers.pop(ordinal - REMEMBERED, None)
        elif step.verb is Verb.SUBMIT and step.args["reply"]:
            known["answer"] = b"%d" % (FIRST_ANSWER + self.answers[run.agency])
            self.answers[run.agency] += 1
        elif step.verb is Verb.MARK_DUPLICATE:
            known["of.id"], known["of.number"] = self.numbers[step.args["of"]]

    def _end(self, run: Run) -> None:
        known, card = run.known, run.mould.card
        if card:
            known["terms"] = _terms(card(known), run.at)
        for table, block in run.mould.blocks.items():
            self.sheets[table].append(block(known))
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
                    rows.write(b"".join(sheets))
        self.sheets.clear()
        return self.done


def specimen_of(specimens: dict[str, list[Specimen]], form: str, ordinal: int) -> Specimen:
    """The file that a letter shares."""
    return specimens[form][ordinal % len(specimens[form])]


def _terms(card: bytes, at: datetime) -> bytes:
    filled = dict(zip(FOUND_BY, card.decode().split("\0"), strict=True))
    terms = terms_kept(
        CardInput(
            kind="documents.incoming", key=0, at=at, url="", title=filled["title"], line=filled["line"],
            body=filled["body"], number=filled["number"], other_numbers=tuple(filled["numbers"].split()),
            sender=filled["sender"], readers=tuple(filled["readers"].split()),
            due_on=at.date() if filled["due"] else None,
        )
    )  # fmt: skip
    return terms.replace("\\", "\\\\").encode()


def _cells(values: Mapping[str, Any]) -> Known:
    """Values as they stand in rows. ValueError for a sign that COPY or JSON would read otherwise: no letter bears one."""
    cells = {blank: str(value).encode() for blank, value in values.items()}
    if SPECIAL.search(text := b" ".join(cells.values())):
        raise ValueError(f"a sign that cannot stand in a row: {text.decode()!r}")
    return cells


@cache
def _day(blank: str, day: date) -> Known:
    iso, written = _written(day)
    return {blank: iso, f"{blank}.x": written}


@cache
def _moment_blanks(place: int) -> tuple[str, ...]:
    """Blanks for the moment of a step: as a row and as the chain write it, its day, its day as people write it."""
    return tuple(f"{kind}{place}" for kind in "mzdx")


def _moment(at: datetime) -> tuple[bytes, ...]:
    """What stands in the blanks of a local moment, whose day is the same in UTC."""
    (iso, written), (row, chain) = _written(at.date()), _clock(at.hour * 60 + at.minute)
    return b"%b %b" % (iso, row), b"%bT%b" % (iso, chain), iso, written


@cache
def _written(day: date) -> tuple[bytes, bytes]:
    return day.isoformat().encode(), f"{day:%d/%m/%Y}".encode()


@cache
def _clock(minute: int) -> tuple[bytes, bytes]:
    """A local minute of the office day as a row and as the chain write it."""
    utc = f"{(minute - 420) // 60:02}:{minute % 60:02}:00"
    return f"{utc}+00".encode(), f"{utc}.000000Z".encode()


def _bytea(value: bytes) -> bytes:
    """Bytes as COPY writes them."""
    return rb"\\x" + hexlify(value)
