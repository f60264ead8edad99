"""What an agency lets the public know of itself: an overview, one page for the agency, one for each leading post."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tram.contacts import commands, forms
from tram.contacts.models import Publication
from tram.contacts.policy import may_be_listed, may_publish
from tram.contacts.queries import listable, log_of, open_rows, own_agency, post_of
from tram.kernel.actors import entitled
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden
from tram.organisation.models import Post, Unit
from tram.organisation.queries import seat
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import done

POSTED = ["GET", "HEAD", "POST"]
HOME = "contacts:overview"


def _agency(request: Asked) -> Unit:
    """The agency of the person who asks, where they say what is public of it."""
    found = own_agency(request.actor.agency)
    if found is None:
        raise Hidden
    entitled(request.actor, found, may_publish, local_day(request.at))
    return found


def _post(request: Asked, agency: Unit, key: int) -> Post:
    found = post_of(agency.pk, key)
    if found is None:
        raise Hidden
    return found


@require_GET
def overview(request: Asked) -> HttpResponse:
    """What is public of the agency, and of whom; of whom it may be."""
    agency = _agency(request)
    card = open_rows(agency.pk).filter(post=None).first()
    seats = [(seat, out, _holds(seat.account, out)) for seat, out in listable(agency.pk, local_day(request.at))]
    return render(request, "contacts/overview.html", {"agency": agency, "card": card, "seats": seats})


def _holds(account: int | None, out: Publication | None) -> bool:
    """Whether what was made public is of the person who sits there now."""
    return out is not None and out.account_id == account


@require_http_methods(POSTED)
def agency(request: Asked) -> HttpResponse:
    """What is told of the agency; POST tells it."""
    found = _agency(request)
    log = log_of(found.pk, None)
    out = log[0] if log and log[0].until_at is None else None
    form = forms.Agency(request.POST if request.method == "POST" else None, initial=forms.initial(out))

    def act() -> None:
        commands.publish_agency(actor=request.actor, at=request.at, agency=found, told=form.told())

    if done(form, act):
        say_next(request, f"{found.name} đã ở trên cổng.")
        return go(request, reverse(HOME))
    context = {
        "form": form, "title": "Thông tin liên hệ trên cổng", "name": found.name, "out": out, "log": log,
        "go_url": reverse("contacts:withdraw_agency"),
    }  # fmt: skip
    return render(request, "contacts/told.html", context, status=422 if form.is_bound else 200)


@require_http_methods(POSTED)
def person(request: Asked, post: int) -> HttpResponse:
    """What is told of the person in a leading post; POST tells it."""
    place = _post(request, _agency(request), post)
    may_be_listed(place).or_refuse()
    holder, log = seat(place.pk, local_day(request.at)), log_of(place.unit.agency_id or 0, place.pk)
    out = log[0] if log and log[0].until_at is None else None
    mine = out if holder and _holds(holder.account, out) else None
    form = forms.Person(request.POST if request.method == "POST" else None, initial=forms.initial(mine))

    def act() -> None:
        commands.publish_person(actor=request.actor, at=request.at, post=place, told=form.told())

    if done(form, act):
        say_next(request, f"{holder.label if holder else place.title} đã ở trên cổng.")
        return go(request, reverse(HOME))
    context = {
        "form": form, "title": "Một người trên cổng", "name": holder.label if holder else place.title, "out": out, "mine": mine,
        "log": log, "go_url": reverse("contacts:withdraw_person", args=[place.pk]), "is_person": True,
    }  # fmt: skip
    return render(request, "contacts/told.html", context, status=422 if form.is_bound else 200)


@require_http_methods(POSTED)
def withdraw_agency(request: Asked) -> HttpResponse:
    """Why the agency is taken from the portal; POST takes it and its people."""
    found = _agency(request)
    return _withdrawn(
        request, found.name, "Cơ quan và mọi người của cơ quan rời cổng ngay khi bấm.", reverse("contacts:agency"),
        lambda told: commands.withdraw_agency(actor=request.actor, at=request.at, agency=found, **told),
    )  # fmt: skip


@require_http_methods(POSTED)
def withdraw_person(request: Asked, post: int) -> HttpResponse:
    """Why one person is taken from the portal; POST takes them."""
    place = _post(request, _agency(request), post)
    return _withdrawn(
        request, place.title, "Người này rời cổng ngay khi bấm.", reverse("contacts:person", args=[place.pk]),
        lambda told: commands.withdraw_person(actor=request.actor, at=request.at, post=place, **told),
    )  # fmt: skip


def _withdrawn(request: Asked, name: str, words: str, back: str, act: Callable[[dict[str, Any]], None]) -> HttpResponse:
    form = forms.Withdraw(request.POST if request.method == "POST" else None)
    if done(form, lambda: act(form.cleaned_data)):
        say_next(request, f"{name} đã rời cổng.")
        return go(request, reverse(HOME))
    context = {"form": form, "name": name, "words": words, "back_url": back}
    return render(request, "contacts/withdraw.html", context, status=422 if form.is_bound else 200)
