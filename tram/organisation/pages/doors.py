"""What every page of the organisation begins with: who asks, what they may arrange, and one shape for every form."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tram.audit.commands import rehearse
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation.models import Unit
from tram.organisation.policy import may_place
from tram.organisation.screens import arranged
from tram.organisation.sockets import Tie
from tram.web.asked import Asked
from tram.web.fields import tell

Page = Callable[..., HttpResponse]


def signed_in(page: Page) -> Page:
    """Let in whoever has signed in; others are led to the first door."""

    @wraps(page)
    def whole(request: Asked, **parts: Any) -> HttpResponse:
        if request.actor.account is None:
            raise Hidden
        return page(request, **parts)

    return whole


def today(request: Asked) -> date:
    """The day on which the request was made."""
    return local_day(request.at)


def unit_to_arrange(request: Asked, unit: int) -> Unit:
    """A unit this person may arrange; the same answer as for none otherwise."""
    return arranged.unit(request.actor, unit, today(request))


def unit_to_place(request: Asked, unit: int) -> Unit:
    """A unit this person may move or end; refused to who may only arrange what lies in it."""
    found = unit_to_arrange(request, unit)
    may_place(request.actor, found, today(request)).or_refuse()
    return found


MOST_NAMES = 200


def names_of(units: QuerySet[Unit]) -> list[str]:
    """Names for the type-ahead of a field."""
    return list(units.values_list("name", flat=True)[:MOST_NAMES])


def obeyed(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the form was sound and the command done; else the form says what to mend and keeps what was typed."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as error:
        tell(form, error)
        return False
    return True


def one_form(
    request: Asked, form: forms.Form, act: Callable[[], object], *, title: str, label: str, back: str,
    words: str = "", optional: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    """A page with one form: shown, done and left for `back`, or shown again with what to mend."""
    if request.method == "POST" and obeyed(form, act):
        return redirect(back)
    context = {"form": form, "title": title, "label": label, "back_url": back, "words": words, "optional": optional}
    return render(request, "organisation/form.html", context, status=422 if form.errors else 200)


def two_steps(
    request: Asked, form: forms.Form, act: Callable[[], object], foreseen: Callable[[], list[str]], *,
    title: str, label: str, back: str, words: str, ties: list[Tie], ends: bool, choices: list[str],
    optional: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    """A page with one form whose command is rehearsed first: what would happen is shown, and done once confirmed.

    `foreseen`: sentences that tell it, asked after the rehearsal; `ties`: what hangs on the unit; `ends`: it ends.
    """
    context = {
        "form": form, "title": title, "label": label, "back_url": back, "words": words, "ties": ties, "ends": ends,
        "choices": choices, "optional": optional,
    }  # fmt: skip
    if "sua" not in request.POST:
        confirmed = "ghi" in request.POST
        if request.method == "POST" and obeyed(form, act if confirmed else lambda: rehearse(act)):
            if confirmed:
                return redirect(back)
            return render(request, "organisation/foreseen.html", {**context, "foreseen": foreseen()})
    return render(request, "organisation/change.html", context, status=422 if form.errors else 200)


def told(request: Asked) -> Any:
    """What was posted; None for a page only opened."""
    return request.POST if request.method == "POST" else None


def pager(request: Asked, following: object) -> Mapping[str, str]:
    """The link to the next page of a list, with the rest of the address as it is."""
    asked = {name: value for name, value in request.GET.items() if name != "sau"}
    return {"previous_url": "", "next_url": f"?{urlencode({**asked, 'sau': following})}" if following else ""}
