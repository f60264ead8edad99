"""Pages of notices."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.audit.commands import together
from tram.identity import queries as identity
from tram.kernel import clock
from tram.kernel.verdicts import Invalid
from tram.notifications import commands, queries
from tram.notifications.forms import NewDevice, Wishes
from tram.notifications.policy import may_have_notices
from tram.notifications.rules.digests import OFFERED
from tram.web.after import say_next
from tram.web.fields import key_of
from tram.web.middleware import request_actor


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """One's own notices, newest first."""
    actor, at = request_actor(request), clock.now()
    may_have_notices(actor).or_refuse()
    page = queries.notices(actor, clock.local_day(at), key_of(request.GET, "truoc"))
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
    return _preferences(request, form=form, status=422 if form.errors else 200)


@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Be told at once in this browser."""
    form, row = NewDevice(request.POST), identity.sign_in_of(request)
    told = {name: form.cleaned_data.get(name, "") if form.is_valid() else "" for name in form.fields}
    try:
        commands.subscribe(
            actor=request_actor(request), at=clock.now(), browser=bytes(row.browser) if row and row.browser else None,
            device=row.device if row else "", **told,
        )  # fmt: skip
    except Invalid as problem:
        return _preferences(request, errors=problem.errors, status=422)
    say_next(request, "Đã bật thông báo đẩy trên thiết bị này.")
    return redirect("notifications:preferences")


@require_POST
def unsubscribe(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell one of one's own devices nothing any more."""
    commands.unsubscribe(actor=request_actor(request), at=clock.now(), device=pk)
    say_next(request, "Đã thôi thông báo đẩy trên thiết bị ấy.")
    return redirect("notifications:preferences")


def _preferences(request: HttpRequest, *, status: int, **more: object) -> HttpResponse:
    account, at, row = request_actor(request).account or 0, clock.now(), identity.sign_in_of(request)
    kinds: dict[str, dict[str, queries.Switch]] = {}
    for switch in queries.preferences(account):
        kinds.setdefault(switch.kind, {})[switch.channel] = switch
    quiet, key = queries.quiet_hours(account), queries.push_key()
    devices = queries.devices(account, at, bytes(row.browser) if row and row.browser else None)
    context = {
        "kinds": [one for one in kinds.values() if "app" in one],
        "mails": [one["mail"] for one in kinds.values() if "mail" in one],
        "hours": {"since": quiet.since, "until": quiet.until} if quiet else {},
        "chosen": queries.chosen_hour(account), "offered": OFFERED, "back_url": "/thong-bao",
        "has_push": settings.TRAM_PUSH, "push_key": key.public if key else "", "devices": devices,
        "is_on_here": any(one.is_this for one in devices), **more,
    }  # fmt: skip
    return render(request, "notifications/preferences.html", context, status=status)
