"""Questions and answers for everybody: lists by agency, one question with its answer."""

from django.views.decorators.http import require_safe

from tram.kernel.refs import ref_of
from tram.kernel.verdicts import Hidden
from tram.portal.pages.keeping import Made, Told, answered, kept, rendered
from tram.portal.queries import province, site_at
from tram.portal.rules.addresses import place_of
from tram.portal.screens import questions as screens
from tram.voices.queries import Gone, public_at
from tram.web.asked import Asked


@require_safe
@kept
def listing(request: Asked, slug: str = "") -> Made:
    """What was answered, by everybody or by one agency."""
    face = site_at(slug) if slug else province()
    context = screens.listing(face, after=place_of(request.GET.get("sau", "")))
    return Told(rendered("questions", context), face, f"portal.questions/{face.agency}")


@require_safe
@kept
def question(request: Asked, address: str) -> Made:
    """One question; that it is gone."""
    if "\x00" in address:
        raise Hidden
    found = public_at(address)
    if isinstance(found, Gone):
        return answered("gone", screens.gone(found, request.path), 410)
    context = screens.question(found)
    return Told(rendered("question", context), context["site"], ref_of("voices", "voice", found.voice))
