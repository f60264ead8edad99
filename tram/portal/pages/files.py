"""Pictures and files of public articles: a picture drawn anew as pixels, every other file as a download, while the row is open."""

from pathlib import Path
from uuid import UUID

from django.http import HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tram.files.queries import Card, open_blob, page_image
from tram.kernel.verdicts import Hidden, Invalid
from tram.portal.pages.keeping import absent
from tram.portal.queries import file_shown
from tram.portal.screens.articles import WIDTHS
from tram.web.apart import apart
from tram.web.asked import Asked
from tram.web.sending import drawn, locked, sent

CHECKED_EACH_TIME = "public, no-cache"
"""Whoever kept it asks again whether it is public still."""


@require_safe
def picture(request: Asked, slug: str, key: UUID, width: int) -> HttpResponseBase:
    """A picture as pixels that were drawn here; the bytes that somebody brought are never sent."""
    try:
        card = file_shown(slug, key, request.at, "picture")
        place = page_image(card, 1, width if width in WIDTHS else 0)
    except (Hidden, Invalid):
        return absent(request)
    return pixels(request, place, f"{card.sha256[:32]}-{width}")


def pixels(request: Asked, place: Path, mark: str) -> HttpResponseBase:
    """What was drawn here, to be kept by whoever asks each time whether it is public still."""
    headers = {"ETag": f'W/"{mark}"', "Cache-Control": CHECKED_EACH_TIME, "X-Robots-Tag": "noindex"}
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return locked(HttpResponseNotModified(), **headers)
    return drawn(place, **headers)


@apart
@require_safe
def attachment(request: Asked, slug: str, key: UUID, name: str) -> HttpResponseBase:
    """A file or a recording of an article, as a download under its name; a page of the portal lets a recording be heard."""
    try:
        card = file_shown(slug, key, request.at, "file", "recording")
    except Hidden:
        return absent(request)
    response = download(request, card)
    if card.seconds:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def download(request: Asked, card: Card) -> HttpResponseBase:
    """A public file as a download, byte for byte."""
    response = sent(
        request, open_blob(card.id), card.size, mark=card.sha256, name=card.name, media_type=card.media_type
    )
    response.headers["Cache-Control"] = CHECKED_EACH_TIME
    response.headers["X-Robots-Tag"] = "noindex"
    return response
