"""The week of an agency's leaders: read by everybody of the agency, kept by few, let out to the public in one act."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.agendas import commands, forms
from tram.agendas.models import Item
from tram.agendas.policy import may_keep, may_see
from tram.agendas.queries import entry_of, item_of, items_of, own_agency, published
from tram.agendas.rules import Entry, by_day, differences, monday_of, monday_typed, names_of
from tram.kernel.actors import Actor, entitled, wear
from tram.kernel.clock import local_day
from tram.organisation.models import Unit
from tram.vietnamese.dates import hour, short
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import done

POSTED = ["GET", "HEAD", "POST"]
Permit = Callable[[Actor, Unit, date], Any]


def _monday(request: Asked) -> date:
    asked = request.POST.get("tuan", "") or request.GET.get("tuan", "")
    return monday_typed(asked) or monday_of(local_day(request.at))


def _url(monday: date) -> str:
    return f"{reverse('agendas:week')}?{urlencode({'tuan': monday.isoformat()})}"


def _agency(request: Asked) -> Unit:
    may_see(request.actor).or_refuse()
    return own_agency(request.actor.agency)


def _may(request: Asked, agency: Unit, permit: Permit) -> bool:
    on = local_day(request.at)
    return bool(permit(wear(request.actor, agency, permit, on), agency, on))


@require_GET
def week(request: Asked) -> HttpResponse:
    """The week as the house has it, what of it is public, and what of that is not what stands outside."""
    agency, monday = _agency(request), _monday(request)
    items, log = items_of(agency.pk, monday), published(agency.pk, monday)
    out = log[0] if log and log[0].until_at is None else None
    was = [Entry.unpacked(one) for one in out.items] if out else []
    now = [entry_of(item) for item in items if item.is_public]
    context = {
        "agency": agency, "monday": monday, "sunday": monday + timedelta(days=6), "days": _days(monday, items), "out": out,
        "waiting": differences(was, now, names_of(now) | names_of(was)) if out else [], "may_keep": _may(request, agency, may_keep), "has_public": bool(now), "log": log,
        "earlier": _url(monday - timedelta(days=7)), "later": _url(monday + timedelta(days=7)),
    }  # fmt: skip
    return render(request, "agendas/week.html", context)


def _days(monday: date, items: list[Item]) -> list[tuple[str, date, list[tuple[Item, Entry]]]]:
    return [(name, day, [(item, entry_of(item)) for item in those]) for name, day, those in by_day(monday, items)]


@require_http_methods(POSTED)
def enter(request: Asked) -> HttpResponse:
    """A new item of a week."""
    agency, monday = _agency(request), _monday(request)
    entitled(request.actor, agency, may_keep, local_day(request.at))
    day = max(monday, min(local_day(request.at), monday + timedelta(days=4)))
    form = forms.Item(request.POST if request.method == "POST" else None, initial=forms.typed(day))

    def act() -> None:
        commands.enter(actor=request.actor, at=request.at, agency=agency, told=form.told())

    if done(form, act):
        return go(request, _url(monday_of(form.cleaned_data["day"])))
    return _form(request, form, "Thêm mục lịch", _url(monday))


@require_http_methods(POSTED)
def amend(request: Asked, pk: int) -> HttpResponse:
    """One item, to be written anew or dropped."""
    agency = _agency(request)
    entitled(request.actor, agency, may_keep, local_day(request.at))
    item = item_of(agency.pk, pk)
    now = {
        "day": short(item.day), "begins": hour(item.begins), "ends": hour(item.ends) if item.ends else "", "what": item.what,
        "place": item.place, "chair": item.chair, "is_public": item.is_public,
    }  # fmt: skip
    form = forms.Item(request.POST if request.method == "POST" else None, initial=now)

    def act() -> None:
        commands.amend(actor=request.actor, at=request.at, item=item, told=form.told())

    if done(form, act):
        return go(request, _url(monday_of(form.cleaned_data["day"])))
    return _form(
        request, form, "Sửa mục lịch", _url(monday_of(item.day)), drop_url=reverse("agendas:drop", args=[item.pk])
    )


def _form(request: Asked, form: django_forms.Form, title: str, back: str, drop_url: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "back_url": back, "drop_url": drop_url}
    return render(request, "agendas/item.html", context, status=422 if form.is_bound else 200)


@require_POST
def drop(request: Asked, pk: int) -> HttpResponse:
    """Take an item out."""
    agency = _agency(request)
    entitled(request.actor, agency, may_keep, local_day(request.at))
    item = item_of(agency.pk, pk)
    commands.drop(actor=request.actor, at=request.at, item=item)
    say_next(request, f"Đã bỏ khỏi lịch: {item.what}.")
    return go(request, _url(monday_of(item.day)))


@require_POST
def publish(request: Asked) -> HttpResponse:
    """Let everybody see the week."""
    agency, monday = _agency(request), _monday(request)
    commands.publish(actor=request.actor, at=request.at, agency=agency, monday=monday)
    say_next(request, f"Lịch tuần từ {monday:%d/%m/%Y} đã ở trên cổng.")
    return go(request, _url(monday))


@require_http_methods(POSTED)
def withdraw(request: Asked) -> HttpResponse:
    """Why a week is taken from the portal; POST takes it."""
    agency, monday = _agency(request), _monday(request)
    entitled(request.actor, agency, may_keep, local_day(request.at))
    form = forms.Withdraw(request.POST if request.method == "POST" else None)

    def act() -> None:
        commands.withdraw(actor=request.actor, at=request.at, agency=agency, monday=monday, **form.cleaned_data)

    if done(form, act):
        say_next(request, f"Lịch tuần từ {monday:%d/%m/%Y} đã rời cổng.")
        return go(request, _url(monday))
    context = {"form": form, "monday": monday, "back_url": _url(monday)}
    return render(request, "agendas/withdraw.html", context, status=422 if form.is_bound else 200)
