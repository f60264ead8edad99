"""Register and direct: the two commands against the same rows written by plain SQL, in turn on the same server."""

from collections.abc import Iterator
from typing import Any

import psycopg

from tram.bench.copies import Copy, rows_of
from tram.bench.measures import Figure, seconds_of
from tram.bench.office import Office
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import Slip, register
from tram.documents.models import Incoming
from tram.kernel.clock import now

ROUND = 20
NOTE = "Giao chủ trì, tham mưu trả lời đúng hạn."


def register_direct(office: Office, database: psycopg.Connection[Any], *, rounds: int) -> Figure:
    """`register_direct.command`: rounds of twenty letters through the commands, then the same twenty by SQL."""
    figure, slips = Figure("register_direct.command", is_rate=True), office.slips(now())
    for turn in range(-1, rounds):
        ours, floor = _round(office, database, slips, turn)
        if turn >= 0:
            figure.ours.append(ours)
            figure.floor.append(floor)
    return figure


def _round(
    office: Office, database: psycopg.Connection[Any], slips: Iterator[Slip], turn: int
) -> tuple[list[float], list[float]]:
    ours, copies = [], []
    for _ in range(ROUND):
        seconds, copy = letter(office, database, next(slips), turn)
        ours.append(seconds)
        copies.append(copy)
    return ours, [seconds_of(lambda copy=copy: copy.write(database)) for copy in copies]  # type: ignore[misc]


def letter(office: Office, database: psycopg.Connection[Any], slip: Slip, turn: int) -> tuple[float, Copy]:
    """Register one letter and direct it; the seconds of both commands, and what the floor writes for it."""
    made: list[Incoming] = []
    at, lead = now(), Target(office.divisions[turn % len(office.divisions)])
    seconds = seconds_of(lambda: made.append(register(actor=office.clerk, at=at, agency=office.agency, slip=slip)))
    [document] = made
    registered = rows_of(database, document.pk)
    words: dict[str, Any] = {"lead": lead, "note": NOTE, "due_date": slip.due_date}
    seconds += seconds_of(lambda: direct(actor=office.leader, at=at, document=document, **words))
    return seconds, Copy(registered, rows_of(database, document.pk))
