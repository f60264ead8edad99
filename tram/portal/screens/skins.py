"""How a site looks: its colour as a style sheet of its own, its picture, its lines; each its own or of an agency above."""

from functools import cache
from hashlib import sha256
from time import monotonic
from typing import Any

from django.urls import reverse

from tram.alerts.queries import is_offered
from tram.contacts.queries import cards
from tram.kernel import clock
from tram.kernel.clock import local_day
from tram.news.queries.public import languages_out
from tram.portal.queries import Face, generations
from tram.portal.rules.english import ENGLISH
from tram.portal.rules.kept import OLDEST_SECONDS
from tram.skins.queries import Worn, in_the_dark, worn
from tram.web.addresses import address

WIDTH = 320
"""Of the picture, in pixels, as the files draw it: sharp on every screen at the height of 56 points."""


@cache
def sheet(colour: str) -> str:
    """The style sheet of a colour: six digits twice, and nothing that anybody typed besides."""
    light, dark = f":root{{--brand:#{colour}}}", f":root{{--brand:#{in_the_dark(colour)}}}"
    return f"{light}@media (prefers-color-scheme:dark){{{dark}}}@media print{{{light}}}\n"


@cache
def sheet_name(colour: str) -> str:
    """Under which it stands: with its hash, so that it may be kept for ever."""
    return f"{colour}-{sha256(sheet(colour).encode()).hexdigest()[:12]}"


def skin_of(site: Face) -> dict[str, Any]:
    """What a page of the site wears, and what its foot offers. Four queries for each generation of it, and no older than a page that is kept."""
    number, now = generations.now().get(site.agency, 0), monotonic()
    found = generations.looks.get(site.unit)
    if found is None or found[0] != number or now - found[1] > OLDEST_SECONDS:
        found = (number, now, dressed(site, worn(site.unit)) | {"tongues": _tongues(), "mail": _mail(site)})
        generations.looks[site.unit] = found
    return found[2]


def _tongues() -> list[dict[str, str]]:
    """The languages of the province in which something is public, for the foot of its pages; English stands there always. One query."""
    found = [one for one in languages_out(clock.now()) if one.code != ENGLISH]
    return [{"code": one.code, "own": one.own, "url": address("portal:language", one.code)} for one in found]


def _mail(site: Face) -> dict[str, str]:
    """Where readers ask for mail, and the same for a topic, whose code follows; nothing while it is not offered. One query."""
    url = address("portal:alerts") + (f"?co-quan={site.slug}" if site.slug else "")
    return {"url": url, "of": f"{url}{'&' if site.slug else '?'}chu-de="} if is_offered() else {}


def dressed(site: Face, told: Worn) -> dict[str, Any]:
    """A site in a skin, for its templates. Its contacts stand before the foot of an agency above. One query."""
    is_own = told.whose.get("foot", (0, ""))[0] == site.unit
    card = None if is_own else next(iter(cards(local_day(clock.now()), site.unit)), None)
    return {
        "colour": told.shade, "sheet": address("portal:sheet", sheet_name(told.colour)) if told.colour else "",
        "slogan": told.slogan, "card": card, "foot": "" if card else told.foot,
        "logo": reverse("portal:logo", args=[told.logo, WIDTH]) if told.logo else "",
    }  # fmt: skip
