"""After a POST: where the page goes, and what the following page says of it (a notice, the undo bar)."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from tram.kernel import clock

ASKED_AGAIN = 10
"""Seconds in which the same page, asked for again, tells the same."""


def place_here(wanted: str, otherwise: str = "") -> str:
    """`wanted` where every browser reads it as a path of this very site, else `otherwise`."""
    safe = (
        wanted.startswith("/")
        and not wanted.startswith("//")
        and "\\" not in wanted
        and wanted.isprintable()
        and url_has_allowed_host_and_scheme(wanted, None)
    )
    return wanted if safe else otherwise


def next_path(request: HttpRequest, otherwise: str) -> str:
    """The path of this very site named by `next`, else `otherwise`."""
    return place_here(request.POST.get("next") or request.GET.get("next") or "", otherwise)


def say_next(request: HttpRequest, text: str, undo_url: str = "", warnings: Iterable[str] = ()) -> None:
    """Leave a sentence for the following page; with `undo_url` it stands in the undo bar (POST takes it back).

    `warnings`: sentences that stand below it.
    """
    notices = [{"kind": "good", "text": text}] if text else []
    said: dict[str, object] = {"notices": [*notices, *({"kind": "warn", "text": one} for one in warnings)]}
    if undo_url:
        said = {"undo": {"url": undo_url, "label": text, "seconds": 10}}
    request.session["said"] = said


def heard(request: HttpRequest) -> dict[str, object]:
    """What was left for this page. It is told once, and once more to who asks again because the answer never came."""
    said = request.session.get("said")
    if not said:
        return {}
    here = request.get_full_path()
    path, at = said.get("told", (here, 0.0))
    now = clock.now().timestamp()
    if not at:
        request.session["said"] = said | {"told": (here, now)}
    elif path != here or now - at > ASKED_AGAIN:
        return {}
    return {key: value for key, value in said.items() if key != "told"}


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser there with GET: 303, or for htmx the header that loads the page whole."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponse(status=303, headers={"Location": url})
