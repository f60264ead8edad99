"""How a public page is sent: kept under its address and generation, compressed, the same for everybody, without a cookie."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from time import monotonic
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse
from django.template.loader import render_to_string

from tram.kernel.verdicts import Hidden
from tram.portal.queries import Face, generations, province
from tram.portal.rules.kept import TURNS, Page, packed, shelf_of
from tram.portal.screens.articles import given, shell
from tram.web.asked import Asked

P = ParamSpec("P")
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Told:
    """Điều trang nói: the text of a page of a site; `ref` is as what its visits are counted, empty for what people do not read.
    `name`: it is a download under this name.
    """

    text: str | bytes
    site: Face
    ref: str = ""
    media_type: str = HTML
    name: str = ""


Made = Told | HttpResponse
"""What a view makes: a page to be kept, or an answer that is not."""


def kept(make: Callable[Concatenate[Asked, P], Made]) -> Callable[Concatenate[Asked, P], HttpResponse]:
    """Keep what a view makes. Whoever asks after that is given it by `plugs.lying_ready`, before the view is reached.

    The number is read before the page is made: what is kept may be newer than its number, never older. Whoever asks while it is
    being made waits for it, so that no process makes a page twice at once.
    """

    @wraps(make)
    def answer(request: Asked, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if "\x00" in request.path:  # no table holds it, so nothing can stand there
            return absent(request)
        shelf, address = shelf_of(request.path, request.GET.get("sau", ""))
        with TURNS.of(address):
            numbers, now = generations.now(), monotonic()
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
        return given(request, page)

    return answer


def _page(told: Told, numbers: dict[int, int], now: float) -> Page:
    body, mark = packed(told.text)
    number = numbers.get(told.site.agency, 0)
    return Page(body, told.media_type, mark, told.site.agency, number, now, told.ref, told.site.unit, told.name)


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
    return answered("absent", shell(home, home, home.url), 404)
