"""A step of a figure, asked for or taken."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.indicators import forms
from tram.indicators.commands import figures
from tram.indicators.models import Figure, Publication
from tram.indicators.pages.figures import WORDS, entry_of
from tram.indicators.pages.ways import BY_SLUG, STEPS, consequence
from tram.indicators.policy import RULES
from tram.indicators.queries import figures as queries
from tram.indicators.states import MOVES
from tram.kernel.actors import wear
from tram.kernel.verdicts import Hidden, Invalid
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import tell

DOERS: dict[str, Callable[..., object]] = {
    "approve": figures.approve,
    "submit": figures.submit,
    "write": figures.write,
    "send_back": figures.send_back,
    "drop": figures.drop,
    "withdraw": figures.withdraw,
}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Asked, pk: int, slug: str) -> HttpResponse:
    """Ask for a step or take it."""
    on, name = request.at.date(), BY_SLUG.get(slug, "")
    found = queries.one(request.actor, pk, on)
    if not name:
        raise Hidden
    RULES[name](wear(request.actor, found, RULES[name], on), found, on).or_refuse()
    MOVES.after(found.state, name)
    way, log, back_url = STEPS[name], queries.log_of(found), reverse("indicators:figure", args=[pk])
    form = _form(request, found, name, log)
    if form.is_bound and form.is_valid():
        try:
            DOERS[name](actor=request.actor, at=request.at, figure=found, **_told(request, form, name))
        except Invalid as wrong:
            tell(form, wrong, amount="value")
        else:
            say_next(request, "Đã chuyển người duyệt." if name == "write" and "trinh" in request.POST else way.done)
            return go(request, back_url)
    out = next((row for row in log if row.until_at is None), None)
    context = {
        "form": form, "label": way.label, "press": way.label, "is_grave": way.is_grave, "figure": found,
        "consequence": consequence(found, out, name), "back_url": back_url, "saves": name == "write",
        "indicator": found.series.indicator, "about": found.series.about,
    }  # fmt: skip
    return render(request, "indicators/step.html", context, status=422 if form.is_bound else 200)


def _form(request: Asked, found: Figure, name: str, log: list[Publication]) -> django_forms.Form:
    data, seen = request.POST if request.method == "POST" else None, {"seen": found.version}
    match name:
        case "approve" | "submit" | "drop":
            return forms.Seen(data, initial=seen)
        case "write":
            indicator = found.series.indicator
            if indicator is None:
                raise Hidden
            initial = {key: getattr(found, key) for key in WORDS} | seen
            initial |= {"period": found.when.name, "value": found.amount.text}
            return forms.Entered(
                data, indicator=indicator, today=request.at.date(), was_public=bool(log), initial=initial
            )
        case _:
            return forms.Reason(data)


def _told(request: Asked, form: django_forms.Form, name: str) -> dict[str, Any]:
    """What the command of a step is told."""
    told = form.cleaned_data
    if isinstance(form, forms.Entered):
        return {"entry": entry_of(form), "seen": told["seen"] or 0, "submits": "trinh" in request.POST}
    if name == "drop":
        return {}
    return {"seen": told["seen"] or 0} if isinstance(form, forms.Seen) else told
