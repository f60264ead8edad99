"""One page a letter: publish it, see how it stands on the portal, take it back."""

from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.gazette import forms
from tram.gazette.commands import letters as commands
from tram.gazette.models import Publication
from tram.gazette.policy import may_be_public, may_publish, may_withdraw
from tram.gazette.queries.log import files_of, log_of
from tram.gazette.rules import EFFECTIVE, personal_numbers
from tram.kernel.actors import entitled, wear
from tram.kernel.verdicts import Invalid
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import kind_name, one
from tram.outgoing.queries.proofs import texts_of
from tram.vietnamese.dates import short
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import tell


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: Asked, pk: int) -> HttpResponse:
    """What is asked before a letter becomes public, and every time that it was; POST makes it public."""
    found, on = one(request.actor, pk, request.at.date()), request.at.date()
    log = log_of(found)
    out = log[0] if log and log[0].until_at is None else None
    if request.method == "POST" or out is None:
        entitled(request.actor, found, may_publish, on)
        may_be_public(found).or_refuse()
    else:
        entitled(request.actor, found, may_withdraw, on)
    publishes = bool(may_publish(wear(request.actor, found, may_publish, on), found, on) and may_be_public(found))
    form = _form(request, found, out) if publishes else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            commands.publish(actor=request.actor, at=request.at, letter=found, **form.told())
        except Invalid as wrong:
            tell(form, wrong)
        else:
            say_next(request, f"{found.code} đã ở trên cổng.")
            return go(request, found.url)
    context = _shown(found) | {"form": form, "out": out, "log": log}
    return render(request, "gazette/letter.html", context, status=422 if form is not None and form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Asked, pk: int) -> HttpResponse:
    """Why it is taken back; POST takes it."""
    found = one(request.actor, pk, request.at.date())
    entitled(request.actor, found, may_withdraw, request.at.date())
    form = forms.Withdraw(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            commands.withdraw(actor=request.actor, at=request.at, letter=found, **form.cleaned_data)
        except Invalid as wrong:
            tell(form, wrong)
        else:
            say_next(request, f"{found.code} đã rời cổng.")
            return go(request, found.url)
    context = _shown(found) | {"form": form, "here_url": reverse("gazette:letter", args=[pk])}
    return render(request, "gazette/withdraw.html", context, status=422 if form.is_bound else 200)


def _form(request: Asked, found: Outgoing, out: Publication | None) -> forms.Publish:
    """As it stands on the portal; else with the days that its kind has when it names none, and all its annexes."""
    annexes = files_of(found)[1:]
    since = out.effective_on if out else found.issued_date if found.kind in EFFECTIVE else None
    until = out.effective_until if out else None
    picked = [one["id"] for one in out.files] if out else [str(card.id) for card in annexes]
    initial: dict[str, Any] = {
        "effective_on": short(since) if since else "", "effective_until": short(until) if until else "", "annexes": picked,
        "topic": out.topic if out else "",
    }  # fmt: skip
    return forms.Publish(request.POST if request.method == "POST" else None, annexes=annexes, initial=initial)


def _shown(found: Outgoing) -> dict[str, django_forms.Form | Any]:
    return {
        "letter": found, "name": kind_name(found), "back_url": found.url,
        "numbers": personal_numbers("\n".join([found.subject, *texts_of([found.pk]).values()])),
    }  # fmt: skip
