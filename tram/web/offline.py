"""Without a line: the worker that keeps the skin and the last pages, and the header by which a page allows it.

Nothing is kept unless its view says so: a page of a restricted thing simply does not ask. The copies belong to one account,
are shown for as long as a session lasts, and go when anybody signs out or comes to the sign-in page.
"""

from functools import cache
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from tram.web.middleware import request_actor

PARTS = (
    "web/tram.css", "web/htmx.min.js", "web/tram.js", "web/uploads.js",
    "web/fonts/be-vietnam-pro-400.woff2", "web/fonts/be-vietnam-pro-600.woff2",
)  # fmt: skip
MOST_PAGES = 50


def keep(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the person's own browser show this page while the line is down. Never for what is restricted."""
    account = request_actor(request).account
    if account is not None and not request.headers.get("HX-Request"):
        response.headers["Offline-Owner"] = str(account)
    return response


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, for every page of the site."""
    response = render(request, "web/worker.js", _parts(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What is shown without a line where nothing was kept; the same for everybody."""
    return render(request, "web/offline.html", {"actor": None, "said": {}})


@cache
def _parts() -> dict[str, object]:
    parts = [static(name) for name in PARTS]
    return {
        "parts": parts,
        "version": sha256("".join(parts).encode()).hexdigest()[:12],
        "offline": reverse("offline"),
        "entrance": resolve_url(settings.LOGIN_URL),
        "most": MOST_PAGES,
        "hours": settings.SESSION_COOKIE_AGE // 3600,
    }
