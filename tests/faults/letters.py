"""A letter's last steps, each struck at every named point by itself, looked at at once, and pressed again.

Before its commit a step that was cut has changed nothing; after it everything is there, and a second press adds nothing.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

import psycopg

from tests.faults.clients import FORM, Client
from tests.faults.history import FAIL, INFO, OK, Operation
from tests.faults.points import SIGNING
from tests.faults.runs import Figures, Stage, on, verdict
from tests.faults.workload import PAGES, Office, Worker
from tests.installation import until


@dataclass(frozen=True, slots=True)
class Step:
    """One step: who takes it, the points before its commit, the one behind it, and the state it leads to."""

    verb: str
    by: str
    before: tuple[str, ...]
    after: str
    state: str


JSON = "application/json"
SIGN = (*SIGNING[:2], "files.store.kept", *SIGNING[2:])
STEPS = (
    Step("letter.approve", "son", ("files.store.kept",), "web.once.committed", "approved_to_sign"),
    Step("letter.sign", "son", (*SIGN, "outgoing.sign.kept"), "web.repeatable.done", "signed"),
    Step("letter.number", "hoa", ("outgoing.number.taken",), "web.once.committed", "numbered"),
    Step("letter.seal", "hoa", (*SIGN, "outgoing.seal.kept"), "web.repeatable.done", "sealed"),
    Step(
        "letter.issue", "hoa", ("documents.exchange.taken_in", "outgoing.issue.sent"), "web.once.committed", "issued"
    ),
    Step(
        "register", "tuan",
        ("documents.register.filled", "documents.register.numbered", "outgoing.report.kept", "web.once.kept"),
        "web.once.committed", "registered",
    ),
)  # fmt: skip
SEEN = """SELECT o.state, o.paper_id, o.number, o.code_number, o.issued_date, o.signed_at, o.issued_at, o.changed_at,
    (SELECT array_agg(id ORDER BY id) FROM signing_act WHERE about = 'outgoing.document/' || o.id),
    (SELECT array_agg(what ORDER BY id) FROM audit_event WHERE about = 'outgoing.document/' || o.id),
    (SELECT array_agg((b.id, b.next_number) ORDER BY b.id) FROM organisation_numberbook b),
    (SELECT array_agg((r.id, r.state) ORDER BY r.id) FROM outgoing_recipient r WHERE r.document_id = o.id),
    (SELECT array_agg(p.id ORDER BY p.id) FROM outgoing_report p),
    (SELECT array_agg((d.id, d.state, d.arrival_number) ORDER BY d.id) FROM documents_incoming d),
    (SELECT array_agg((t.id, t.state) ORDER BY t.id) FROM tasks_task t),
    (SELECT count(*) FROM files_file), (SELECT count(*) FROM identity_proof WHERE spent_at IS NOT NULL)
    FROM outgoing_outgoing o WHERE o.id = %s"""
"""Everything that the steps of a letter write."""


@dataclass(slots=True)
class Play:
    """The deaths of one run, and what was wrong after them."""

    stage: Stage
    office: Office
    dice: Random
    hits: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    wrong: list[str] = field(default_factory=list)
    people: dict[str, Worker] = field(default_factory=dict)

    def who(self, login: str) -> Worker:
        """A person, with one program for the whole run."""
        return self.people.setdefault(login, Worker(self.office, login, 0))

    def letter(self, points: int) -> None:
        """One letter from its draft to the receiver's book; of each step so many points before the commit are struck."""
        letter = self._presented()
        for step in STEPS:
            client, path, content, kind, mark = self._asked(step, letter)
            operation = client.begin(step.verb, mark)
            form = client.filled(operation, content) if kind == FORM else content
            before = self.dice.sample(step.before, min(points, len(step.before)))
            for point in (*before, step.after):
                if not self._struck(step, point, letter, client, operation, (path, form, kind)):
                    break
            self._again(step, letter, client, operation, (path, form, kind))

    def _struck(
        self, step: Step, point: str, letter: int, client: Client, operation: Operation, sent: tuple[str, bytes, str]
    ) -> bool:
        """Whether the press died at the point; then the letter is as it was, or the step is wholly done."""
        before = self._seen(letter)
        self.stage.armoury.arm(point)
        while self.stage.armoury.is_armed(point):
            client.once(operation, *sent)
            if operation.tries[-1].outcome != INFO:
                break
        self.stage.armoury.disarm()
        if operation.tries[-1].outcome != INFO:
            self.missed += 1
            return False
        self.hits[f"{step.verb} {point}"] += 1
        until(self.stage.house.answers, self.stage.house.said)
        now = self._seen(letter)
        if point != step.after and now != before:
            self.wrong.append(f"{step.verb} cut at {point} changed {before} to {now}")
        if point == step.after and now == before:
            self.wrong.append(f"{step.verb} cut at {point} is lost: {now}")
        return True

    def _again(
        self, step: Step, letter: int, client: Client, operation: Operation, sent: tuple[str, bytes, str]
    ) -> None:
        """Pressed again the same press gets its answer or is told that it is done; either way nothing is added."""
        before = self._seen(letter)
        client.settle(operation, *sent)
        last = operation.tries[-1]
        wanted = (FAIL, 409) if step.after == "web.repeatable.done" else (OK, last.status)
        if (last.outcome, last.status) != wanted:
            self.wrong.append(f"{step.verb} pressed again was told {last}")
        if (now := self._seen(letter)) != before:
            self.wrong.append(f"{step.verb} pressed again changed {before} to {now}")
        state = now[0] if step.verb.startswith("letter.") else self._incoming(letter)[1]
        if state != step.state:
            self.wrong.append(f"{step.verb} ended in {state}")

    def _presented(self) -> int:
        told = self.who("lan").letter()
        card = self.who("lan").client.write("draft", "/api/outgoing", {"content": told}, mark=told["subject"])
        letter = int(card["document"]["id"])
        way = {"submit": "lan", "check_content": "dung", "check_form": "tam", "present": "lan"}
        for step, who in way.items():
            self.who(who).take(step, letter, card["version"])
        return letter

    def _asked(self, step: Step, letter: int) -> tuple[Client, str, Any, str, str]:
        """Who sends what where, for one step of the letter, and the mark of its effect."""
        worker = self.who(step.by)
        if step.verb == "register":
            slip = worker.slip()
            path = f"/api/documents/{self._incoming(letter)[0]}/register"
            return worker.client, path, _json({"slip": slip}), JSON, slip["subject"]
        name, mark = step.verb.removeprefix("letter."), f"outgoing.document/{letter}"
        if name in PAGES:
            return worker.client, f"/van-ban-di/{letter}/{PAGES[name]}", self.office.proof(name), FORM, mark
        told = {"seen": 1} if name == "approve" else {}
        return worker.client, f"/api/outgoing/{letter}/{name}", _json(told), JSON, mark

    def _seen(self, letter: int) -> tuple[Any, ...]:
        with self.stage.house.connect() as line:
            row = line.execute(SEEN, [letter]).fetchone()
        assert row is not None
        return row

    def _incoming(self, letter: int) -> tuple[Any, ...]:
        with self.stage.house.connect() as line:
            return _received(line, letter)


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told).encode()


def _received(line: psycopg.Connection, letter: int) -> tuple[Any, ...]:
    query = """SELECT d.id, d.state FROM outgoing_recipient r JOIN documents_incoming d ON d.id = r.letter_id
        WHERE r.document_id = %s"""
    row = line.execute(query, [letter]).fetchone()
    assert row is not None
    return row


def letters(*, times: int, seed: int, port: int = 0, stage: Stage | None = None, points: int = 10) -> Figures:
    """So many letters, each of whose last steps is struck at `points` points before its commit and at the one behind it."""
    with on(stage, port) as stage:
        play = Play(stage, stage.office(), Random(seed))
        for _ in range(times):
            play.letter(points)
        found = verdict(stage.house, play.office)
        told = {"seed": seed, "letters": times, "strikes": sum(play.hits.values()), "missed": play.missed}
        return {**told, "hits": dict(play.hits), **found, "wrong": play.wrong + found["wrong"]}
