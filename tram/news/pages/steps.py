"""One step with one article: GET asks for what it needs, POST takes it; what is wrong comes back beside its field."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.kernel.verdicts import Hidden, Invalid
from tram.news import forms
from tram.news.commands import publish as commands
from tram.news.pages.ways import BY_SLUG, STEPS, consequence, fits
from tram.news.policy import verdicts
from tram.news.queries import articles
from tram.news.states import MOVES
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import tell

DOERS: dict[str, Callable[..., object]] = {
    "present": commands.present,
    "pass_on": commands.pass_on,
    "publish": commands.publish,
    "schedule": commands.schedule,
    "send_back": commands.send_back,
    "revise": commands.revise,
    "readdress": commands.readdress,
    "withdraw": commands.withdraw,
}
ON_A_REVISION = ("present", "pass_on", "publish", "schedule")
"""Where a form asks for what a command names."""
CHOSEN: dict[bool | None, str] = {None: "", True: "yes", False: "no"}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Asked, pk: int, slug: str) -> HttpResponse:
    """Ask for a step or take it."""
    found, name, on = articles.one(request.actor, pk, request.at.date()), BY_SLUG.get(slug, ""), request.at.date()
    if name not in DOERS:
        raise Hidden
    verdicts(request.actor, found, articles.author(found), on)[name].or_refuse()
    out = articles.out(found)
    if not fits(found, name, out) and name != "readdress":
        MOVES.after(found.state, name)
    form = (STEPS[name].form or forms.Step)(
        request.POST if request.method == "POST" else None,
        initial={
            "seen": found.number,
            "takes_comments": CHOSEN[found.takes_comments],
            "takes_ratings": CHOSEN[found.takes_ratings],
        },  # fmt: skip
    )
    if form.is_bound and form.is_valid():
        try:
            DOERS[name](actor=request.actor, at=request.at, article=found, **_told(name, form))
        except Invalid as wrong:
            tell(form, wrong, publish_at="publish_on", expires_at="expires_on")
        else:
            say_next(request, STEPS[name].done)
            return go(request, reverse("news:article", args=[pk]))
    context = {
        "form": form,
        "article": found,
        "way": STEPS[name],
        "consequence": consequence(found, name, out),
        "back_url": reverse("news:article", args=[pk]),
    }
    return render(request, "news/step.html", context, status=422 if form.is_bound else 200)


def _told(name: str, form: django_forms.Form) -> dict[str, Any]:
    """What the command of a step is told."""
    told = dict(form.cleaned_data)
    seen = told.pop("seen") or 0
    if isinstance(form, forms.Published):
        told = form.told()
    return {**told, "seen": seen} if name in ON_A_REVISION else told
