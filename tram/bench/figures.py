"""Which figures there are, in the order in which they are taken; imported when Django is awake."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import psycopg

from tram.bench import hurrying, leaving, making, opening, peak, portal, searching, writing
from tram.bench.measures import Figure
from tram.bench.office import Office
from tram.bench.opening import Page, Reader
from tram.bench.starting import House
from tram.documents.models import Incoming
from tram.kernel.clock import now
from tram.organisation.queries import book

SEED, PEAK = 2026, 300
Desk = psycopg.Connection[Any]


def figures(house: House, desk: Desk, asked: Namespace) -> Iterator[Figure]:
    """Every figure whose name begins as asked for."""
    wanted = [name for name in asked.only.split(",") if name] or [""]
    rounds = 10 if asked.quick else 30

    def take(name: str, measure: Callable[[], Figure]) -> Iterator[Figure]:
        if any(name.startswith(one) for one in wanted):
            yield measure()

    office = Office.at_home()
    yield from take("register_direct.command", lambda: writing.register_direct(office, desk, rounds=rounds))
    yield from take(
        "register_direct.http",
        lambda: hurrying.register_direct(office, house.port, desk, rounds=3, seconds=4 if asked.quick else 10),
    )
    yield from take("numbering.http", lambda: hurrying.numbering(office, house.port, 8 if asked.quick else 30))
    clerk, leader, head = (Reader.of(login, house.port) for login in ("hoa", "son", "thang"))
    for page in opened(clerk, leader, head):
        yield from take(f"{page.name}.http", lambda page=page: opening.over_http(desk, page, rounds))  # type: ignore[misc]
        yield from take(f"{page.name}.sql", lambda page=page: opening.in_database(desk, page, rounds))  # type: ignore[misc]
    if any("search".startswith(one) or one.startswith("search") for one in wanted):
        for page in searching.pages(clerk):
            yield from take(f"{page.name}.http", lambda page=page: opening.over_http(desk, page, rounds))  # type: ignore[misc]
    yield from take("search.top3", lambda: searching.top3(clerk))
    if any(name.startswith(one) for one in wanted for name in leaving.NAMES):
        yield from leaving.figures(office, rounds)
    if not asked.quick and any(name.startswith(one) for one in wanted for name in ("peak.http", "tenant.http")):
        people = peak.gather(office, house.port)
        yield from take("peak.http", lambda: peak.hour(people, PEAK))
        yield from take("tenant.http", lambda: peak.grown(people, office.agency.pk, PEAK / 5))
    if (asked.only or not asked.quick) and any(name.startswith(one) for one in wanted for name in portal.NAMES):
        yield from portal.figures(desk, house.port, lambda name: any(name.startswith(one) for one in wanted), rounds)
    for name, rows, form in making.BOOKS:
        most = min(rows, asked.size or rows)
        # the clerk signs in anew: who signed letters before has ended every earlier session of theirs
        yield from take(
            name,
            lambda n=name, m=most, f=form: making.made(office, house, Reader.of("hoa", house.port), n, m, f),  # type: ignore[misc]
        )


def opened(clerk: Reader, leader: Reader, head: Reader) -> list[Page]:
    """The pages that are measured, each opened by who opens it most."""
    chance, year = Random(SEED), now().year
    shelf = book(clerk.actor.agency, "incoming", year)
    last = shelf.next_number if shelf else 1
    firsts = [chance.randrange(1, max(2, last - 50)) for _ in range(200)]
    keys = list(
        Incoming.objects.filter(agency=clerk.actor.agency, arrival_number__isnull=False).values_list("pk", flat=True)
    )
    papers = [chance.choice(keys) for _ in range(200)]
    return [
        Page("inbox", leader, [("/", {})]),
        Page(
            "card",
            leader,
            [(f"/van-ban-den/{pk}", {"document": pk, "ref": f"documents.incoming/{pk}"}) for pk in papers],
        ),
        Page("book", clerk, [(f"/so/incoming/{year}?tu={first}", {"first": first}) for first in firsts]),
        Page(
            "unit",
            head,
            [(f"/viec/theo-doi?don-vi={unit}&loai=running", {}) for unit in {hat.unit for hat in head.actor.hats}],
        ),
        Page("report", leader, [("/viec/theo-doi?loai=done_late", {})]),
        Page("late", leader, [("/don-doc", {})]),
        Page("workload", leader, [("/thong-ke/cong-viec", {})]),
    ]
