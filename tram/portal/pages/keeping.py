"""How a public page is sent: kept under its address and generation, compressed, the same for everybody, without a cookie."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from time import monotonic
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string

from tram.identity.queries import address_of
from tram.kernel.verdicts import Hidden
from tram.portal.queries import Face, generations, province
from tram.portal.rules.addresses import place_of, place_word
from tram.portal.rules.kept import Kept, Page, packed
from tram.portal.screens import shell
from tram.visits.commands.counting import note
from tram.web.asked import Asked

P = ParamSpec("P")
HTML = "text/html; charset=utf-8"
KEPT, OLDER = Kept(), Kept(most=8 * 1024 * 1024)
"""First pages; and the pages further down in lists, of which anybody can invent places: those push out one another alone."""


@dataclass(frozen=True, slots=True)
class Told:
    """Điều trang nói: the text of a page of a site; `ref` is as what its visits are counted, empty for what people do not read."""

    text: str
    site: Face
    ref: str = ""
    media_type: str = HTML


Made = Told | HttpResponse
"""What a view makes: a page to be kept, or an answer that is not."""


def kept(make: Callable[Concatenate[Asked, P], Made]) -> Callable[Concatenate[Asked, P], HttpResponse]:
    """Keep what a view makes, and answer with what was kept. Of the query only `sau` makes another page.

    The number is read before the page is made: what is kept may be newer than its number, never older.
    """

    @wraps(make)
    def answer(request: Asked, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        place, numbers, now = place_of(request.GET.get("sau", "")), generations.now(), monotonic()
        address, shelf = (f"{request.path}?{place_word(place)}", OLDER) if place else (request.path, KEPT)
        page = shelf.find(address, numbers, now)
        if page is None:
            try:
                made = make(request, *args, **kwargs)
            except Hidden:
                made = absent(request)
            if isinstance(made, HttpResponse):
                return made
            page = _page(made, numbers, now)
            shelf.keep(address, page)
        if page.ref:
            note(
                page=page.ref, agency=page.counted, at=request.at, method=request.method or "", headers=request.headers,
                address=address_of(request),
            )  # fmt: skip
        return _sent(request, page)

    return answer


def _page(told: Told, numbers: dict[int, int], now: float) -> Page:
    body, mark = packed(told.text)
    number = numbers.get(told.site.agency, 0)
    return Page(body, told.media_type, mark, told.site.agency, number, now, told.ref, told.site.unit)


def _sent(request: HttpRequest, page: Page) -> HttpResponse:
    tag = f'W/"{page.mark}"'
    if tag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(page.packed, content_type=page.media_type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(page.packed), content_type=page.media_type)
    response.headers["ETag"] = tag
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def rendered(template: str, context: dict[str, Any]) -> str:
    """A page without the request: nothing of who asks can stand in what is kept for everybody."""
    return render_to_string(f"portal/{template}.html", context)


def answered(template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """A page that is not kept."""
    response = HttpResponse(rendered(template, context), content_type=HTML, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def absent(request: Asked) -> HttpResponse:
    """Nothing stands at this address, for nobody."""
    home = province()
    return answered("absent", shell(home, home, request.at, home.url), 404)
