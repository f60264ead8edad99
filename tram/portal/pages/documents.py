"""Official documents for everybody: lists by agency, kind and year; one document; its files as downloads."""

from datetime import timedelta
from uuid import UUID

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tram.files.queries import page_image
from tram.gazette.queries.public import Gone, Narrow, public_at
from tram.kernel import clock
from tram.kernel.verdicts import Hidden, Invalid
from tram.portal.pages.files import download, pixels
from tram.portal.pages.keeping import Made, Told, absent, answered, kept, rendered
from tram.portal.queries import document_file, province, site_at, words_of_filters
from tram.portal.rules.addresses import day_of
from tram.portal.screens import documents as screens
from tram.web.apart import apart
from tram.web.asked import Asked
from tram.web.throttle import Throttle


@require_safe
@kept
def listing(
    request: Asked, kind: str = screens.ANY, year: str = screens.ANY, topic: str = screens.ANY,
    status: str = screens.ANY, slug: str = "",
) -> Made:  # fmt: skip
    """What is public of a site, narrowed. There is no list of what has nothing, so that nobody invents pages to be kept."""
    face = site_at(slug) if slug else province()
    asked = {"kind": kind, "topic": topic, "status": status}
    codes = {name: _code(name, word) for name, word in asked.items()}
    narrow = Narrow(agency=face.agency, year=_year(year), **codes)
    after = day_of(request.GET.get("sau", ""))
    context = screens.listing(face, request.at, narrow, after=after)
    if narrow and not after and not context["rows"]:
        raise Hidden
    return Told(rendered("documents", context), face, f"portal.documents/{face.agency}")


def _code(name: str, word: str) -> str:
    code = {word: code for code, word in words_of_filters()[name].items()}.get(word, "")
    if word != screens.ANY and not code:
        raise Hidden
    return code


def _year(word: str) -> int:
    number = int(word) if word.isascii() and word.isdigit() and len(word) == 4 else 0
    if word != screens.ANY and not screens.EARLIEST <= number <= screens.LATEST:
        raise Hidden
    return number


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
    return Told(rendered("document", context), context["site"], found.line.ref)


UNDRAWN = Throttle(1, timedelta(hours=1))
"""Pages that could not be drawn in time: each attempt takes seconds of the machine, and everybody may ask."""


@require_safe
def page(request: Asked, address: str, key: UUID, number: int) -> HttpResponseBase:
    """One of the first pages of a document as pixels that were drawn here, for whoever has nothing to open the file with."""
    now = clock.now()
    try:
        card = document_file(address, key, request.at)
        mark = f"{card.sha256[:32]}-{number}"
        if UNDRAWN.is_full(mark, now):
            return absent(request)
        place = page_image(card, number if number <= screens.MOST_PAGES else 0)
    except Hidden:
        return absent(request)
    except Invalid:
        UNDRAWN.note(mark, now)
        return absent(request)
    return pixels(request, place, mark)


@apart
@require_safe
def file(request: Asked, address: str, key: UUID, name: str) -> HttpResponseBase:
    """A file of a document as a download, byte for byte as it was signed."""
    try:
        card = document_file(address, key, request.at)
    except Hidden:
        return absent(request)
    return download(request, card)
