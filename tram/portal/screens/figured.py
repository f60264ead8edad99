"""Figures of indicators as rows, boxes and blocks: on fronts, in lists, in articles where a paragraph is nothing but an address."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.conf import settings

from tram.indicators.queries.figures import Period, Point, Shown, latest, shown_of, with_unit
from tram.portal.queries import FIGURE_KIND, Face, generations
from tram.portal.rules.charts import Chart, Given, chart, told
from tram.portal.rules.telling import FEEDS
from tram.search.sockets import CardInput
from tram.web.addresses import address
from tram.web.sheets import CSV, MEDIA_TYPE

ADDRESS = re.compile(r"/cong/so-lieu/([a-z0-9-]{1,160})")
MEDIA = {"xlsx": MEDIA_TYPE, "csv": CSV.partition(";")[0], "json": "application/json"}
FORMS = tuple(MEDIA)
ON_FRONT = 3
QUARTERS = ("I", "II", "III", "IV")


def url_of(slug: str) -> str:
    """The page of an indicator."""
    return address("portal:indicator", slug)


def files_of(slug: str) -> list[tuple[str, str]]:
    """Its downloads."""
    return [(form.upper(), address("portal:indicator_file", slug, form)) for form in FORMS]


def feeds(slug: str, title: str) -> dict[str, Any]:
    """What of it is new, for programs: as `articles.feeds_of` has it of a site."""
    found = [
        {"url": address("portal:indicator_file", slug, form), "type": kind, "title": title}
        for form, kind in FEEDS.items()
    ]
    return {"alternates": found, "feed": found[0]["url"]}


def row_of(line: Shown) -> dict[str, Any]:
    """Its last figure, for a list or a box."""
    return {
        "title": line.title, "url": url_of(line.slug), "text": line.last.amount.text, "unit": unit_of(line),
        "when": line.last.period.words, "files": files_of(line.slug), "publisher": line.last.publisher,
    }  # fmt: skip


def unit_of(line: Shown) -> str:
    """Its unit beside the figure; a rank says it itself."""
    return "" if line.indicator.type == "rank" else line.indicator.unit


def groups() -> list[tuple[str, list[dict[str, Any]]]]:
    """What is public of every indicator, by groups, each with its last figure. One query."""
    return [
        (name, [row_of(line) for line in lines])
        for name, lines in groupby(latest(), key=lambda line: line.indicator.group)
    ]


class Newest:
    """The last periods that were approved last on each site: read anew with the generations, so that a front page costs no statement for it.

    A correction of an older period brings nothing forward here, where the figure of the last one stands: the feed tells it.
    """

    def __init__(self) -> None:
        self._held: tuple[dict[int, int], dict[int, list[dict[str, Any]]]] = ({}, {})

    def of(self, agency: int) -> list[dict[str, Any]]:
        """A few rows of an agency; of all for 0."""
        numbers = generations.now()
        if self._held[0] is not numbers:
            self._held = (numbers, {})
        rows = self._held[1]
        if agency not in rows:
            newest = sorted(latest(agency=agency), key=lambda line: line.last.since_at, reverse=True)
            rows[agency] = [row_of(line) for line in newest[:ON_FRONT]]
        return rows[agency]


NEWEST = Newest()


def on_front(site: Face) -> dict[str, Any]:
    """What was approved last, for a front page."""
    return {"figures": NEWEST.of(site.agency), "figures_url": address("portal:open_data")}


def _given(point: Point) -> Given:
    return Given(point.period.ends_on, point.amount.value, point.amount.text, _short(point.period))


def _short(period: Period) -> str:
    """A period under the axis of a chart."""
    on = period.ends_on
    match period.kind:
        case "year":
            return str(on.year)
        case "quarter":
            return f"{QUARTERS[on.month // 3 - 1]}/{on.year}"
        case "half" | "nine_months":
            return f"{on.month}T/{on.year}"
        case _:
            return f"{on.month}/{on.year}"


def drawn(line: Shown) -> tuple[Chart | None, str]:
    """The chart of the periods that are like the last one, with what it says in words; none of ranks, nor of too few."""
    given = [_given(point) for point in line.points if point.period.kind == line.last.period.kind]
    drawing = None if line.indicator.type == "rank" else chart(given, is_line=line.indicator.kind == "stock")
    return drawing, told(given) if drawing else ""


def address_in(text: str) -> str:
    """The slug of the indicator whose address on this portal is all that a text says; "" for any other text."""
    found = ADDRESS.fullmatch(text.removeprefix(settings.TRAM_PUBLIC_URL.rstrip("/")))
    return found[1] if found else ""


def blocks(texts: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Of texts that are the address of an indicator: the figure that stands there; none where it is public no more.

    No query where no text is one of these, else two.
    """
    slugs = {text: slug for text in texts if (slug := address_in(text))}
    lines = {line.slug: line for line in shown_of(slugs=slugs.values())} if slugs else {}
    return {text: _block(lines[slug]) for text, slug in slugs.items() if slug in lines}


def _block(line: Shown) -> dict[str, Any]:
    drawing, words = drawn(line)
    return {
        "kind": "figure", **row_of(line), "document": line.last.document, "note": line.last.note, "chart": drawing,
        "chart_words": words,
    }  # fmt: skip


def addresses() -> list[str]:
    """The pages of indicators, for the map of the portal."""
    return [url_of(line.slug) for line in latest()]


def figure_cards(keys: Sequence[int]) -> list[CardInput]:
    """The search cards of those of these series that are public, by what their pages show."""
    return [
        CardInput(
            kind=FIGURE_KIND, key=line.series, at=line.changed_at, title=line.title, readers=("public",), agency=line.agency,
            url=url_of(line.slug), sender=line.agency_name, body=line.indicator.definition,
            line=f"{with_unit(line.last.amount, line.indicator)}, {line.last.period.words}",
        )
        for line in shown_of(keys=keys)
    ]  # fmt: skip
