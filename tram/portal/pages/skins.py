"""What a site looks like: the style sheet of its colour, the picture at its head; for officials, a page in what they try."""

from uuid import UUID

from csp.decorators import csp_replace
from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from tram.files.queries import page_image
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden, Invalid
from tram.portal.pages.files import CHECKED_EACH_TIME
from tram.portal.pages.keeping import absent, answered
from tram.portal.queries import Face, faces, open_files, province
from tram.portal.screens.fronts import front_of
from tram.portal.screens.skins import WIDTH, dressed, sheet_name
from tram.portal.screens.skins import sheet as sheet_of
from tram.skins.queries import is_worn, open_skin, own_agency, tried, worn_with
from tram.web.asked import Asked
from tram.web.sending import drawn, locked

DIGITS = frozenset("0123456789abcdef")


@require_safe
def sheet(request: Asked, name: str) -> HttpResponse:
    """A colour as a style sheet, kept by browsers for ever: its name is of what it says."""
    colour = name[:6]
    if len(colour) < 6 or not DIGITS.issuperset(colour) or name != sheet_name(colour):
        return absent(request)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HttpResponse(sheet_of(colour), content_type="text/css; charset=utf-8", headers=headers)


@require_safe
def logo(request: Asked, key: UUID, width: int) -> HttpResponseBase:
    """The picture at the head of a site, as pixels that were drawn here, while some site wears it."""
    card = open_files([key]).get(str(key)) if width == WIDTH and is_worn(key) else None
    try:
        place = page_image(card, 1, width) if card else None
    except (Hidden, Invalid):
        place = None
    if card is None or place is None:
        return absent(request)
    headers = {"ETag": f'W/"{card.sha256[:32]}-{width}"', "Cache-Control": CHECKED_EACH_TIME, "X-Robots-Tag": "noindex"}
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return locked(HttpResponseNotModified(), **headers)
    return drawn(place, **headers)


@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]
@require_GET
def preview(request: Asked) -> HttpResponse:
    """The front page of one's agency in what is being tried, for the screen where it is chosen (skins:look) and for nobody else."""
    agency = own_agency(request.actor, local_day(request.at))
    home = province()
    face = home if agency.pk == home.unit else faces([agency.pk]).get(agency.pk)
    face = face or Face(agency.pk, agency.pk, agency.name, reverse("portal:front"), "xem-thu")
    row = tried(agency.pk)
    told = worn_with(row or open_skin(agency.pk), agency)
    skin = dressed(face, told)
    if row and row.logo and told.logo == row.logo:
        skin["logo"] = f"{reverse('files:page_image', args=[row.logo, 1])}?rong={WIDTH}"
    context = front_of(face, request.at) | {"skin": skin}
    response = answered("front", context, 200)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
