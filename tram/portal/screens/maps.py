"""What the map of the whole portal names: places, and articles by the month in which they were let out."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from tram.kernel.clock import local
from tram.news.queries.public import addresses_between
from tram.portal.queries import all_faces, province
from tram.portal.rules.procedures import procedures
from tram.portal.screens.articles import MOST_IN_A_MAP, menu, places, whole


def places_told(at: datetime, more: Iterable[str] = ()) -> list[tuple[str, datetime | None]]:
    """Whole addresses of the fronts, the categories, the procedures, and of what else there is."""
    home = province()
    urls = [
        home.url,
        reverse("portal:sites"),
        reverse("portal:open_data"),
        *(url for _, url in places(home)),
        *(reverse("portal:procedure", args=[slug]) for slug in procedures()),
        *(one["url"] for one in menu(home, "")),
        *(one.url for one in all_faces(at)),
        *more,
    ]
    return [(whole(url), None) for url in urls]


def articles_told(since: datetime, until: datetime, at: datetime) -> list[tuple[str, datetime | None]]:
    """Whole addresses of what was let out from `since` to before `until`, with the moment."""
    rows = addresses_between(since, until, at, MOST_IN_A_MAP)
    return [(whole(reverse("portal:article", args=[slug])), local(moment)) for slug, moment in rows]
