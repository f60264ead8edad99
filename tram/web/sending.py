"""A file on its way to a browser: always a download, never a page of ours; one of the disk is resumable."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from tram.web.after import go
from tram.web.ranges import Unsatisfiable, asked_range

STEP = 256 * 1024
PNG = b"\x89PNG"
LOCKED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def sent(request: HttpRequest, place: Path, size: int, *, mark: str, name: str, media_type: str) -> HttpResponseBase:
    """A file of `size` bytes under its name; one range when asked, for resuming. `mark` is another for other content."""
    tag = f'"{mark}"'
    if request.headers.get("If-None-Match") == tag:
        return locked(HttpResponseNotModified(), ETag=tag)
    try:
        span = _range(request, tag, size)
    except Unsatisfiable:
        return locked(HttpResponse(status=416), **{"Content-Range": f"bytes */{size}"})
    response = _body(place, size, span)
    disposition = content_disposition_header(True, name) or "attachment"
    headers = {"Content-Type": media_type, "Content-Disposition": disposition, "Accept-Ranges": "bytes"}
    return locked(response, ETag=tag, **headers)


def handed(request: HttpRequest, made: bytes | str, *, name: str, media_type: str) -> HttpResponse:
    """What was made while one waited, as a download under its name; where that is an address, off to that page."""
    if isinstance(made, str):
        return go(request, made)
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(made, content_type=media_type, headers={"Content-Disposition": disposition})


def stored(request: HttpRequest, packed: bytes, *, mark: str, media_type: str, name: str = "") -> HttpResponse:
    """A page, or a download under its name, that is the same for everybody and was packed (gzip) before; whoever has it
    already is told so.

    Whoever keeps it asks each time whether it still holds.
    """
    headers = {"ETag": f'W/"{mark}"', "Vary": "Accept-Encoding", "Cache-Control": "public, no-cache"}
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers=headers)
    if name:
        headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = packed, "gzip"
    else:
        body = gzip.decompress(packed)
    return HttpResponse(body, content_type=media_type, headers=headers | {"Content-Length": str(len(body))})


def drawn(place: Path, **headers: str) -> HttpResponseBase:
    """An image of a page or of a picture, as it was drawn here."""
    image = place.open("rb")
    media_type = "image/png" if image.read(len(PNG)) == PNG else "image/jpeg"
    image.seek(0)
    return locked(FileResponse(image, content_type=media_type), **headers)


def locked(response: HttpResponseBase, **headers: str) -> HttpResponseBase:
    """The answer with what keeps a file from being read as a page."""
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
