"""Working time of the agency: hours of each weekday, and days of its own."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tram.kernel.verdicts import Hidden
from tram.organisation import forms
from tram.organisation.commands.hours import Hours, set_hours, set_local_day
from tram.organisation.models import Unit
from tram.organisation.pages.doors import obeyed, pager, signed_in, today, told
from tram.organisation.policy import may_arrange
from tram.organisation.screens import standing
from tram.organisation.states import LocalKind
from tram.web.asked import Asked

GET_OR_POST = ["GET", "POST"]


def _own_agency(request: Asked) -> Unit:
    agency = Unit.objects.filter(pk=request.actor.agency).first()
    if agency is None:
        raise Hidden
    return agency


def _shown(request: Asked, form: forms.WorkingTime, day_form: forms.OwnDay) -> HttpResponse:
    agency = _own_agency(request)
    try:
        before = date.fromisoformat(request.GET.get("sau", ""))
    except ValueError:
        before = None
    days, following = standing.local_days(agency.pk, before)
    context = {
        "agency_name": agency.name, "week": standing.week(agency.pk, today(request)), "days": days,
        "pager": pager(request, following), "form": form, "day_form": day_form,
        "may_arrange": bool(may_arrange(request.actor, agency, today(request))),
    }  # fmt: skip
    return render(request, "organisation/hours.html", context, status=422 if form.errors or day_form.errors else 200)


@require_http_methods(GET_OR_POST)
@signed_in
def hours(request: Asked) -> HttpResponse:
    """Giờ làm việc: as they are; set by the administrator from a day on."""
    form = forms.WorkingTime(told(request))
    if request.method == "POST":
        agency = _own_agency(request)
        may_arrange(request.actor, agency, today(request)).or_refuse()

        def act() -> None:
            days, since = form.cleaned_data["weekdays"], form.cleaned_data["since"]
            set_hours(
                actor=request.actor, at=request.at, agency=agency, since=since, hours=Hours(**form.hours), weekdays=days
            )

        if obeyed(form, act):
            return redirect("organisation:hours")
    return _shown(request, form, forms.OwnDay(prefix="rieng"))


@require_http_methods(["POST"])
@signed_in
def local_day(request: Asked) -> HttpResponse:
    """Ghi một ngày riêng của cơ quan."""
    agency = _own_agency(request)
    may_arrange(request.actor, agency, today(request)).or_refuse()
    form = forms.OwnDay(request.POST, prefix="rieng")

    def act() -> None:
        day, kind, source = (form.cleaned_data[name] for name in ("day", "kind", "source"))
        set_local_day(actor=request.actor, at=request.at, agency=agency, day=day, kind=LocalKind(kind), source=source)

    if obeyed(form, act):
        return redirect("organisation:hours")
    return _shown(request, forms.WorkingTime(), form)
