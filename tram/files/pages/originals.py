"""The doors of files: the original as a download, and images of its pages. Never a file as a page of ours."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tram.files import queries
from tram.files.rules.ranges import Unsatisfiable, asked_range
from tram.web.middleware import request_actor

STEP = 256 * 1024
PNG = b"\x89PNG"
LOCKED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def download(request: HttpRequest, key: UUID, name: str) -> HttpResponseBase:
    """The original, as it came, under the name it came with; one range when asked, for resuming."""
    card = queries.opened(request_actor(request), key, request.at)  # type: ignore[attr-defined]
    tag = f'"{card.sha256}"'
    if request.headers.get("If-None-Match") == tag:
        return _locked(HttpResponseNotModified(), ETag=tag)
    try:
        span = _range(request, tag, card.size)
    except Unsatisfiable:
        return _locked(HttpResponse(status=416), **{"Content-Range": f"bytes */{card.size}"})
    response = _body(queries.open_blob(card.id), card.size, span)
    disposition = content_disposition_header(True, card.name) or "attachment"
    headers = {"Content-Type": card.media_type, "Content-Disposition": disposition, "Accept-Ranges": "bytes"}
    return _locked(response, ETag=tag, **headers)


@require_safe
def page_image(request: HttpRequest, key: UUID, number: int) -> HttpResponseBase:
    """The image of one page; `?rong=320|900|1800` is its width."""
    card = queries.opened(request_actor(request), key, request.at)  # type: ignore[attr-defined]
    width = request.GET.get("rong", "900")
    place = queries.page_image(card, number, int(width) if width.isascii() and width.isdigit() else 0)
    image = place.open("rb")
    media_type = "image/png" if image.read(len(PNG)) == PNG else "image/jpeg"
    image.seek(0)
    response = FileResponse(image, content_type=media_type)
    return _locked(response, **{"Cache-Control": "private, max-age=31536000, immutable"})


def _locked(response: HttpResponseBase, **headers: str) -> HttpResponseBase:
    for name, value in {**LOCKED, **headers}.items():
        response.headers[name] = value
    return response


def _range(request: HttpRequest, tag: str, size: int) -> tuple[int, int] | None:
    """The range asked for, unless the asker holds the beginning of another content."""
    if request.headers.get("If-Range", tag) != tag:
        return None
    return asked_range(request.headers.get("Range", ""), size)


def _body(place: Path, size: int, span: tuple[int, int] | None) -> HttpResponseBase:
    if span is None:
        return FileResponse(place.open("rb"))
    first, last = span
    response: Any = StreamingHttpResponse(_bytes(place.open("rb"), first, last - first + 1), status=206)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Content-Length"] = str(last - first + 1)
    return response  # type: ignore[no-any-return]


def _bytes(file: BinaryIO, first: int, count: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while count > 0 and (piece := file.read(min(count, STEP))):
            count -= len(piece)
            yield piece
