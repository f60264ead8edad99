"""Figures that everybody may reuse: which tables were published, each as a page, and as CSV, JSON and Excel."""

from datetime import date

from django.views.decorators.http import require_safe

from tram.kernel.verdicts import Hidden
from tram.portal.pages.keeping import Made, Told, kept, rendered
from tram.portal.queries import province
from tram.portal.rules.open_data import COLUMNS, LICENCE, Table, as_json
from tram.portal.screens import figures as screens
from tram.visits.queries import Published, month_typed, published
from tram.web.asked import Asked
from tram.web.sheets import CSV, MEDIA_TYPE, separated, sheet

JSON = "application/json; charset=utf-8"


@require_safe
@kept
def tables(request: Asked) -> Made:
    """The months of which the province published a ranking, the newest first."""
    home = province()
    return Told(rendered("rankings", screens.rankings(home)), home, "portal.open-data/0")


@require_safe
@kept
def ranking(request: Asked, month: str) -> Made:
    """One month of agencies, as it was published."""
    home, found = province(), _published(month)
    return Told(rendered("ranking", screens.ranking(home, found)), home, "portal.open-data/0")


@require_safe
@kept
def as_text(request: Asked, month: str, form: str) -> Made:
    """The same for programs: JSON, CSV, or the sheet that people open in Excel."""
    home, found = province(), _published(month)
    table, name = screens.table_of(found), f"luot-truy-cap-{found.month:%Y-%m}.{form}"
    if form == "json":
        return Told(as_json(table), home, media_type=JSON)
    if form == "csv":
        return Told(separated([(column, 0) for column in COLUMNS], table.cells), home, media_type=CSV, name=name)
    if form != "xlsx":
        raise Hidden
    return Told(_excel(table, found.month), home, media_type=MEDIA_TYPE, name=name)


def _excel(table: Table, month: date) -> bytes:
    notes = [*((key, str(word)) for key, word in screens.about(table)), *table.meanings.items(), ("Giấy phép", LICENCE)]
    return sheet(f"Lượt truy cập {month:%m-%Y}", list(COLUMNS.values()), table.cells, notes)


def _published(typed: str) -> Published:
    month = month_typed(typed)
    found = published(province().unit, month) if month and f"{month:%Y-%m}" == typed else None
    if found is None:
        raise Hidden
    return found
