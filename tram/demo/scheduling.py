"""What the demo's leaders do this week: written the week before by the office chief and the province's committee, and let out."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from tram.agendas.commands import Told, amend, enter, publish
from tram.agendas.queries import WEEK, items_of, monday_of
from tram.demo.days import Works, later, on_hour
from tram.demo.founding import Town
from tram.demo.people import HOME, holders
from tram.demo.province import ROOT
from tram.organisation.queries import actor_of

LATE, LATER = 360, 400
"""Minutes into the working day."""
WHOSE = {"home": (HOME, HOME + ".vp", "office-chief"), "province": (ROOT, ROOT, "province-vice-chair")}


@cache
def _weeks() -> dict[str, list[dict[str, Any]]]:
    text = (Path(__file__).parent / "agendas.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def scheduled(town: Town, today: date, works: Works) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is to be done, and when: last week, this one and the next, and one change of this one."""
    yesterday = later(today, -1, works)
    for monday in (monday_of(today) + WEEK * number for number in (-1, 0, 1)):
        at = on_hour(min(later(monday, -1, works), yesterday), LATE)
        for whose in WHOSE:
            yield at, partial(_write, town, whose, monday, at)
    at = on_hour(yesterday, LATER)
    yield at, partial(_move, town, monday_of(today), at)


def _write(town: Town, whose: str, monday: date, at: datetime) -> None:
    code, unit, position = WHOSE[whose]
    by: dict[str, Any] = {
        "actor": actor_of(town.accounts[holders(unit, position)[0].login].pk, at.date()),
        "at": at,
        "agency": town.units[code],
    }
    for row in _weeks()[whose]:
        enter(told=_told(row, monday), **by)
    publish(monday=monday, **by)


def _told(row: dict[str, Any], monday: date) -> Told:
    ends = time.fromisoformat(row["ends"]) if "ends" in row else None
    return Told(
        day=monday + timedelta(days=row["day"]), begins=time.fromisoformat(row["begins"]), ends=ends, what=row["what"],
        place=row["place"], chair=row["chair"], is_public=not row.get("inside", False),
    )  # fmt: skip


def _move(town: Town, monday: date, at: datetime) -> None:
    """Thursday's talk begins an hour later."""
    chief, agency = holders(HOME + ".vp", "office-chief")[0], town.units[HOME]
    by: dict[str, Any] = {"actor": actor_of(town.accounts[chief.login].pk, at.date()), "at": at}
    item = next(one for one in items_of(agency.pk, monday) if one.day.weekday() == 3)
    told = _told(_weeks()["home"][5], monday)._replace(begins=time(9, 30))
    amend(item=item, told=told, **by)
    publish(agency=agency, monday=monday, **by)
