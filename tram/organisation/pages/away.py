"""Who is away and who acts for them; roles lent in writing."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.kernel.verdicts import Hidden
from tram.organisation import forms
from tram.organisation.commands import posts
from tram.organisation.models import Absence, Delegation, Post, Unit
from tram.organisation.pages.doors import obeyed, one_form, pager, signed_in, today, told
from tram.organisation.policy import may_set_absence
from tram.organisation.queries import seats_of_agency
from tram.organisation.screens import standing
from tram.web.asked import Asked
from tram.web.fields import key_of

GET_OR_POST = ["GET", "POST"]


def _labels(request: Asked) -> list[tuple[int, str]]:
    return [(seat.post, seat.label) for seat in seats_of_agency(request.actor.agency, today(request)) if seat.name]


@require_http_methods(GET_OR_POST)
@signed_in
def absences(request: Asked) -> HttpResponse:
    """Vắng mặt: the list of the agency; one's own absence, or one's people's."""
    actor, on = request.actor, today(request)
    mine = [(seat.post, seat.label) for seat in standing.seats_to_excuse(actor, on)]
    form = forms.Away(
        told(request), mine=mine, all_seats=_labels(request), initial={"post": actor.acting and actor.acting.post}
    )

    def act() -> None:
        fields = dict(form.cleaned_data)
        post, substitute = (Post.objects.select_related("unit").get(pk=fields.pop(n)) for n in ("post", "substitute"))
        posts.set_absence(actor=actor, at=request.at, post=post, substitute=substitute, **fields)

    if request.method == "POST" and obeyed(form, act):
        return redirect("organisation:absences")
    rows, following = standing.absences(actor, on, key_of(request.GET, "sau"))
    context = {"form": form, "rows": rows, "may_set": bool(mine), "pager": pager(request, following)}
    return render(request, "organisation/absences.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_OR_POST)
@signed_in
def end_absence(request: Asked, absence: int) -> HttpResponse:
    """Trở lại làm việc."""
    found = Absence.objects.select_related("post__unit").filter(pk=absence).first()
    if found is None or not may_set_absence(request.actor, found.post, today(request)):
        raise Hidden
    form = forms.LastDay(told(request), initial={"until": today(request).strftime("%d/%m/%Y")})
    return one_form(
        request, form,
        lambda: posts.end_absence(actor=request.actor, at=request.at, absence=found, **form.cleaned_data),
        title=f"{found.post.title} trở lại sớm", label="Ghi ngày trở lại", back=reverse("organisation:absences"),
        words="Người làm thay thôi làm thay sau ngày này.",
    )  # fmt: skip


@require_http_methods(GET_OR_POST)
@signed_in
def delegations(request: Asked) -> HttpResponse:
    """Ủy quyền: what was lent to whom, and a form to lend one's own role in writing."""
    actor, on = request.actor, today(request)
    roles = standing.roles_to_lend(actor, on)
    own = actor.acting.post if actor.acting else 0
    seats = [(post, label) for post, label in _labels(request) if post != own]
    form = forms.Lending(told(request), roles=roles, seats=seats)

    def act() -> None:
        fields = dict(form.cleaned_data)
        role, _, unit = fields.pop("role").partition(".")
        giver, taker = Post.objects.get(pk=own), Post.objects.get(pk=fields.pop("taker"))
        over = Unit.objects.get(pk=unit)
        posts.delegate(actor=actor, at=request.at, giver=giver, taker=taker, role=role, unit=over, **fields)

    if request.method == "POST" and obeyed(form, act):
        return redirect("organisation:delegations")
    rows, following = standing.delegations(actor, on, key_of(request.GET, "sau"))
    context = {"form": form, "rows": rows, "may_lend": bool(roles), "pager": pager(request, following)}
    return render(request, "organisation/delegations.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_OR_POST)
@signed_in
def end_delegation(request: Asked, delegation: int) -> HttpResponse:
    """Chấm dứt ủy quyền."""
    rows = Delegation.objects.select_related("giver__unit", "taker", "unit")
    found = rows.filter(pk=delegation).first()
    if found is None or not may_set_absence(request.actor, found.giver, today(request)):
        raise Hidden
    form = forms.LastDay(told(request), initial={"until": today(request).strftime("%d/%m/%Y")})
    return one_form(
        request, form,
        lambda: posts.end_delegation(actor=request.actor, at=request.at, delegation=found, **form.cleaned_data),
        title=f"Chấm dứt ủy quyền {found.document}", label="Chấm dứt", back=reverse("organisation:delegations"),
    )  # fmt: skip
