"""Drafts put to the public, for everybody: lists by agency, one draft with what is said of it, its file."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tram.files.queries import open_blob
from tram.kernel.refs import ref_of
from tram.kernel.verdicts import Hidden
from tram.portal.pages.files import CHECKED_EACH_TIME
from tram.portal.pages.keeping import Made, Told, absent, answered, kept, rendered
from tram.portal.queries import draft_file, province, site_at
from tram.portal.rules.addresses import place_of
from tram.portal.screens import drafts as screens
from tram.voices.queries import Gone, draft_at
from tram.web.apart import apart
from tram.web.asked import Asked
from tram.web.sending import sent


@require_safe
@kept
def listing(request: Asked, slug: str = "") -> Made:
    """Drafts of everybody or of one agency, those that take opinions first."""
    face = site_at(slug) if slug else province()
    context = screens.listing(face, request.at, after=screens.place(request.GET.get("sau", "")))
    return Told(rendered("drafts", context), face, f"portal.drafts/{face.agency}")


@require_safe
@kept
def draft(request: Asked, address: str) -> Made:
    """One draft; that it is gone."""
    if "\x00" in address:
        raise Hidden
    found = draft_at(address)
    if isinstance(found, Gone):
        return answered("gone", screens.gone(found, request.path), 410)
    context = screens.draft(found, request.at, after=place_of(request.GET.get("sau", "")))
    return Told(rendered("draft", context), context["site"], ref_of("voices", "draft", found.line.draft))


@apart
@require_safe
def file(request: Asked, address: str, key: UUID, name: str) -> HttpResponseBase:
    """The file of a draft as a download, byte for byte as it was agreed to."""
    try:
        card = draft_file(address, key)
    except Hidden:
        return absent(request)
    response = sent(
        request, open_blob(card.id), card.size, mark=card.sha256, name=card.name, media_type=card.media_type
    )
    response.headers["Cache-Control"] = CHECKED_EACH_TIME
    response.headers["X-Robots-Tag"] = "noindex"
    return response
