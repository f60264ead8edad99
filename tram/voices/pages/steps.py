"""One step with one question: GET asks for what it needs, POST takes it; what is wrong comes back beside its field."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation.models import Unit
from tram.organisation.queries import divisions
from tram.voices import forms, queries
from tram.voices.commands import answering, asking, publishing
from tram.voices.models import Voice
from tram.voices.pages.ways import BY_SLUG, consequence, fits, way_of
from tram.voices.policy import verdicts
from tram.voices.states import MOVES
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import tell

DOERS: dict[str, Callable[..., object]] = {
    "publish": publishing.publish,
    "answer": answering.answer,
    "send_back": answering.send_back,
    "entrust": answering.entrust,
    "pass_on": answering.pass_on,
    "set_aside": answering.set_aside,
    "withdraw": publishing.withdraw,
    "forget": asking.forget,
}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Asked, pk: int, slug: str) -> HttpResponse:
    """Ask for a step or take it."""
    on = request.at.date()
    found, name = queries.one(request.actor, pk, on), BY_SLUG.get(slug, "")
    if not name:
        raise Hidden
    holds = pk in queries.held_by(request.actor, on)
    verdicts(request.actor, found, on, holds=holds)[name].or_refuse()
    if not fits(found, name, queries.contact_of(found)) and name != "forget":
        MOVES.after(found.state, name)
    form = _form(request, found, name)
    if form.is_bound and form.is_valid():
        try:
            DOERS[name](actor=request.actor, at=request.at, voice=found, **_told(form))
        except Invalid as wrong:
            tell(form, wrong)
        else:
            say_next(request, way_of(found, name).done)
            still = queries.visible_to(request.actor, on).filter(pk=pk).exists()
            return go(request, reverse("voices:voice", args=[pk]) if still else reverse("voices:list"))
    context = {
        "form": form, "voice": found, "way": way_of(found, name), "consequence": consequence(found, name),
        "back_url": reverse("voices:voice", args=[pk]), "is_answer": name == "answer",
    }  # fmt: skip
    return render(request, "voices/step.html", context, status=422 if form.is_bound else 200)


def _form(request: Asked, found: Voice, name: str) -> django_forms.Form:
    data, on = request.POST if request.method == "POST" else None, request.at.date()
    match name:
        case "publish":
            return forms.Seen(data, initial={"seen": found.version})
        case "answer":
            told = {"seen": found.version, "title": found.title, "text": found.text, "answer": found.answer}
            return (forms.Comment if found.is_opinion else forms.Answer)(data, initial=told)
        case "entrust":
            return forms.Entrust(data, choices=[(row.id, row.name) for row in divisions(found.agency_id, on)])
        case "pass_on":
            others = [(unit.pk, unit.name) for unit in queries.takers(on) if unit.pk != found.agency_id]
            return forms.PassOn(data, choices=others)
        case "set_aside":
            return forms.Told(data)
        case _:
            return forms.Reason(data)


def _told(form: django_forms.Form) -> dict[str, Any]:
    """What the command of a step is told."""
    told = dict(form.cleaned_data)
    if isinstance(form, forms.Comment):
        told["title"] = ""
    if "seen" in told:
        told["seen"] = told["seen"] or 0
    for field in ("unit", "to"):
        if field in told:
            told[field] = Unit.objects.get(pk=told[field])
    return told
