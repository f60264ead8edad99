"""Pages of notices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.audit.commands import together
from tram.kernel import clock
from tram.notifications import commands, queries
from tram.notifications.forms import Wishes
from tram.notifications.policy import may_have_notices
from tram.notifications.rules import OFFERED
from tram.web.middleware import request_actor


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """One's own notices, newest first."""
    actor, at = request_actor(request), clock.now()
    may_have_notices(actor).or_refuse()
    below = request.GET.get("truoc", "")
    page = queries.notices(
        actor, clock.local_day(at), int(below) if below.isascii() and below.isdigit() and len(below) < 19 else 0
    )
    next_url = f"?truoc={page.next_below}" if page.next_below else ""
    has_unread = any(not row.is_read for row in page.rows)
    context = {"rows": page.rows, "has_unread": has_unread, "pager": {"next_url": next_url, "previous_url": ""}}
    return render(request, "notifications/list.html", context)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read."""
    commands.read(actor=request_actor(request), at=clock.now(), notice=pk)
    return redirect("notifications:list")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    commands.read_all(actor=request_actor(request), at=clock.now())
    return redirect("notifications:list")


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What to be told, where, and when not."""
    actor = request_actor(request)
    may_have_notices(actor).or_refuse()
    switches = queries.preferences(actor.account or 0)
    form = Wishes(request.POST if request.method == "POST" else None, [f"{one.kind} {one.channel}" for one in switches])
    if request.method == "POST" and form.is_valid():
        wishes, at = form.cleaned_data, clock.now()
        on = {(kind, channel) for kind, channel in (switch.split(" ") for switch in wishes["on"])}
        with together():
            commands.prefer(actor=actor, at=at, switches_on=on)
            commands.keep_quiet(actor=actor, at=at, since=wishes["since"], until=wishes["until"])
            commands.choose_hour(actor=actor, at=at, hour=wishes["hour"])
        return redirect("notifications:preferences")
    quiet = queries.quiet_hours(actor.account or 0)
    hours = {"since": quiet.since, "until": quiet.until} if quiet else {}
    context = {
        "form": form, "switches": switches, "hours": hours, "chosen": queries.chosen_hour(actor.account or 0),
        "offered": OFFERED, "back_url": "/thong-bao",
    }  # fmt: skip
    return render(request, "notifications/preferences.html", context, status=422 if form.errors else 200)
