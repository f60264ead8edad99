"""Administrative procedures for who wants to do one: the list by field, found by words; one with papers, days, fee and place."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tram.kernel.verdicts import Hidden
from tram.portal.pages.keeping import Made, Told, answered, kept, rendered
from tram.portal.queries import province
from tram.portal.rules.procedures import procedures
from tram.portal.screens import procedures as screens
from tram.web.asked import Asked


@require_safe
@kept
def listing(request: Asked) -> Made:
    """All of them."""
    home = province()
    return Told(rendered("procedures", screens.listing(home, request.at)), home, "portal.procedures/0")


@require_safe
def found(request: Asked) -> HttpResponse:
    """Those with some words; never kept, never in an index of others."""
    text = request.GET.get("ten", "").replace("\x00", "").strip()[:200]
    return answered("procedures", screens.listing(province(), request.at, text), 200)


@require_safe
@kept
def procedure(request: Asked, slug: str) -> Made:
    """One procedure."""
    one = procedures().get(slug)
    if one is None:
        raise Hidden
    home = province()
    return Told(
        rendered("procedure", screens.procedure(home, one, request.at)), home, f"portal.procedure/0-{slug}"[:120]
    )
