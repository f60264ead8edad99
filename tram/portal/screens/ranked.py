"""A published ranking as a small table in an article: where a paragraph is nothing but its address among the open data."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from tram.kernel.clock import local
from tram.portal.queries import Face, generations, province
from tram.visits.queries import Line, Published, kind_name, published, published_months

ADDRESS = re.compile(r"/cong/so-lieu/luot-truy-cap/([0-9]{4})-(0[1-9]|1[0-2])")
FIRST, ON_FRONT = 5, 3
"""So many lines stand in the article, and that of its own agency; the whole is a link away."""


def month_of(text: str) -> date | None:
    """The month whose ranking a text names, when it says nothing else."""
    told = ADDRESS.fullmatch(text.removeprefix(settings.TRAM_PUBLIC_URL.rstrip("/")))
    return date(int(told[1]), int(told[2]), 1) if told and int(told[1]) else None


def block(text: str, agency: int) -> dict[str, Any] | None:
    """The table of the kind of agencies to which this one belongs, else of the first; None where nothing was published."""
    month = month_of(text)
    found = published(province().unit, month) if month else None
    if found is None or not found.standings:
        return None
    lines = _of_one_kind(found, agency)
    shown = [*lines[:FIRST], *(one for one in lines[FIRST:] if one.agency_id == agency)]
    rows = [[f"{one.place}/{one.of}", one.name, _rate(one), one.visits, one.people] for one in shown]
    return {
        "kind": "ranking", "rows": rows, "url": reverse("portal:ranking", args=[f"{found.month:%Y-%m}"]),
        "caption": f"{kind_name(lines[0].kind)}: lượt truy cập trên 1.000 dân, tháng {found.month:%m/%Y}",
        "publisher": found.publisher, "document": found.document, "at": local(found.at), "is_part": len(shown) < len(lines),
    }  # fmt: skip


class Last:
    """The ranking that was published last, read anew with the generations, so that a front page costs no statement for it."""

    def __init__(self) -> None:
        self._held: tuple[dict[int, int], Published | None] = ({}, None)

    def now(self) -> Published | None:
        """None where nothing was published."""
        numbers = generations.now()
        if self._held[0] is not numbers:
            unit = province().unit
            months = published_months(unit, limit=1)
            self._held = (numbers, published(unit, months[0]) if months else None)
        return self._held[1]


LAST = Last()


def on_front(site: Face) -> dict[str, Any]:
    """How often the portal is read, for a front page: the first of the most numerous kind of agencies; of an agency its own place too."""
    found = LAST.now()
    if found is None or not found.standings:
        return {"ranking": None}
    kinds = [one.kind for one in found.standings]
    own = next((one.kind for one in found.standings if one.agency_id == site.agency), "")
    kind = own or max(kinds, key=kinds.count)
    lines = [one for one in found.standings if one.kind == kind]
    shown = [*lines[:ON_FRONT], *(one for one in lines[ON_FRONT:] if one.agency_id == site.agency)]
    return {
        "ranking": {
            "kind": kind_name(kind), "month": found.month, "url": reverse("portal:ranking", args=[f"{found.month:%Y-%m}"]),
            "rows": [(f"{one.place}/{one.of}", one.name, _rate(one)) for one in shown], "publisher": found.publisher,
        }
    }  # fmt: skip


def _of_one_kind(found: Published, agency: int) -> Sequence[Any]:
    own = next((one.kind for one in found.standings if one.agency_id == agency), found.standings[0].kind)
    return [one for one in found.standings if one.kind == own]


def _rate(one: Any) -> Any:
    return Line(one.agency_id, one.name, one.kind, one.visits, 0, one.people).rate
