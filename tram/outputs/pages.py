"""The page of a file that is being made: how far it is, Thôi, Tải về."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST, require_safe

from tram.notifications.commands import read_about
from tram.outputs import commands, queries
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.sending import sent


@require_GET
def output(request: Asked, key: UUID) -> HttpResponse:
    """How far it is. Asked by the page itself, only the bar; once there is nothing more to wait for, all of the page's body."""
    row = queries.opened(request.actor, key, request.at.date())
    card = queries.card(row, request.at)
    says = "" if request.GET.get("den") == str(card.quarter) and card.is_running else card.words
    context = {"card": card, "says": says, "back_url": card.back_url}
    if not request.headers.get("HX-Request"):
        return render(request, "outputs/output.html", context | {"says": ""})
    if card.is_running:
        return render(request, "outputs/_bar.html", context)
    response = render(request, "outputs/_output.html", context)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#ket-xuat", "outerHTML"
    return response


@require_POST
def stop(request: Asked, key: UUID) -> HttpResponse:
    """Thôi."""
    row = commands.stop(actor=request.actor, at=request.at, output=key)
    say_next(request, f"Đã thôi: {row.title}.")
    return go(request, row.back_url)


@require_POST
def read(request: Asked, key: UUID) -> HttpResponse:
    """Who has its page before their eyes needs no notice of it."""
    row = queries.opened(request.actor, key, request.at.date())
    read_about(actor=request.actor, at=request.at, about=row.ref)
    return HttpResponse(status=204)


@require_safe
def file(request: Asked, key: UUID, name: str) -> HttpResponseBase:
    """The file itself; rights are those of this moment."""
    row = queries.opened(request.actor, key, request.at.date())
    place = queries.file_of(row)
    return sent(
        request, place, place.stat().st_size, mark=f"{row.pk}-{row.tries}", name=row.name, media_type=row.media_type
    )
