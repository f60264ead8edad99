"""How often the demo's portal was read in its last closed month: counted, divided by population, published by the province."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from tram.demo.days import Works, later, on_hour
from tram.demo.founding import Town
from tram.demo.people import COMMUNE, holders
from tram.demo.province import province
from tram.kernel.actors import Actor
from tram.kernel.refs import ref_of
from tram.organisation.queries import actor_of
from tram.visits.commands.counting import Batch, write_down
from tram.visits.commands.figures import enter_population, publish_ranking
from tram.visits.queries import back, closes_on, following, month_of

COMMUNES = 12
PEOPLE, READERS = (4_000, 18_000), (6, 140)
"""Least and most inhabitants of a commune, and readers of its pages a day."""
SOURCE = "Số giả định của tỉnh mẫu, không phải số thật"
EARLY = 25
"""Minutes into the working day."""


def visited(town: Town, today: date, works: Works) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is to be done for the last month that was closed before today, and when."""
    month = back(month_of(today), 1)
    while _day(month, works) >= today:
        month = back(month, 1)
    at = on_hour(_day(month, works), EARLY)
    yield at, partial(_publish, town, month, at)


def _day(month: date, works: Works) -> date:
    return later(closes_on(month) - timedelta(days=1), 1, works)


def _publish(town: Town, month: date, at: datetime) -> None:
    dice, above = Random(month.toordinal()), holders("ubnd", "province-vice-chair")[0].login
    vice = actor_of(town.accounts[above].pk, at.date())
    communes = [unit.code for unit in province() if unit.kind == "commune" and unit.code != COMMUNE]
    sums = {}
    for code in (COMMUNE, *communes[: COMMUNES - 1]):
        agency = town.units[code]
        enter_population(
            actor=vice,
            at=at,
            agency=agency,
            people=dice.randrange(*PEOPLE),
            since=month,
            counted_on=month,
            source=SOURCE,
        )
        for day in range((following(month) - month).days):
            visits, page = dice.randrange(*READERS), ref_of("portal", "front", agency.pk)
            sums[page, agency.pk, month + timedelta(days=day)] = [visits, visits // 5]
    write_down(actor=Actor.system(), at=at, batch=Batch(sums))
    publish_ranking(actor=vice, at=at, agency=town.units["ubnd"], month=month)
