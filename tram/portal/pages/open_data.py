"""Figures that everybody may reuse: which tables were published, each as a page, and as CSV, JSON and Excel."""

import json

from django.views.decorators.http import require_safe

from tram.indicators.queries.figures import Gone, shown_at
from tram.kernel.verdicts import Hidden
from tram.portal.pages.keeping import Made, Told, answered, kept, rendered
from tram.portal.queries import Face, province
from tram.portal.rules.open_data import LICENCE, Table, as_json
from tram.portal.rules.telling import FEEDS, fed
from tram.portal.screens import figures as screens
from tram.portal.screens import indicators, offered
from tram.visits.queries import Published, month_typed, published
from tram.web.asked import Asked
from tram.web.sheets import CSV, MEDIA_TYPE, separated, sheet

JSON = "application/json; charset=utf-8"
LINKED = "application/ld+json; charset=utf-8"


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
    table = screens.table_of(found)
    notes = [*((key, str(word)) for key, word in screens.about(table)), *table.meanings.items(), ("Giấy phép", LICENCE)]
    title, stem = f"Lượt truy cập {found.month:%m-%Y}", f"luot-truy-cap-{found.month:%Y-%m}"
    return _file(table, form, home, stem, title, notes)


@require_safe
@kept
def indicator(request: Asked, slug: str) -> Made:
    """One indicator by periods; that nothing of it is public any more."""
    found = shown_at(slug)
    if isinstance(found, Gone):
        return answered("gone", indicators.gone(found, request.path), 410)
    return Told(rendered("indicator", indicators.indicator(found)), province(), found.ref)


@require_safe
@kept
def indicator_file(request: Asked, slug: str, form: str) -> Made:
    """The same for programs, and what of it is new."""
    found = shown_at(slug)
    if isinstance(found, Gone):
        raise Hidden
    if form in FEEDS:
        text = fed(offered.channel_of(found, request.path), form, request.at)
        return Told(text, province(), media_type=f"{FEEDS[form]}; charset=utf-8")
    table = indicators.table_of(found)
    return _file(table, form, province(), found.slug, found.indicator.name, indicators.notes_of(table))


@require_safe
@kept
def catalogue(request: Asked, form: str) -> Made:
    """All open data: DCAT in JSON-LD, or a table."""
    home = province()
    if form == "json":
        return Told(json.dumps(offered.as_dcat(home), ensure_ascii=False, indent=1), home, media_type=LINKED)
    return _file(offered.as_table(home), form, home, "danh-muc-du-lieu-mo", offered.TITLE, [("Giấy phép", LICENCE)])


def _file(table: Table, form: str, home: Face, stem: str, title: str, notes: list[tuple[str, str]]) -> Told:
    """A table as JSON, as CSV, as a sheet with its notes; Hidden for any other form."""
    name = f"{stem}.{form}"
    match form:
        case "json":
            return Told(as_json(table), home, media_type=JSON)
        case "csv":
            text = separated([(column, 0) for column in table.columns], table.cells)
            return Told(text, home, media_type=CSV, name=name)
        case "xlsx":
            made = sheet(title, list(table.columns.values()), table.cells, notes)
            return Told(made, home, media_type=MEDIA_TYPE, name=name)
        case _:
            raise Hidden


def _published(typed: str) -> Published:
    month = month_typed(typed)
    found = published(province().unit, month) if month and f"{month:%Y-%m}" == typed else None
    if found is None:
        raise Hidden
    return found
