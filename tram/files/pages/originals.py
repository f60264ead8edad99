"""The doors of files: the original as a download, and images of its pages. Never a file as a page of ours."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tram.files import queries
from tram.web.asked import Asked
from tram.web.fields import key_in
from tram.web.sending import drawn, sent


@require_safe
def download(request: Asked, key: UUID, name: str) -> HttpResponseBase:
    """The original, as it came, under the name it came with."""
    card = queries.opened(request.actor, key, request.at)
    place = queries.open_blob(card.id)
    return sent(request, place, card.size, mark=card.sha256, name=card.name, media_type=card.media_type)


@require_safe
def page_image(request: Asked, key: UUID, number: int) -> HttpResponseBase:
    """The image of one page; `?rong=320|640|900|1800` is its width."""
    card = queries.opened(request.actor, key, request.at)
    place = queries.page_image(card, number, key_in(request.GET.get("rong", "900")))
    return drawn(place, **{"Cache-Control": "private, max-age=31536000, immutable"})
