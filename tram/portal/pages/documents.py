"""Official documents for everybody: lists by agency, kind and year; one document; its files as downloads."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tram.files.queries import open_blob
from tram.gazette.queries import Gone, facets, public_at
from tram.kernel.refs import ref_of
from tram.kernel.verdicts import Hidden
from tram.portal.pages.files import CHECKED_EACH_TIME
from tram.portal.pages.keeping import Made, Told, absent, answered, kept, rendered
from tram.portal.queries import document_file, kind_slugs, province, site_at
from tram.portal.screens import documents as screens
from tram.web.apart import apart
from tram.web.asked import Asked
from tram.web.sending import sent


@require_safe
@kept
def listing(request: Asked, kind: str = screens.ANY, year: str = screens.ANY, slug: str = "") -> Made:
    """What is public of a site, a kind, a year. There is no list of what has nothing, so that nobody invents pages to be kept."""
    face = site_at(slug) if slug else province()
    code = {word: code for code, word in kind_slugs().items()}.get(kind, "")
    number = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0
    if (kind != screens.ANY and not code) or (year != screens.ANY and not number):
        raise Hidden
    if code or number:
        kinds, years = facets(request.at, agency=face.agency, kind=code)
        if (code and code not in kinds) or (number and number not in years):
            raise Hidden
    after = screens.place(request.GET.get("sau", ""))
    context = screens.listing(face, request.at, kind=code, year=number, after=after)
    return Told(rendered("documents", context), face, f"portal.documents/{face.agency}")


@require_safe
@kept
def document(request: Asked, address: str) -> Made:
    """One document; that it is gone."""
    if "\x00" in address:
        raise Hidden
    found = public_at(address, request.at)
    if isinstance(found, Gone):
        return answered("gone", screens.gone(found, request.path), 410)
    context = screens.document(found)
    return Told(rendered("document", context), context["site"], ref_of("gazette", "document", found.line.letter))


@apart
@require_safe
def file(request: Asked, address: str, key: UUID, name: str) -> HttpResponseBase:
    """A file of a document as a download, byte for byte as it was signed."""
    try:
        card = document_file(address, key, request.at)
    except Hidden:
        return absent(request)
    response = sent(
        request, open_blob(card.id), card.size, mark=card.sha256, name=card.name, media_type=card.media_type
    )
    response.headers["Cache-Control"] = CHECKED_EACH_TIME
    response.headers["X-Robots-Tag"] = "noindex"
    return response
