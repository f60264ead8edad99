"""Lịch hạn: one's own secret address, and the calendar that stands there."""

from datetime import UTC

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tram.followup.commands import close_feed, open_feed
from tram.followup.policy import may_have_feed
from tram.followup.rules import calendar_text
from tram.followup.screens.feed import deadlines, feed_of, owner_of
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.middleware import repeatable

MEDIA_TYPE = "text/calendar; charset=utf-8"


@require_GET
def feed(request: Asked) -> HttpResponse:
    """Whether there is an address; the address itself is shown only when it is made."""
    may_have_feed(request.actor).or_refuse()
    return render(request, "followup/feed.html", {"feed": feed_of(request.actor.account), "back_url": "/"})


@repeatable
@require_POST
def open_one(request: Asked) -> HttpResponse:
    """Make an address and show it. Repeatable, or it would be kept with the answers given."""
    secret = open_feed(actor=request.actor, at=request.at, shows_titles=bool(request.POST.get("shows_titles")))
    address = settings.TRAM_PUBLIC_URL.rstrip("/") + reverse("followup:calendar", args=[secret])
    context = {"feed": feed_of(request.actor.account), "address": address, "back_url": "/"}
    return render(request, "followup/feed.html", context)


@require_POST
def close_one(request: Asked) -> HttpResponse:
    """Thu hồi."""
    close_feed(actor=request.actor, at=request.at)
    say_next(request, "Đã thu hồi. Địa chỉ cũ không mở được nữa.")
    return go(request, reverse("followup:feed"))


@require_GET
def calendar(request: Asked, secret: str) -> HttpResponse:
    """The calendar behind a secret, for programs that sign in nowhere: a wrong one leads to no page of signing in."""
    found = owner_of(secret, request.at.date())
    if found is None:
        return HttpResponse("Không có lịch ở địa chỉ này.", status=404, content_type="text/plain; charset=utf-8")
    owner, kept = found
    lines = deadlines(owner, request.at.date(), settings.TRAM_PUBLIC_URL, shows_titles=kept.shows_titles)
    text = calendar_text(f"Trạm: hạn của {owner.name}", lines, request.at.astimezone(UTC))
    headers = {"Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type=MEDIA_TYPE, headers=headers)
