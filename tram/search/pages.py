"""The page of hits, and the suggestions while somebody types. Open to everybody: rights are inside the query."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST

from tram.kernel import clock
from tram.search import commands, queries, screens
from tram.vietnamese.text import tidy
from tram.web.after import go, say_next
from tram.web.middleware import request_actor


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Hits, newest first, with what was understood and where to go on."""
    text = request.GET.get("q", "").strip()
    found = queries.search(actor=request_actor(request), at=clock.now(), text=text, place=request.GET.get("tiep", ""))
    chips = [{"label": chip.label, "url": "?" + urlencode({"q": chip.rest})} for chip in found.chips]
    next_url = "?" + urlencode({"q": text, "tiep": found.next_place}) if found.next_place else ""
    context = {"text": text, "search_query": text, "found": found, "chips": chips, "next_url": next_url}
    return render(request, "search/results.html", context | _kept(request, text))


def _kept(request: HttpRequest, text: str) -> dict[str, Any]:
    """The searches this person may use, and under which name they keep this very one."""
    actor = request_actor(request)
    rows = screens.saved(actor, clock.local_day(clock.now()))
    kept = next((row.name for row in rows if row.is_own and row.text == text), "")
    listed = [{"row": row, "url": "?" + urlencode({"q": row.text}), "is_here": row.text == text} for row in rows]
    return {"saved": listed, "kept_as": kept, "may_save": bool(text and actor.account)}


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Lưu lần tìm này."""
    text, at = tidy(request.POST.get("q", "").replace("\x00", "")), clock.now()
    commands.save_search(
        actor=request_actor(request), at=at, name=tidy(request.POST.get("name", "").replace("\x00", "")), text=text,
        for_unit=bool(request.POST.get("for_unit")),
    )  # fmt: skip
    say_next(request, "Đã lưu. Mở lại ở trang Tìm, hoặc gõ tên trong Ctrl+K.")
    return go(request, f"{reverse('search')}?{urlencode({'q': text})}")


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Bỏ lần tìm đã lưu."""
    commands.forget_search(actor=request_actor(request), at=clock.now(), saved=pk)
    say_next(request, "Đã bỏ lần tìm đã lưu.")
    return go(request, reverse("search"))


@require_GET
def came_today(request: HttpRequest, pk: int) -> HttpResponse:
    """What came today, asked for after the page, so that no page waits for it."""
    told = screens.came_today(request_actor(request), clock.local(clock.now()), pk)
    return HttpResponse(format_html('<span class="quiet-text">hôm nay {}</span>', told) if told else "")


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
