"""How the demo's sites look: the province, the Sở of the cast and its commune each otherwise; all others take after the province."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from tram.demo.days import Works, later, on_hour
from tram.demo.founding import Town
from tram.demo.painting import crest
from tram.demo.people import COMMUNE, HOME, holders
from tram.demo.province import ROOT
from tram.organisation.queries import actor_of
from tram.skins.commands import Told, publish, try_on
from tram.skins.queries import mark_of

DAYS_AGO, MINUTE = 39, 50


@dataclass(frozen=True, slots=True)
class Dress:
    """Diện mạo của một trang mẫu: whose site, who chooses, in what; `has_crest`: with a picture in the colour."""

    agency: str
    unit: str
    position: str
    told: Told
    has_crest: bool = False


DRESSES = (
    Dress(ROOT, ROOT, "province-vice-chair", Told("a61b1b", "Công khai, kịp thời, gần dân"), has_crest=True),
    Dress(
        HOME, HOME + ".vp", "office-chief", Told("1b4b8f", "Khoa học, công nghệ và chuyển đổi số vì người dân"),
        has_crest=True,
    ),
    Dress(COMMUNE, COMMUNE + ".vp", "office-chief", Told("1f6b3a", "Xã vùng cao, việc dân là việc mình")),
)  # fmt: skip


def dressed(town: Town, today: date, works: Works) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is to be done, and when: all in one morning."""
    at = on_hour(later(today, -DAYS_AGO, works), MINUTE)
    for dress in DRESSES:
        yield at, partial(_wear, town, dress, at)


def _wear(town: Town, dress: Dress, at: datetime) -> None:
    by: dict[str, Any] = {
        "actor": actor_of(town.accounts[holders(dress.unit, dress.position)[0].login].pk, at.date()), "at": at,
        "agency": town.units[dress.agency],
    }  # fmt: skip
    logo = ("bieu-trung.png", io.BytesIO(crest(dress.told.colour))) if dress.has_crest else None
    publish(seen=mark_of(try_on(told=dress.told, logo=logo, **by)), **by)
