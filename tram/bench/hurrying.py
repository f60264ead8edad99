"""Many at once before the doors: four clients who register and direct, thirty-two clerks at one book."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from statistics import median
from threading import Lock
from time import monotonic, perf_counter
from typing import Any, TypeVar

import psycopg

from tram.bench.doors import Door, enter, program, token_of
from tram.bench.measures import Figure
from tram.bench.office import Office
from tram.bench.writing import NOTE, letter
from tram.documents.commands.register import Slip
from tram.documents.models import Incoming
from tram.identity.models import Account
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.site.trouble import Trouble

T = TypeVar("T")
Desk = psycopg.Connection[Any]
CLIENTS, CLERKS = 4, 32
UNSENT = {"to_places", "organ_unit"}


class Shared(Iterator[T]):
    """One iterator from which several threads take."""

    def __init__(self, things: Iterator[T]) -> None:
        self.things, self.lock = things, Lock()

    def __next__(self) -> T:
        with self.lock:
            return next(self.things)


def tokens(actor: Actor, count: int) -> list[str]:
    """That many tokens of one person, as so many scanners and programs have them."""
    key = enter(Account.objects.get(pk=actor.account or 0))
    return [token_of(actor, key, f"Bài đo {now():%H%M%S} {turn}") for turn in range(count)]


def register_direct(office: Office, port: int, desk: Desk, *, rounds: int, seconds: float) -> Figure:
    """`register_direct.http`: four clients, each registering a letter and then directing it, over and over; in turn
    with four writers of the same rows by plain SQL.

    One call is both requests. `per_s` is the rate of all clients together, `requests_per_s` twice that.
    """
    both, figure = _clients(office, port), Figure("register_direct.http", is_rate=True)
    copies = [
        letter(office, desk, slip, turn)[1] for turn, slip in zip(range(CLIENTS), office.slips(now()), strict=False)
    ]
    directed = Incoming.objects.filter(agency=office.agency, state="directed")
    rates, floor_rates = [], []
    with ExitStack() as stack:
        desks = [stack.enter_context(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)) for _ in copies]
        for _ in range(rounds):
            before = directed.count()
            times, rate = _hurry(both, CLIENTS, seconds)
            _must_be(directed.count() - before, len(times) + CLIENTS)
            floor, floor_rate = _hurry(lambda place: copies[place].write(desks[place]), CLIENTS, seconds)
            figure.ours.append(times)
            figure.floor.append(floor)
            rates.append(rate)
            floor_rates.append(floor_rate)
    rate = round(median(rates), 1)
    figure.more = {"per_s": rate, "requests_per_s": round(rate * 2, 1), "floor_per_s": round(median(floor_rates), 1)}
    return figure


def _clients(office: Office, port: int) -> Callable[[int], None]:
    clerks = [program(port, token) for token in tokens(office.clerk, CLIENTS)]
    leaders = [program(port, token) for token in tokens(office.leader, CLIENTS)]
    slips, leads = Shared(office.slips(now())), [unit.pk for unit in office.divisions]

    def both(place: int) -> None:
        slip = next(slips)
        made = clerks[place].post("/api/documents", {"slip": told(slip)})["document"]["id"]
        lead = {"unit": leads[made % len(leads)]}
        leaders[place].post(f"/api/documents/{made}/direct", {"lead": lead, "note": NOTE, "due_date": slip.due_date})

    return both


def numbering(office: Office, port: int, seconds: float) -> Figure:
    """`numbering.http`: thirty-two clerks who enter papers in one book at once; the series must have no gap."""
    doors = [program(port, token) for token in tokens(office.clerk, CLERKS)]
    slips, first = Shared(office.slips(now())), _last_number(office)
    times, rate = _hurry(lambda place: _enter(doors[place], next(slips)), CLERKS, seconds)
    _must_be(_last_number(office) - first, len(times) + CLERKS)
    return Figure("numbering.http", [times], more={"per_s": rate, "clerks": CLERKS})


def _enter(door: Door, slip: Slip) -> None:
    door.post("/api/documents", {"slip": told(slip)})


def told(slip: Slip) -> dict[str, Any]:
    """A slip as the API takes it."""
    return {name: value for name, value in slip.values().items() if name not in UNSENT}


def _last_number(office: Office) -> int:
    """The last number of the home book; Trouble where the numbers up to it are not all there."""
    book = Incoming.objects.filter(agency=office.agency, book_code="incoming", year=now().year)
    last = book.order_by("-arrival_number").values_list("arrival_number", flat=True).first() or 0
    _must_be(book.exclude(arrival_number=None).count(), last)
    return last


def _must_be(found: int, wanted: int) -> None:
    if found != wanted:
        raise Trouble(f"Bài đo đếm được {found} văn bản, lẽ ra {wanted}: có việc bị mất hoặc làm hai lần.")


def _hurry(act: Callable[[int], object], count: int, seconds: float) -> tuple[list[float], float]:
    """Everybody acts once to warm up, then again and again; the times of each act, and the rate of all together."""
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(act, range(count)))
        begun = monotonic()
        each = list(pool.map(lambda place: list(_again(act, place, begun + seconds)), range(count)))
    times = [one for some in each for one in some]
    return times, round(len(times) / (monotonic() - begun), 1)


def _again(act: Callable[[int], object], place: int, until: float) -> Iterator[float]:
    while monotonic() < until:
        begun = perf_counter()
        act(place)
        yield perf_counter() - begun
