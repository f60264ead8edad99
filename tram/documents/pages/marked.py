"""Dấu mật: the clerk answers for files on which a machine saw a stamp of secrecy."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tram.documents.forms import MarkAnswer
from tram.documents.policy import may_register
from tram.documents.screens import papers as screens
from tram.files.commands import destroy, release
from tram.files.queries import marked_files
from tram.web.after import go, say_next
from tram.web.asked import Asked

DESTROYED = (
    "Đã hủy tệp và mọi thứ đọc từ tệp. Cất bản giấy vào tủ mật, xóa bản quét trong máy quét và máy tính, rồi ghi dòng này"
    " vào sổ mật."
)


@require_GET
def marked(request: Asked) -> HttpResponse:
    """The files that wait, each with its question; for the agency's clerk."""
    agency = request.actor.agency
    may_register(request.actor, agency, request.at.date()).or_refuse()
    context = {"files": marked_files(agency), "form": MarkAnswer(), "back_url": reverse("documents:desk")}
    return render(request, "documents/marked.html", context)


@require_POST
def answer(request: Asked, file: UUID) -> HttpResponse:
    """One answer: a level destroys the file and leads to the empty row for the secret book, "none" opens it again."""
    agency = request.actor.agency
    may_register(request.actor, agency, request.at.date()).or_refuse()
    form = MarkAnswer(request.POST)
    if not form.is_valid():
        context = {"files": marked_files(agency), "form": form, "asked": file, "back_url": reverse("documents:desk")}
        return render(request, "documents/marked.html", context, status=422)
    level = form.cleaned_data["level"]
    if level == "none":
        release(actor=request.actor, at=request.at, file=file)
        say_next(request, "Đã mở lại tệp.")
        return go(request, reverse("documents:marked"))
    before = screens.stubs(agency)
    destroy(actor=request.actor, at=request.at, file=file, level=level)
    say_next(request, DESTROYED)
    stub = max(screens.stubs(agency) - before, default=None)
    desk = reverse("documents:desk")
    return go(request, f"{desk}?lan=paper&van-ban={stub}" if stub else reverse("documents:marked"))
