"""Putting papers into a file: one from its page, a selection from a list, by keyboard (Alt+1…9 picks the file)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.documents.models import Incoming
from tram.documents.queries import visible_to as incoming_visible_to
from tram.kernel.verdicts import Hidden, Invalid
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.documents import visible_to as outgoing_visible_to
from tram.vietnamese.text import tidy
from tram.web.after import go, next_path, say_next
from tram.web.asked import Asked
from tram.web.fields import key_of, tell
from tram.workfiles import forms
from tram.workfiles.commands.keep import file_papers
from tram.workfiles.policy import may_file
from tram.workfiles.queries import files
from tram.workfiles.rules import MOST_AT_ONCE

SHOWN = 5


@dataclass
class Picked:
    """Văn bản đã chọn: letters by their keys in the address, `den` those that came, `di` those that go."""

    letters: list[Incoming | Outgoing] = field(default_factory=list)

    @property
    def fields(self) -> list[tuple[str, int]]:
        """Name and key of each, for a form or an address."""
        return [("den" if isinstance(one, Incoming) else "di", one.pk) for one in self.letters]

    @property
    def query(self) -> str:
        """The same as an address has it."""
        return urlencode(self.fields)

    @property
    def title(self) -> str:
        """What a file of these letters may be called, to begin with."""
        return f"Hồ sơ về {self.letters[0].subject}"[:500] if self.letters and self.letters[0].subject else ""

    @property
    def names(self) -> list[str]:
        """The first few, as a reader knows them."""
        return [f"{one.code} {one.subject}".strip() for one in self.letters[:SHOWN]]

    @property
    def more(self) -> int:
        """How many besides."""
        return max(0, len(self.letters) - SHOWN)


def picked(request: Asked) -> Picked:
    """The letters that were picked; Hidden when one of them is not there or not this person's to read."""
    data, today = request.POST if request.method == "POST" else request.GET, request.at.date()
    came = forms.keys_of(data.getlist("den"), MOST_AT_ONCE)
    gone = forms.keys_of(data.getlist("di"), MOST_AT_ONCE)
    letters: list[Incoming | Outgoing] = []
    if came:
        letters += incoming_visible_to(request.actor, today).filter(pk__in=came).order_by("pk")
    if gone:
        letters += outgoing_visible_to(request.actor, today).filter(pk__in=gone).order_by("pk")
    if len(letters) != len(came) + len(gone):
        raise Hidden
    return Picked(letters)


def sent(request: Asked) -> dict[str, Any]:
    """What a form is bound to: what was sent, nothing while it is only shown."""
    return {"data": request.POST} if request.method == "POST" else {}


def taken(
    request: Asked, form: django_forms.Form, run: Callable[[dict[str, Any]], str], page: str, context: dict[str, Any]
) -> HttpResponse:
    """Show a form, or do what it asks for and lead on; what is wrong comes back beside its field."""
    if form.is_bound and form.is_valid():
        try:
            return go(request, run(dict(form.cleaned_data)))
        except Invalid as wrong:
            tell(form, wrong)
    return render(request, page, context | {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: Asked) -> HttpResponse:
    """Choose the file for the letters that were picked; POST puts them in, all at once."""
    chosen, wrong = picked(request), dict[str, str]()
    may_file(request.actor, request.at.date()).or_refuse()
    text = tidy(request.GET.get("q", "") if request.method != "POST" else "")[:100]
    back = next_path(request, reverse("workfiles:list"))
    if request.method == "POST":
        into = files.one(request.actor, key_of(request.POST, "file"), request.at.date())
        try:
            count = file_papers(actor=request.actor, at=request.at, file=into, papers=chosen.letters)
        except Invalid as invalid:
            wrong = invalid.errors
        else:
            say_next(
                request,
                f"Đã đưa {count} văn bản vào hồ sơ {into.notation}." if count else ALREADY.format(into.notation),
            )
            return go(request, back)
    context = {
        "chosen": chosen,
        "rows": files.fillable(request.actor, request.at.date(), text=text),
        "text": text,
        "next": back,
        "errors": wrong,
        "back_url": back,
    }
    return render(request, "workfiles/pick.html", context, status=422 if wrong else 200)


ALREADY = "Văn bản đã có sẵn trong hồ sơ {}."
