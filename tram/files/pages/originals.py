"""The doors of files: the original as a download, and images of its pages. Never a file as a page of ours."""

from uuid import UUID

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tram.files import queries
from tram.web.asked import Asked
from tram.web.fields import key_in
from tram.web.sending import locked, sent

PNG = b"\x89PNG"


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
    image = place.open("rb")
    media_type = "image/png" if image.read(len(PNG)) == PNG else "image/jpeg"
    image.seek(0)
    response = FileResponse(image, content_type=media_type)
    return locked(response, **{"Cache-Control": "private, max-age=31536000, immutable"})
