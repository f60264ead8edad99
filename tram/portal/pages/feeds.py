"""What programs read: feeds of each site, the map of the whole portal, and which addresses robots may visit."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tram.gazette.queries.public import months as months_of_documents
from tram.kernel.verdicts import Hidden
from tram.news.queries.public import months
from tram.portal.pages.keeping import Made, Told, kept
from tram.portal.queries import Face, category_slugs, province, site_at
from tram.portal.rules import telling
from tram.portal.screens import agendas, documents, drafts, figured, maps, offered, people, questions
from tram.portal.screens import articles as screens
from tram.voices.queries import months as months_of_voices
from tram.voices.queries import public_drafts
from tram.web.asked import Asked

CALENDAR = "text/calendar; charset=utf-8"
XML = "application/xml; charset=utf-8"
PLACES, DRAFTS, DOCUMENTS, VOICES = "trang", "du-thao", "van-ban-", "hoi-dap-"
ROBOTS = """User-agent: *
Allow: /cong
Disallow: /cong/hoi-dap/hoi
Disallow: /cong/hoi-dap/ma
Disallow: /cong/du-thao/*/gop-y
Disallow: /cong/nhan-tin
Allow: /tinh/
Allow: /xac-minh$
Disallow: /

Sitemap: {map}
"""


@require_safe
@kept
def feed(request: Asked, form: str, slug: str = "", category: str = "") -> Made:
    """The newest of a site, or of one of its categories, as RSS, Atom or JSON Feed."""
    code = category_slugs().get(category, "")
    if category and not code:
        raise Hidden
    return _fed(lambda face: screens.channel(face, request.at, request.path, code), form, slug, request.at)


@require_safe
@kept
def documents_feed(request: Asked, form: str, slug: str = "") -> Made:
    """What a site made public of its documents last, in the same forms."""
    return _fed(lambda face: documents.channel(face, request.at, request.path), form, slug, request.at)


@require_safe
@kept
def questions_feed(request: Asked, form: str, slug: str = "") -> Made:
    """What a site answered last, in the same forms."""
    return _fed(lambda face: questions.channel(face, request.path), form, slug, request.at)


@require_safe
@kept
def drafts_feed(request: Asked, form: str, slug: str = "") -> Made:
    """What a site put to the public last, in the same forms."""
    return _fed(lambda face: drafts.channel(face, request.path), form, slug, request.at)


@require_safe
@kept
def figures_feed(request: Asked, form: str, slug: str = "") -> Made:
    """Figures of a site as they were made public or corrected last, in the same forms."""
    return _fed(lambda face: offered.channel(face, request.path), form, slug, request.at)


@require_safe
@kept
def drafts_calendar(request: Asked, slug: str = "") -> Made:
    """The last days for opinions as a calendar."""
    face = site_at(slug) if slug else province()
    return Told(drafts.calendar(face), face, media_type=CALENDAR)


def _fed(channel: Callable[[Face], telling.Channel], form: str, slug: str, now: datetime) -> Told:
    """What a site tells, in a form that there is; of the province where no site is named. Raises Hidden."""
    if form not in telling.FEEDS:
        raise Hidden
    face = site_at(slug) if slug else province()
    return Told(telling.fed(channel(face), form, now), face, media_type=f"{telling.FEEDS[form]}; charset=utf-8")


@require_safe
@kept
def sitemap(request: Asked) -> Made:
    """The maps: one of the places, one of drafts, one for each month of articles, of documents, of questions."""
    parts = [
        PLACES,
        *([DRAFTS] if public_drafts(0, 1) else []),
        *map(_word, months(request.at)),
        *(f"{DOCUMENTS}{_word(month)}" for month in months_of_documents()),
        *(f"{VOICES}{_word(month)}" for month in months_of_voices()),
    ]
    maps = [screens.whole(reverse("portal:map", args=[part])) for part in parts]
    return Told(telling.sitemap_index(maps), province(), media_type=XML)


def _word(month: datetime) -> str:
    return f"{month:%Y-%m}"


@require_safe
@kept
def map_part(request: Asked, part: str) -> Made:
    """One of the maps; there is none of a month in which nothing was let out, so that nobody invents pages to be kept."""
    if part == PLACES:
        more = [*people.told(request.at), *agendas.told(request.at), *figured.addresses()]
        return Told(telling.sitemap(maps.places_told(request.at, more)), province(), media_type=XML)
    if part == DRAFTS and public_drafts(0, 1):
        return Told(telling.sitemap(drafts.told()), province(), media_type=XML)
    prefix = next((one for one in (DOCUMENTS, VOICES) if part.startswith(one)), "")
    known = {DOCUMENTS: months_of_documents, VOICES: months_of_voices}.get(prefix, lambda: months(request.at))()
    since = {_word(month): month for month in known}.get(part.removeprefix(prefix))
    if since is None:
        raise Hidden
    until = (since + timedelta(days=32)).replace(day=1)
    tellers = {DOCUMENTS: documents.told, VOICES: questions.told}
    told = tellers[prefix](since, until) if prefix else maps.articles_told(since, until, request.at)
    return Told(telling.sitemap(told), province(), media_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The portal may be visited, nothing else."""
    text = ROBOTS.format(map=screens.whole(reverse("portal:sitemap")))
    return HttpResponse(
        text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"}
    )
