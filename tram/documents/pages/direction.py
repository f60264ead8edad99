"""Giving a direction (S11, S12): units ranked by past choices, ready words, days; and taking it back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tram.documents import queries
from tram.documents.commands.direct import Target, direct, recall_direction, wear_presented
from tram.documents.forms import DirectionForm, Reason
from tram.documents.models import Direction, Incoming
from tram.documents.policy import may_direct
from tram.documents.rules import DUE_CHIPS, READY_WORDS
from tram.kernel.actors import LEADERS
from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation.models import Post, Unit
from tram.organisation.queries import calendar_of, divisions, seats_with_role
from tram.vietnamese.dates import short
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import tell


def targets(request: Asked, document: Incoming) -> list[dict[str, str]]:
    """Units and other leaders of the agency, those first that led papers of this sender and kind before."""
    papers, same = queries.past_papers(document.agency_id, document.organ_name, document.type_name, 20)
    often = queries.usual_units([pk for pk in papers if pk != document.pk])
    why = "cùng nơi gửi, cùng loại" if same else "cùng nơi gửi"
    units = sorted(divisions(document.agency_id, request.at.date()), key=lambda unit: -often[unit.id])
    own = set(request.actor.posts(request.at.date()))
    leaders = seats_with_role(list(LEADERS), document.agency_id, request.at.date())
    found = [
        {"key": f"unit.{unit.id}", "label": unit.name, "note": f"{often[unit.id]} lần, {why}" if often[unit.id] else ""}
        for unit in units
    ]
    return found + [
        {"key": f"post.{seat.post}", "label": seat.label, "note": ""} for seat in leaders if seat.post not in own
    ]


def direction_context(request: Asked, document: Incoming, form: DirectionForm | None = None) -> dict[str, Any]:
    """What the sheet of a direction offers."""
    today = request.at.date()
    calendar = calendar_of(document.agency_id)
    dues = [(calendar.add(today, days), f"{days} ngày") for days in DUE_CHIPS]
    if document.due_date and document.due_date >= today:
        dues = [(document.due_date, "Theo văn bản"), *(due for due in dues if due[0] != document.due_date)]
    chosen = form.data.get("due", "") if form else dues[0 if document.due_date == dues[0][0] else 1][0].isoformat()
    words = form.data.get("phrase", "") if form else READY_WORDS[0]
    offered = targets(request, document)
    form = form or DirectionForm(targets=[(target["key"], target["label"]) for target in offered])
    return {
        "direction": form,
        "targets": [
            {**target, **{name: target["key"] in _chosen(form, name) for name in ("lead", "coordinating", "informed")}}
            for target in offered
        ],
        "phrases": [{"text": text, "checked": text == words} for text in READY_WORDS],
        "dues": [
            {"value": day.isoformat(), "label": label, "day": short(day), "checked": day.isoformat() == chosen}
            for day, label in dues
        ],
    }


def _chosen(form: DirectionForm, name: str) -> list[str]:
    values = form[name].value() or []
    return [values] if isinstance(values, str) else list(values)


def _target(key: str) -> Target:
    kind, _, pk = key.partition(".")
    if kind == "post":
        post = Post.objects.select_related("unit").get(pk=pk)
        return Target(post.unit, post)
    return Target(Unit.objects.get(pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: Asked, pk: int) -> HttpResponse:
    """Give the direction; the page then offers ten seconds to undo it."""
    document = queries.one(request.actor, pk, request.at.date())
    may_direct(wear_presented(request.actor, document), document, request.at.date()).or_refuse()
    if request.method != "POST":
        return _sheet(request, document, None, 200)
    offered = [(target["key"], target["label"]) for target in targets(request, document)]
    form = DirectionForm(request.POST, targets=offered)
    if form.is_valid():
        told = form.cleaned_data
        try:
            given = direct(
                actor=request.actor,
                at=request.at,
                document=document,
                lead=_target(told["lead"]) if told["lead"] else None,
                coordinating=[_target(key) for key in told["coordinating"]],
                informed=[_target(key) for key in told["informed"]],
                note=told["note"],
                due_date=told["due_date"],
            )
            _offer_undo(request, given)
            return go(request, document.url)
        except Invalid as error:
            tell(form, error)
    return _sheet(request, document, form, 422)


def _offer_undo(request: Asked, given: Direction) -> None:
    """For ten seconds the direction can be taken back by one tap."""
    places = f": {given.document.to_places}" if given.document.to_places else ""
    undo_url = reverse("documents:recall_direction", args=[given.document_id, given.pk])
    say_next(request, f"Đã chuyển{places}"[:90], undo_url)


def _sheet(request: Asked, document: Incoming, form: DirectionForm | None, status: int) -> HttpResponse:
    context = {**direction_context(request, document, form), "document": document, "back_url": document.url}
    return render(request, "documents/direct.html", context, status=status)


@require_POST
def recall(request: Asked, pk: int, direction: int) -> HttpResponse:
    """Take a direction back; once it was read, the reason is asked for."""
    document = queries.one(request.actor, pk, request.at.date())
    given = Direction.objects.select_related("document").filter(pk=direction, document=document).first()
    if given is None:
        raise Hidden
    form = Reason(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        recall_direction(actor=request.actor, at=request.at, direction=given, reason=reason)
    except Invalid as error:
        form = Reason(request.POST if request.POST.get("reason") else None)
        context = {"form": form, "errors": error.errors, "title": "Thu hồi ý kiến chỉ đạo", "button": "Thu hồi"}
        more = {"document": document, "back_url": document.url, "danger": True}
        return render(request, "documents/act.html", {**context, **more}, status=422)
    say_next(request, "Đã thu hồi ý kiến chỉ đạo.")
    return go(request, document.url)
