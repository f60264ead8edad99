"""The page of hits, and the suggestions while somebody types. Open to everybody: rights are inside the query."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tram.kernel import clock
from tram.search import queries
from tram.web.middleware import request_actor


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Hits, newest first, with what was understood and where to go on."""
    text = request.GET.get("q", "").strip()
    found = queries.search(actor=request_actor(request), at=clock.now(), text=text, place=request.GET.get("tiep", ""))
    chips = [{"label": chip.label, "url": "?" + urlencode({"q": chip.rest})} for chip in found.chips]
    next_url = "?" + urlencode({"q": text, "tiep": found.next_place}) if found.next_place else ""
    context = {"text": text, "search_query": text, "found": found, "chips": chips, "next_url": next_url}
    return render(request, "search/results.html", context)


@require_GET
def suggest(request: HttpRequest) -> JsonResponse:
    """People and units whose names begin so, then the first eight hits, as JSON for the command palette."""
    asked: dict[str, Any] = {"actor": request_actor(request), "at": clock.now(), "text": request.GET.get("q", "")}
    rows = [
        {"kind": entry.kind, "title": entry.title, "line": entry.line, "url": entry.url}
        for entry in queries.entries(**asked)
    ]
    rows += [
        {"kind": hit.kind, "title": queries.plain(hit.title), "line": _line(hit), "url": hit.url}
        for hit in queries.suggest(**asked)
    ]
    return JsonResponse({"hits": rows})


def _line(hit: queries.Hit) -> str:
    return " · ".join(filter(None, (queries.plain(hit.number), queries.plain(hit.sender), f"{hit.at:%d/%m/%Y}")))
