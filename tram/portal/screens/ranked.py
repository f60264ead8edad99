"""A published ranking as a small table in an article: where a paragraph is nothing but its address among the open data."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from tram.kernel.clock import local
from tram.portal.queries import province
from tram.visits.queries import Line, Published, kind_name, published

ADDRESS = re.compile(r"/cong/so-lieu/luot-truy-cap/([0-9]{4})-(0[1-9]|1[0-2])")
FIRST = 5
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


def _of_one_kind(found: Published, agency: int) -> Sequence[Any]:
    own = next((one.kind for one in found.standings if one.agency_id == agency), found.standings[0].kind)
    return [one for one in found.standings if one.kind == own]


def _rate(one: Any) -> Any:
    return Line(one.agency_id, one.name, one.kind, one.visits, 0, one.people).rate
