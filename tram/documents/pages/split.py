"""Tách văn bản: the pages of a scan in order, marks where letters begin, and the way back."""

from pathlib import Path
from typing import Any

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.documents.commands import split as commands
from tram.documents.forms import SplitForm
from tram.documents.models import Incoming
from tram.documents.pages.desk import address_of, agency_of
from tram.documents.rules import SEPARATOR, letters_of
from tram.documents.screens import papers as screens
from tram.documents.states import BEFORE_THE_BOOK, State
from tram.files import queries as files
from tram.kernel.verdicts import Invalid
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.paper import pdf

SHEET = Path(__file__).parents[1] / "templates" / "documents" / "separator.typ"


def _scan(request: Asked, pk: int) -> Incoming:
    return screens.scan(request.actor, agency_of(request), pk, request.at.date())


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: Asked, pk: int) -> HttpResponse:
    """The pages with the marks proposed; what the clerk marked is split, and the first letter opens on the desk."""
    scan = _scan(request, pk)
    starts, drops = screens.split_proposal(scan.pk)
    if request.method != "POST":
        return _shown(request, scan, set(starts), set(drops))
    form = SplitForm(request.POST)
    if not form.is_valid():
        return _shown(
            request, scan, set(starts), set(drops), {name: str(told[0]) for name, told in form.errors.items()}
        )
    marked = form.cleaned_data
    try:
        made = commands.split(
            actor=request.actor, at=request.at, document=scan, starts=marked["start"], drops=marked["drop"]
        )  # fmt: skip
    except Invalid as error:
        return _shown(request, scan, marked["start"], marked["drop"], error.errors)
    say_next(request, f"Đã tách thành {len(made)} văn bản.", reverse("documents:rejoin", args=[scan.pk]))
    return go(request, address_of(scan.channel, made[0]))


def _shown(
    request: Asked, scan: Incoming, starts: set[int], drops: set[int], errors: dict[str, str] | None = None
) -> HttpResponse:
    is_split = scan.state == State.SPLIT
    file = files.card(commands.splittable(scan).pk)
    why = {page: words for told in screens.split_proposal(scan.pk) for page, words in told.items()}
    pages = [
        {
            "number": page,
            "url": f"{file.image.rpartition('/')[0]}/{page}.jpg?rong=320",
            "starts": page in starts,
            "drops": page in drops,
            "why": why.get(page, ""),
        }
        for page in range(1, (file.pages or 0) + 1)
    ]
    context: dict[str, Any] = {
        "document": scan, "file": file, "pages": pages, "errors": errors, "is_split": is_split,
        "parts": [{**part, "url": _part_url(scan, part)} for part in screens.parts(scan.pk)] if is_split else [],
        "letters": len(letters_of(len(pages), starts, drops)), "back_url": address_of(scan.channel),
    }  # fmt: skip
    return render(request, "documents/split.html", context, status=422 if errors else 200)


def _part_url(scan: Incoming, part: dict[str, Any]) -> str:
    waits = part["state"] in BEFORE_THE_BOOK
    return f"{address_of(scan.channel)}&van-ban={part['key']}" if waits else f"/van-ban-den/{part['key']}"


@require_POST
def rejoin(request: Asked, pk: int) -> HttpResponse:
    """Take the split back; the paper that came opens on the desk."""
    scan = commands.rejoin(actor=request.actor, at=request.at, document=_scan(request, pk))
    say_next(request, "Đã gộp lại như lúc đến.")
    return go(request, address_of(scan.channel, scan))


@require_GET
def separator(request: Asked) -> HttpResponse:
    """A sheet to lay between letters before they are scanned."""
    agency_of(request)
    code = segno.make(SEPARATOR, error="h", micro=False).svg_inline(border=4)
    content = pdf(SHEET, {"code": code})
    headers = {"Content-Disposition": 'attachment; filename="to-ngan.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
