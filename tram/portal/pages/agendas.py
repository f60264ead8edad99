"""Weekly schedules for everybody: the week that is near, a week, the calendar that programs subscribe to."""

from django.views.decorators.http import require_safe

from tram.agendas.queries import Gone, monday_typed, public_week
from tram.kernel.verdicts import Hidden
from tram.portal.pages.keeping import Made, Told, answered, kept, rendered
from tram.portal.queries import Face, province, site_at
from tram.portal.screens import agendas as screens
from tram.web.asked import Asked

CALENDAR = "text/calendar; charset=utf-8"


def _face(slug: str) -> Face:
    return site_at(slug) if slug else province()


@require_safe
@kept
def nearest(request: Asked, slug: str = "") -> Made:
    """The week that readers look for, of an agency or of the province's committee."""
    face = _face(slug)
    return Told(rendered("agenda", screens.nearest(face, request.at)), face, f"portal.agendas/{face.agency}")


@require_safe
@kept
def week(request: Asked, monday: str, slug: str = "") -> Made:
    """One week; that it is gone."""
    face, day = _face(slug), monday_typed(monday)
    if day is None:
        raise Hidden
    found = public_week(face.unit, day)
    if isinstance(found, Gone):
        return answered("gone", screens.gone(face, found, request.path), 410)
    context = screens.week(face, request.at, found, request.path)
    return Told(rendered("agenda", context), face, f"portal.agendas/{face.agency}")


@require_safe
@kept
def feed(request: Asked, slug: str = "") -> Made:
    """The weeks of an agency as a calendar."""
    face = _face(slug)
    return Told(screens.calendar(face, request.at), face, media_type=CALENDAR)
