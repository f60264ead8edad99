"""How many readers there are, of which topics, never who; whether mail is offered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tram.alerts import queries
from tram.alerts.commands import switching
from tram.alerts.policy import may_tend
from tram.kernel.clock import local_day
from tram.notifications.queries import has_mail
from tram.web.after import go, say_next
from tram.web.asked import Asked


@require_safe
def overview(request: Asked) -> HttpResponse:
    """Numbers by topic and agency, and the last rounds."""
    may_tend(request.actor, local_day(request.at)).or_refuse()
    settled = queries.settled()
    return render(
        request, "alerts/overview.html", {"told": queries.overview(), "has_mail": has_mail(), "few": queries.FEW, "settled": settled}
    )  # fmt: skip


@require_POST
def switch(request: Asked) -> HttpResponse:
    """Offer mail to readers, or end it for the time being."""
    is_on = request.POST.get("mo") == "1"
    switching.switch(actor=request.actor, at=request.at, on=is_on)
    say_next(
        request,
        "Đã mở lại việc nhận tin qua thư."
        if is_on
        else "Đã tạm ngừng. Ngoài cổng không còn mời nhận tin, không thư nào đi.",
    )
    return go(request, reverse("alerts:overview"))
