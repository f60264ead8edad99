"""Drafts put to the public, for everybody: lists by agency, one draft with what is said of it, its file."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tram.kernel.refs import ref_of
from tram.kernel.verdicts import Hidden
from tram.portal.pages.files import download
from tram.portal.pages.keeping import Made, Told, absent, answered, kept, rendered
from tram.portal.queries import draft_file, province, site_at
from tram.portal.rules.addresses import day_of, place_of
from tram.portal.screens import drafts as screens
from tram.voices.queries import Gone, draft_at
from tram.web.apart import apart
from tram.web.asked import Asked


@require_safe
@kept
def listing(request: Asked, slug: str = "") -> Made:
    """Drafts of everybody or of one agency, those that take opinions first."""
    face = site_at(slug) if slug else province()
    context = screens.listing(face, request.at, after=day_of(request.GET.get("sau", "")))
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
    return download(request, card)
