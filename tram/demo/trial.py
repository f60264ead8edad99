"""The trial: an agency of marked people and papers, in which one story of a shape is lived through the commands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import repeat
from typing import Any

from django.db import connection

from tram.audit.commands import together
from tram.demo.acting import FIRST_ANSWER, Office
from tram.demo.founding import BOOKS, SYSTEM, Town
from tram.demo.letters import LetterFact
from tram.demo.shapes import Move, Shape
from tram.demo.slips import SECRECY
from tram.demo.steps import Journey, Path, SecretStub, Step, Verb
from tram.documents.commands.register import Slip
from tram.documents.models import Incoming
from tram.identity.commands.accounts import open_account
from tram.kernel.clock import LOCAL
from tram.organisation.commands.books import open_book
from tram.organisation.commands.posts import appoint, create_post
from tram.organisation.commands.units import create_unit
from tram.organisation.models import Unit

YEAR = 2031
MORNING = datetime(YEAR, 1, 1, 8, tzinfo=LOCAL)
SEQ, FIRST_NUMBER, ANSWER = 9_990_001, 7_100_001, 610_001
URGENCY, PAGES, PERCENT = 31_007, 31_009, 83
ISSUED_ON, LETTER_DUE, DUE, UNTIL = date(YEAR, 1, 3), date(2032, 3, 5), date(2032, 2, 7), date(2032, 4, 9)
WORDS = {
    f"{YEAR}": "year", f"{URGENCY}": "s.urgency", f"{PAGES}": "s.page_amount", f"{PERCENT}": "percent",
    f"{ANSWER}": "answer", f"{SEQ}": "seq", "qzprev": "prev", "qzhash": "hash", "qzterms": "terms",
    "qzs1z": "s.organ_name", "qzn": "s.code_number", "qzno": "s.code_notation",
    "qznqzno": "number_key", "qzs2z": "s.keeping_place", "qzs3z": "s.type_name", "qzs4z": "s.subject",
    "qzs5z": "s.signer_position", "qzs6z": "s.signer_full_name",
}  # fmt: skip

SLIP = {blank: blank.removeprefix("s.") for blank in (*WORDS.values(), "s.organ_unit") if blank.startswith("s.")}
"""Blanks that fields of the slip fill as they are."""


class Ground:
    """The agency of the trial: a leader, a clerk, divisions as shapes ask for them. `marks`: what stands for what."""

    def __init__(self, contents: bytes) -> None:
        self.contents = contents
        self.town = Town(since=MORNING.date())
        self.marks = WORDS | {sha256(contents).hexdigest(): "sha256", f"{len(contents)}": "size"}
        for name, day in (("s.issued_date", ISSUED_ON), ("s.due_date", LETTER_DUE), ("due", DUE), ("until", UNTIL)):
            self.marks |= {f"{day:%Y-%m-%d}": name, f"{day:%d/%m/%Y}": f"{name}.x"}
        home = self._unit("a", "a", None)
        self._unit("organ", "s.organ_unit", None)
        self._person("leader", "leader", home, ["director"], 20)
        self._person("clerk", "clerk", self._unit("office", "office", home), ["clerk"], 66)
        for code, name, is_secret in BOOKS:
            book = open_book(
                actor=SYSTEM, at=MORNING, agency=home, code=code, name=name, year=YEAR, is_secret=is_secret
            )
            self.marks[f"{book.pk}"] = "book"
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE pg_temp.organisation_numberbook SET next_number = {FIRST_NUMBER}")

    def prepare(self, shape: Shape) -> None:
        """Have the divisions that a shape names, each with so many heads and one who works there."""
        for turn, heads in enumerate(shape.heads):
            code = division(turn, heads)
            if code not in self.town.units:
                unit = self._unit(code, f"u{turn}", self.town.units["a"])
                for place in range(heads):
                    self._person(f"{code}.h{place}", f"u{turn}.h{place}", unit, ["unit_head"], 40 + place)
                self._person(f"{code}.w", f"u{turn}.w", unit, ["specialist"], 60)

    def _unit(self, code: str, blank: str, parent: Unit | None) -> Unit:
        turn = len(self.town.units)
        unit = self.town.units[code] = create_unit(
            actor=SYSTEM, at=MORNING, kind="division" if parent else "department", name=f"qzu{turn}z",
            abbr=f"QZ{turn}Z", since=self.town.since, parent=parent, is_agency=parent is None, order=turn,
        )  # fmt: skip
        id_of = blank if parent is None and code != "a" else f"{blank}.id"
        self.marks |= {f"{unit.pk}": id_of, f"qzu{turn}z": f"{blank}.name", f"QZ{turn}Z": f"{blank}.abbr"}
        return unit

    def _person(self, login: str, blank: str, unit: Unit, roles: list[str], rank: int) -> None:
        turn = len(self.town.accounts)
        post = create_post(
            actor=SYSTEM, at=MORNING, unit=unit, title=f"qzt{turn}z", rank=rank, roles=roles, since=self.town.since
        )
        account = open_account(actor=SYSTEM, at=MORNING, login=f"qz{turn}", name=f"qzp{turn}z", agency=unit.agency_id)
        appoint(actor=SYSTEM, at=MORNING, post=post, account=account, since=self.town.since)
        self.town.posts[login], self.town.accounts[login] = post, account
        self.marks |= {
            f"{post.pk}": f"{blank}.post", f"{account.pk}": f"{blank}.account",
            f"qzt{turn}z": f"{blank}.title", f"qzp{turn}z": f"{blank}.name",
        }  # fmt: skip


def division(turn: int, heads: int) -> str:
    """The code of the division that is named in this turn and has so many heads."""
    return f"u{turn}x{heads}"


class TrialOffice(Office):
    """Its clerk writes marks."""

    def is_read_by_machine(self, journey: Journey, form: str) -> bool:
        """Nothing is: what a machine reads of a page is not told by its shape."""
        return False

    def slip(self, journey: Journey, pages: int | None) -> Slip:
        """The same slip for every story, but for the twin of a duplicate."""
        letter = journey.letter
        common = Slip(
            organ_name="qzs1z", code_number="qzn" if journey.ordinal else "qztwin", code_notation="qzno",
            issued_date=ISSUED_ON, arrival_date=journey.arrived_at.date(), arrival_time=journey.arrived_at.time(),
        )  # fmt: skip
        if isinstance(letter, SecretStub):
            return replace(common, secrecy=SECRECY[letter.level], keeping_place="qzs2z")
        return replace(
            common, organ_unit=self.town.units["organ"].pk, type_name="qzs3z", subject="qzs4z", page_amount=PAGES,
            issued_amount=1, signer_position="qzs5z", signer_full_name="qzs6z", urgency=URGENCY,
            due_date=letter.due_on,
        )  # fmt: skip


class Trial:
    """One story of a shape."""

    def __init__(self, ground: Ground, shape: Shape) -> None:
        self.shape, self.marks = shape, dict(ground.marks)
        self.office = TrialOffice(ground.town, repeat(ground.contents), {}, "a")
        self.office.answers = ANSWER - FIRST_ANSWER
        steps = tuple(self._step(turn, move) for turn, move in enumerate(shape.moves))
        self.journey = Journey(1, _paper(shape), _moment(0), Path.REGISTERED, steps)

    def before(self) -> None:
        """The paper that came first, where the shape is that of its duplicate."""
        if self.shape.moves[-1].verb is not Verb.MARK_DUPLICATE:
            return
        at = _moment(0) - timedelta(hours=1)
        steps = (Step(Verb.RECEIVE, "clerk", at, {"form": "pdf"}), Step(Verb.REGISTER, "clerk", at, {}))
        twin = Journey(0, self.journey.letter, at, Path.REGISTERED, steps)
        for step in steps:
            self.office.act(twin, step)
        paper = Incoming.objects.get()
        self.marks |= {f"{paper.pk}": "of.id", f"{paper.arrival_number}": "of.number"}

    def live(self) -> Iterator[None]:
        """The steps one after another."""
        for turn, step in enumerate(self.journey.steps):
            utc = step.at.astimezone(UTC)
            self.marks |= {
                f"{utc:%Y-%m-%d %H:%M:%S}+00": f"m{turn}", f"{utc:%Y-%m-%dT%H:%M:%S.%fZ}": f"z{turn}",
                f"{step.at:%Y-%m-%d}": f"d{turn}", f"{step.at:%d/%m/%Y}": f"x{turn}",
            }  # fmt: skip
            with together(savepoints=False):
                self.office.act(self.journey, step)
            yield

    def document(self) -> Incoming:
        """The paper of the story as it is now."""
        return Incoming.objects.latest("pk")

    def files(self) -> list[str]:
        """The keys of its files."""
        return [str(one.file_id) for one in self.document().files.all()]

    def marks_left(self) -> dict[str, str]:
        """All marks, with those of what was given on the way."""
        document, arrived_at = self.document(), self.journey.arrived_at
        self.marks |= {f"{arrived_at:%H:%M:%S}": "t0"}
        self.marks |= dict.fromkeys(self.files(), "file")
        if document.arrival_number:
            self.marks[f"{document.arrival_number}"] = "number"
        return self.marks

    def _step(self, turn: int, move: Move) -> Step:
        args: dict[str, Any] = {}
        if move.verb is Verb.RECEIVE:
            args["form"] = move.to
        named = {part: [division(unit, self.shape.heads[unit]) for unit in units] for part, units in move.units}
        if move.verb is Verb.INFORM:
            args["to"] = named["informed"]
        elif named:
            args |= named | {"lead": named["lead"][0]}
        elif move.to and move.verb is not Verb.RECEIVE:
            args["to"] = self._login(move.to)
        words = {"due_on": DUE, "until": UNTIL, "percent": PERCENT, "of": 0, "reply": move.is_answered}
        for name in ARGS[move.verb]:
            args[name] = words.get(name, f"qzw{turn}z")
            if args[name] == f"qzw{turn}z":
                self.marks[f"qzw{turn}z"] = f"w{turn}"
        return Step(move.verb, self._login(move.who), _moment(turn), args)

    def _login(self, role: str) -> str:
        if role in ("clerk", "leader"):
            return role
        kind, turn = (
            ("h0", role.removeprefix("head")) if role.startswith("head") else ("w", role.removeprefix("handler"))
        )
        return f"{division(int(turn), self.shape.heads[int(turn)])}.{kind}"


ARGS: dict[Verb, tuple[str, ...]] = {
    Verb.RECEIVE: (),
    Verb.REGISTER: (),
    Verb.REGISTER_SECRET: (),
    Verb.PRESENT: (),
    Verb.DIRECT: ("due_on", "note"),
    Verb.INFORM: ("note",),
    Verb.READ: (),
    Verb.CONTRIBUTE: ("text",),
    Verb.ASSIGN: ("due_on", "note"),
    Verb.START: (),
    Verb.REPORT_PROGRESS: ("percent", "text"),
    Verb.RETURN: ("reason",),
    Verb.ASK_EXTENSION: ("until", "reason"),
    Verb.GRANT_EXTENSION: ("until",),
    Verb.REFUSE_EXTENSION: ("reason",),
    Verb.SUBMIT: ("result", "reply"),
    Verb.CONFIRM: (),
    Verb.CANCEL: ("reason",),
    Verb.MARK_DUPLICATE: ("of",),
    Verb.RETURN_TO_SENDER: ("reason",),
}
WORDED = {"note", "text", "reason", "result"}


def _moment(turn: int) -> datetime:
    return datetime(YEAR, 1, 5, 8, 10 + turn, tzinfo=LOCAL) + timedelta(days=3 * turn)


def _paper(shape: Shape) -> LetterFact | SecretStub:
    if shape.level:
        level = next(name for name, level in SECRECY.items() if level == shape.level)
        return SecretStub("qzs1z", "qzn", "qzno", ISSUED_ON, level)
    return LetterFact(
        issuer_code="", issuer="", head=(), parent="", number="qzn", symbol="qzno", kind="", kind_name="", named=True,
        place="", issued_on=ISSUED_ON, subject="", authority="", grounds=(), paragraphs=(), addressed_to=(),
        recipients=(), signer_title=(), signer_name="", urgency="normal", due_on=LETTER_DUE if shape.has_due else None,
        field="",
    )  # fmt: skip
