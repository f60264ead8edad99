"""The tree of the agency and the province on any day, a unit, a seat."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tram.kernel.verdicts import Hidden
from tram.organisation.models import Post, Unit
from tram.organisation.pages.doors import pager, signed_in, today
from tram.organisation.policy import may_arrange, may_place, may_set_absence
from tram.organisation.screens import units
from tram.vietnamese.text import tidy
from tram.web.asked import Asked
from tram.web.fields import Day, key_of


def _day_asked(request: Asked) -> dict[str, Any]:
    """The chosen day as context: today when none or none that can be read, with a notice that says so."""
    typed, here = request.GET.get("ngay", "")[:20], today(request)
    try:
        day, notices = Day(missing="", required=False).clean(typed) or here, []
    except ValidationError as error:
        day, notices = here, [{"kind": "warn", "text": error.messages[0]}]
    return {"day": day, "is_today": day == here, "day_typed": typed, "notices": notices}


@require_GET
@signed_in
def tree(request: Asked) -> HttpResponse:
    """Tổ chức: one agency with its parts and the agencies below it, or what a search found."""
    asked = _day_asked(request)
    day: date = asked["day"]
    text, after = tidy(request.GET.get("q", "").replace("\x00", ""))[:100], request.GET.get("sau", "")
    if text:
        rows, following = units.find(text, day, after)
        context = {"text": text, "found": rows, "pager": pager(request, following), **asked}
        return render(request, "organisation/found.html", context)
    card = units.unit_card(_root(request), day)
    if card is None:
        raise Hidden
    below, following = units.agencies_below(card.agency, day, after)
    parts = units.branch(card.agency, day)
    context = {"card": card, "parts": parts, "below": below, "pager": pager(request, following), "text": "", **asked}
    return render(request, "organisation/tree.html", context)


def _root(request: Asked) -> int:
    """The agency whose tree is asked for: the one named, else one's own, else the province's."""
    province = Unit.objects.filter(parent=None).values_list("pk", flat=True)
    return key_of(request.GET, "goc") or request.actor.agency or province.first() or 0


@require_GET
@signed_in
def unit(request: Asked, unit: int) -> HttpResponse:
    """One unit: its names in time, codes, seats with holders and roles, and what happened to it."""
    asked = _day_asked(request)
    card = units.unit_card(unit, asked["day"])
    if card is None:
        raise Hidden
    seats, following = units.seat_lines(unit, asked["day"], request.GET.get("sau", ""))
    found = Unit.objects.get(pk=unit)
    may = bool(may_arrange(request.actor, found, today(request)))
    context = {
        "card": card,
        "seats": seats,
        "pager": pager(request, following),
        "may_arrange": may,
        "may_place": may_place(request.actor, found, today(request)),
        "story": units.story(card.ref) if may or card.agency == request.actor.agency else [],
        "back_url": f"{reverse('organisation:tree')}?goc={card.agency}",
        **asked,
    }
    return render(request, "organisation/unit.html", context)


@require_GET
@signed_in
def post(request: Asked, post: int) -> HttpResponse:
    """One seat: who held it when, and its roles."""
    card = units.post_card(post)
    if card is None:
        raise Hidden
    found = Post.objects.select_related("unit").get(pk=post)
    on = today(request)
    may = bool(may_arrange(request.actor, found.unit, on))
    context = {
        "card": card,
        "may_arrange": may,
        "may_excuse": may_set_absence(request.actor, found, on),
        "story": units.story(found.ref) if may or card["agency"] == request.actor.agency else [],
        "back_url": reverse("organisation:unit", args=[card["unit"]]),
        "today": on,
    }
    return render(request, "organisation/post.html", context)
