"""What the pages of open data show: rankings as they were published."""

from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse

from tram.kernel.clock import local
from tram.portal.queries import Face
from tram.portal.rules.open_data import COLUMNS, LICENCE, UNITS, Table
from tram.portal.screens.articles import feeds_of, shell, whole
from tram.portal.screens.figured import FORMS, groups
from tram.visits.queries import Line, Published, kind_name, meanings, published_months

MOST_MONTHS = 240
"""Of rankings on their one page: twenty years."""
CATALOGUE = {"JSON (DCAT)": "json", "CSV": "csv", "XLSX": "xlsx"}
"""In which forms programs read what there is."""


def rankings(home: Face) -> dict[str, Any]:
    """What is public of every indicator; the months of which a ranking was published, the newest first."""
    months = published_months(home.unit, limit=MOST_MONTHS)
    rows = [{"month": month, "url": month_url(month), "files": _files(month)} for month in months]
    catalogue = [(name, reverse("portal:catalogue", args=[form])) for name, form in CATALOGUE.items()]
    told = {"rows": rows, "groups": groups(), "licence": LICENCE, "catalogue": catalogue}
    own = feeds_of(home, "figures_feed", f"Số liệu mở của {home.name}")
    return {**told, **shell(home, home, reverse("portal:open_data")), **own}


def month_url(month: date) -> str:
    """The page of a month."""
    return reverse("portal:ranking", args=[f"{month:%Y-%m}"])


def _files(month: date) -> list[tuple[str, str]]:
    return [(form.upper(), reverse("portal:ranking_file", args=[f"{month:%Y-%m}", form])) for form in FORMS]


def month_title(month: date) -> str:
    """What the ranking of a month is called."""
    return f"Lượt truy cập cổng trên 1.000 dân, tháng {month:%m/%Y}"


def ranking(home: Face, found: Published) -> dict[str, Any]:
    """A ranking as it was published, kind by kind; nothing in it is reckoned anew."""
    table, url = table_of(found), month_url(found.month)
    kinds = [(kind, list(rows)) for kind, rows in groupby(table.rows, key=lambda row: row["kind"])]
    return {
        "title": table.title, "month": found.month, "tables": kinds, "about": about(table), "meanings": table.meanings.items(),
        "licence": LICENCE, "files": _files(found.month), **shell(home, home, url),
    }  # fmt: skip


def table_of(found: Published) -> Table:
    """A ranking as open data."""
    told = {
        "publisher": found.publisher, "published_at": local(found.at), "document": found.document, "edition": found.number,
        "reason": found.reason, "month": f"{found.month:%Y-%m}",
    }  # fmt: skip
    rows = [
        {
            "place": one.place, "of": one.of, "agency": one.name, "kind": kind_name(one.kind), "visits": one.visits,
            "people": one.people, "rate": Line(one.agency_id, one.name, one.kind, one.visits, 0, one.people).rate,
            "source": one.source, "counted_on": one.counted_on,
        }
        for one in found.standings
    ]  # fmt: skip
    return Table(month_title(found.month), whole(month_url(found.month)), told, dict(meanings()), rows, COLUMNS, UNITS)


def about(table: Table) -> list[tuple[str, Any]]:
    """Who published a table, when, by which document, and why anew."""
    told = table.told
    lines = [
        ("Cơ quan công bố", told["publisher"]), ("Công bố lúc", f"{told['published_at']:%H:%M %d/%m/%Y}"),
        ("Văn bản", told["document"]), ("Công bố lần", told["edition"] if told["edition"] > 1 else ""),
        ("Lý do công bố lại", told["reason"]), ("Địa chỉ", table.url),
    ]  # fmt: skip
    return [(name, word) for name, word in lines if word]
