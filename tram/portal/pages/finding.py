"""Finding among what is public, with and without marks. By the house's own search, asked as somebody without any right."""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tram.identity.queries import address_of
from tram.kernel import clock
from tram.portal import screens
from tram.portal.pages.keeping import answered
from tram.portal.queries import found, province
from tram.web.asked import Asked
from tram.web.throttle import Throttle, neighbourhood

ASKED = Throttle(120, timedelta(minutes=1))
"""A whole office may stand behind one address."""
TOO_OFTEN = "Máy ở địa chỉ này tìm quá nhiều lần. Chờ một phút rồi tìm lại."


@require_safe
def search(request: Asked) -> HttpResponse:
    """The empty field, or what was found; never kept, never in an index of others."""
    text, home = request.GET.get("q", "").replace("\x00", "").strip()[:300], province()
    context = {"text": text, **screens.shell(home, home, reverse("portal:search"))}
    who, now = neighbourhood(address_of(request)), clock.now()
    if text and ASKED.is_full(who, now):
        response = answered("search", context | {"trouble": TOO_OFTEN}, 429)
        response.headers["Retry-After"] = "60"
        return response
    if text:
        ASKED.note(who, now)
        hits = found(text, request.GET.get("tiep", "")[:60], request.at)
        following = f"?{urlencode({'q': text, 'tiep': hits.next_place})}" if hits.next_place else ""
        context |= {"found": hits, "older": following}
    return answered("search", context, 200)
