"""Agencies and their people for everybody: the list, found by words; one agency; the press room."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tram.identity.queries import address_of
from tram.kernel import clock
from tram.portal.pages.finding import ASKED, TOO_OFTEN
from tram.portal.pages.keeping import Made, Told, answered, kept, rendered
from tram.portal.queries import province, site_at
from tram.portal.screens import people as screens
from tram.web.asked import Asked
from tram.web.throttle import neighbourhood


@require_safe
@kept
def directory(request: Asked) -> Made:
    """Every agency that is public."""
    home = province()
    return Told(rendered("people", screens.directory(home, request.at)), home, "portal.people/0")


@require_safe
def found(request: Asked) -> HttpResponse:
    """Agencies and people with some words; never kept, never in an index of others."""
    text, home = request.GET.get("ten", "").replace("\x00", "").strip()[:200], province()
    who, now = neighbourhood(address_of(request)), clock.now()
    if not text:
        return HttpResponse(status=303, headers={"Location": reverse("portal:people")})
    if ASKED.is_full(who, now):
        context = screens.directory(home, request.at) | {"trouble": TOO_OFTEN}
        response = answered("people", context, 429)
        response.headers["Retry-After"] = "60"
        return response
    ASKED.note(who, now)
    return answered("people", screens.found(home, request.at, text), 200)


@require_safe
@kept
def agency(request: Asked, slug: str) -> Made:
    """One agency."""
    face = site_at(slug)
    return Told(rendered("agency", screens.agency(face, request.at)), face, f"portal.people/{face.agency}")


@require_safe
@kept
def press(request: Asked, slug: str = "") -> Made:
    """The press room of the province, or of an agency."""
    face = site_at(slug) if slug else province()
    return Told(rendered("press", screens.press(face, request.at)), face, f"portal.press/{face.agency}")
