"""Pages that people open most, over HTTP, beside everything they show read by hand-written SQL in the same run."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter
from typing import Any

import psycopg
from django.db import connection
from django.test import Client

from tram.bench.doors import Door, browser, cookie_of, enter
from tram.bench.measures import Figure, p, seconds_of
from tram.bench.office import person
from tram.identity.models import Account
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.organisation.queries import HATS

ROUND = 10
FROM = re.compile(r"FROM \S+|UPDATE \S+|INSERT INTO \S+")
Params = dict[str, Any]
ENTRY = (
    "SELECT session_data FROM django_session WHERE session_key = %(session)s AND expire_date > now()",
    "SELECT s.id, s.seen_at, a.id, a.name FROM identity_signin s JOIN identity_account a ON a.id = s.account_id"
    " WHERE a.id = %(account)s AND s.ended_at IS NULL AND a.closed_at IS NULL ORDER BY s.id DESC LIMIT 1",
    HATS,
    "SELECT count(*) FROM (SELECT 1 FROM tasks_task WHERE ended_at IS NULL AND (turn_post_id = ANY(%(posts)s)"
    " OR turn_post_id IS NULL AND turn_unit_id = ANY(%(units)s)) LIMIT 100) few",
)
"""Who asks, and the number beside "Việc của tôi": every page needs them."""
ROW = "id, kind, state, title, line, giver_name, url, urgency, due_on, progress, last_word, turn_post_id, given_at"
SHOWN = (
    "SELECT id, state, arrival_number, arrival_date, arrived_at, organ_name, code_number, code_notation, issued_date,"
    " type_name, subject, urgency, secrecy, due_date, to_places, registered_at, registered_by, ended_at, outcome"
    " FROM documents_incoming WHERE id = %(document)s"
)
FLOORS = {
    "inbox": (
        f"(SELECT {ROW} FROM tasks_task WHERE turn_post_id = ANY(%(posts)s) AND ended_at IS NULL"
        " ORDER BY urgency DESC, due_key, id LIMIT 26) UNION ALL"
        f" (SELECT {ROW} FROM tasks_task WHERE turn_post_id IS NULL AND turn_unit_id = ANY(%(units)s)"
        " AND ended_at IS NULL ORDER BY urgency DESC, due_key, id LIMIT 26)",
    ),
    "card": (
        SHOWN,
        f"SELECT {ROW}, unit_id, post_id FROM tasks_task WHERE about = %(ref)s ORDER BY id",
        "SELECT h.holder_name, h.how, h.word, h.since_at, h.read_at, h.until_at FROM tasks_holding h"
        " JOIN tasks_task t ON t.id = h.task_id WHERE t.about = %(ref)s ORDER BY h.since_at, h.id",
        "SELECT id, by_name, note, due_date, at, recalled_at FROM documents_direction WHERE document_id = %(document)s",
        "SELECT s.direction_id, s.task_id, s.part FROM documents_share s JOIN documents_direction d"
        " ON d.id = s.direction_id WHERE d.document_id = %(document)s",
        "SELECT file_id, place FROM documents_incomingfile WHERE document_id = %(document)s ORDER BY place",
    ),
    "book": (
        "SELECT id, name, next_number, locked_until, closed_on FROM organisation_numberbook"
        " WHERE agency_id = %(agency)s AND code = 'incoming' AND year = %(year)s",
        "SELECT id, arrival_date, arrival_number, organ_name, code_number, code_notation, issued_date, type_name, subject,"
        " to_places, description FROM documents_incoming WHERE agency_id = %(agency)s AND book_code = 'incoming'"
        " AND year = %(year)s AND arrival_number >= %(first)s ORDER BY arrival_number LIMIT 50",
    ),
    "unit": (
        f"SELECT {ROW}, unit_id, post_id FROM tasks_task WHERE unit_id = ANY(%(units)s) AND ended_at IS NULL"
        " AND kind <> 'inform' ORDER BY due_key, id LIMIT 26",
    ),
    "report": (
        "SELECT unit_id, state, count(*) FROM tasks_task WHERE agency_id = %(agency)s AND kind <> 'inform' AND"
        " (ended_at IS NULL OR ended_at >= %(month)s) GROUP BY unit_id, state",
    ),
    "late": (
        f"SELECT {ROW}, unit_id, post_id FROM tasks_task WHERE unit_id IN (SELECT id FROM organisation_unit"
        " WHERE agency_id = %(agency)s) AND ended_at IS NULL AND submitted_at IS NULL AND kind <> 'inform'"
        " AND due_on < %(on)s ORDER BY due_key, id LIMIT 51",
        "SELECT unit_id, count(*) FROM tasks_task WHERE unit_id IN (SELECT id FROM organisation_unit"
        " WHERE agency_id = %(agency)s) AND ended_at IS NULL AND submitted_at IS NULL AND kind <> 'inform'"
        " AND due_on < %(on)s GROUP BY unit_id",
    ),
    "workload": (
        "SELECT t.unit_id, t.kind, t.state, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY t.submitted_at - e.at)"
        " FROM tasks_task t LEFT JOIN LATERAL (SELECT min(at) AS at FROM audit_event WHERE about = 'tasks.task/' || t.id"
        " AND what = 'tasks.accepted') e ON t.ended_at >= %(month)s WHERE t.unit_id IN (SELECT id FROM organisation_unit"
        " WHERE agency_id = %(agency)s) AND t.kind <> 'inform' AND (t.ended_at IS NULL OR t.ended_at >= %(month)s)"
        " GROUP BY t.unit_id, t.kind, t.state",
    ),
}

FLOORS |= {
    f"search_{kind}": (
        "SELECT id, kind, key, number, title, line, sender, url, at, due_on FROM search_card"
        " WHERE terms @@ %(asked)s::tsquery ORDER BY at DESC, id DESC LIMIT 21",
    )
    for kind in ("rare", "medium", "common", "bare", "phrase", "number")
}
"""What is newest first, for anybody who knows nothing of tiers and slices of time."""


@dataclass(slots=True)
class Reader:
    """Người đọc: somebody with a browser, and what hand-written SQL must know of them."""

    actor: Actor
    cookie: str
    door: Door

    @classmethod
    def of(cls, login: str, port: int) -> "Reader":
        """Somebody of the cast, signed in."""
        cookie = cookie_of(enter(Account.objects.get(login=login)))
        return cls(person(login), cookie, browser(port, cookie))

    @property
    def params(self) -> dict[str, Any]:
        """The parameters of every floor."""
        hats = self.actor.hats
        return {
            "session": self.cookie.partition("=")[2], "account": self.actor.account, "on": now().date(),
            "posts": [hat.post for hat in hats], "units": [hat.unit for hat in hats], "agency": self.actor.agency,
            "year": now().year, "month": now().replace(day=1, hour=0, minute=0),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Trang được đo: its name, who opens it, and turn by turn its path with the parameters of its floor."""

    name: str
    reader: Reader
    turns: list[tuple[str, Params]]


def over_http(database: psycopg.Connection[Any], page: Page, rounds: int) -> Figure:
    """The whole page through the door, in rounds that alternate with its floor."""
    return _alternate(
        f"{page.name}.http", database, page, rounds, lambda path: seconds_of(lambda: page.reader.door.get(path))
    )


def in_database(database: psycopg.Connection[Any], page: Page, rounds: int) -> Figure:
    """The database's part of the same page: the time of all its statements, beside the floor; which of them takes longest."""
    client = Client(headers={"cookie": page.reader.cookie})
    counts: list[int] = []
    each: dict[str, list[float]] = defaultdict(list)

    def spoken(path: str) -> float:
        told: list[float] = []

        def watch(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
            begun = perf_counter()
            try:
                return execute(sql, *given)
            finally:
                told.append(perf_counter() - begun)
                each[sql].append(told[-1])

        with connection.execute_wrapper(watch):
            client.get(path)
        counts.append(len(told))
        return sum(told)

    figure = _alternate(f"{page.name}.sql", database, page, rounds, spoken)
    slowest = max(each, key=lambda sql: p(each[sql], 0.5))
    figure.more |= {"statements": max(counts), "slowest_p50_ms": round(p(each[slowest], 0.5) * 1000, 3)}
    figure.more["slowest"] = (FROM.search(slowest) or [slowest[:80]])[0]
    return figure


def _alternate(
    name: str, database: psycopg.Connection[Any], page: Page, rounds: int, ours: Callable[[str], float]
) -> Figure:
    figure, turns = Figure(name), cycle(page.turns)
    for turn in range(-1, rounds):
        asked = [next(turns) for _ in range(ROUND)]
        mine = [ours(path) for path, _ in asked]
        floor = [seconds_of(lambda told=told: _read(database, page, told)) for _, told in asked]  # type: ignore[misc]
        if turn >= 0:
            figure.ours.append(mine)
            figure.floor.append(floor)
    return figure


def _read(database: psycopg.Connection[Any], page: Page, told: Params) -> None:
    values = page.reader.params | told
    with database.cursor() as cursor:
        for statement in (*ENTRY, *FLOORS[page.name]):
            cursor.execute(statement, values, prepare=True)
            cursor.fetchall()
