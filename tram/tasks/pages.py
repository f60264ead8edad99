"""The doors of work: one page of a task, one page and POST for each step, giving work without a paper."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.audit.queries import history
from tram.files.commands import store
from tram.kernel.verdicts import Hidden, Invalid, WrongState, allow_if
from tram.organisation import queries as organisation
from tram.organisation.models import Post, Unit
from tram.tasks import forms, queries
from tram.tasks.commands import due, give, judge, work
from tram.tasks.models import Extension, Task
from tram.tasks.policy import NOT_A_GIVER, PERMITS, entitled, verbs
from tram.tasks.rules.verbs import VERBS, asks_of, step_of
from tram.web import drafts
from tram.web.after import go, next_path, say_next
from tram.web.asked import Asked
from tram.web.fields import key_in
from tram.web.offline import keep

ORDER_DRAFT = "giao-viec"
GIVEN_AWAY = {"chuyen", "tra-lai", "an", "thu-hoi"}
"""After these the thing itself may be closed to who did it, so the way leads back to the list."""


def _task(request: Asked, pk: int) -> Task:
    found = queries.visible_to(request.actor, request.at.date()).filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


@require_GET
def one(request: Asked, pk: int) -> HttpResponse:
    """One piece of work; work about a thing is shown on the page of the thing."""
    task, today = _task(request, pk), request.at.date()
    if task.url != request.path:
        return HttpResponseRedirect(task.url)
    row = queries.card(pk, today)
    assert row is not None
    context = {
        "row": row,
        "deadline": queries.deadline_of(row, today, organisation.calendar_of(row.agency))
        | {"done_on": row.submitted_on if not row.is_open else None},
        "actions": queries.actions(request.actor, task.ref, today),
        "parts": queries.parts_of(pk, today),
        "holdings": queries.holdings_of(pk),
        "due_history": queries.due_history(pk),
        "reports": queries.reports(request.actor, [pk], today),
        "lines": history(task.ref),
        "back_url": "/",
    }
    return keep(request, render(request, "tasks/one.html", context))


@require_POST
def read(request: Asked, pk: int) -> HttpResponse:
    """The holder has the work before their eyes."""
    work.read(actor=request.actor, at=request.at, task=_task(request, pk))
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
def step(request: Asked, pk: int, slug: str) -> HttpResponse:
    """One step with one task: GET asks for what it needs, POST takes it and leads back to where one came from."""
    task = _task(request, pk)
    if slug not in DOERS:
        raise Hidden
    if request.method == "GET":
        if slug in PERMITS:
            entitled(request.actor, task, PERMITS[slug], request.at.date())
        if slug not in verbs(request.actor, task, request.at.date()):
            raise WrongState(f"Việc này không còn chờ bước “{VERBS[slug].label}” của bạn.")
        return _ask(request, task, slug, QueryDict(), {}, 200)
    form = forms.Step(asks_of(VERBS[slug], task.kind), request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, task, slug, request.POST, {n: str(e[0]) for n, e in form.errors.items()}, 422)
    try:
        DOERS[slug](request, task, form.cleaned_data)
    except Invalid as wrong:
        return _ask(request, task, slug, request.POST, wrong.errors, 422)
    drafts.forget(request.actor.account, f"/viec/{pk}/{slug}")
    say_next(request, f"{VERBS[slug].done} {task.title}"[:200], _undo(task, slug))
    return go(request, next_path(request, "/" if slug in GIVEN_AWAY else task.url))


def _undo(task: Task, slug: str) -> str:
    back = {"phan": "rut-phan", "an": "hien-lai"}.get(slug)
    return f"/viec/{task.pk}/{back}?next=/" if back else ""


def _ask(request: Asked, task: Task, slug: str, typed: QueryDict, errors: dict[str, str], status: int) -> HttpResponse:
    """The page of one step, with everything typed kept and each error at its field."""
    today, shown = request.at.date(), step_of(task, slug)
    for ask in shown["asks"]:
        ask["value"] = typed.get(ask["name"], ask["value"])
        ask["error"] = errors.get(ask["name"], errors.get("file", "") if ask["kind"] == "file" else "")
    context = {
        "step": shown,
        "row": queries.card(task.pk, today),
        "wish": queries.extension_waiting(task.pk),
        "people": queries.people_of(task.unit_id, today, without=task.post_id),
        "units": queries.units_beside(task, today),
        "errors": {ask["name"]: ask["error"] for ask in shown["asks"] if ask["error"]} or errors,
        "next": next_path(request, ""),
        "draft_at": drafts.kept_at(request.actor.account, shown["url"]) if request.method == "GET" else None,
        "back_url": next_path(request, task.url),
    }
    return render(request, "tasks/step.html", context, status=status)


Doer = Callable[[Asked, Task, dict[str, Any]], object]


def _simple(command: Callable[..., object]) -> Doer:
    """A command that takes what was typed under the very names of the fields."""
    return lambda request, task, typed: command(actor=request.actor, at=request.at, task=task, **typed)


def _hand(request: Asked, task: Task, typed: dict[str, Any]) -> None:
    to = Post.objects.select_related("unit").filter(pk=typed.pop("to")).first()
    if to is None:
        raise Invalid({"to": "Chọn người nhận việc trong danh sách."})
    give.hand(actor=request.actor, at=request.at, task=task, to=to, **typed)


def _transfer(request: Asked, task: Task, typed: dict[str, Any]) -> None:
    to = Unit.objects.filter(pk=typed["to"]).first()
    if to is None:
        raise Invalid({"to": "Chọn đơn vị nhận việc trong danh sách."})
    give.transfer(actor=request.actor, at=request.at, task=task, to=to, word=typed["word"])


def _report(request: Asked, task: Task, typed: dict[str, Any]) -> None:
    upload, evidence = typed.pop("evidence", None), None
    if upload is not None:
        evidence = store(actor=request.actor, at=request.at, stream=upload, name=upload.name, agency=task.agency_id)
    work.report_progress(actor=request.actor, at=request.at, task=task, evidence=evidence, **typed)


def _ask_extension(request: Asked, task: Task, typed: dict[str, Any]) -> None:
    if typed["wanted_on"] is None:
        raise Invalid({"wanted_on": "Nhập ngày xin gia hạn đến, ví dụ 25/11."})
    due.ask_extension(actor=request.actor, at=request.at, task=task, **typed)


def _answer_extension(request: Asked, task: Task, typed: dict[str, Any]) -> None:
    wish = Extension.objects.filter(request=task).first()
    if wish is None:
        raise WrongState("Việc này không phải là một lần xin gia hạn.")
    due.answer_extension(actor=request.actor, at=request.at, extension=wish, **typed)


def _hide(request: Asked, task: Task, typed: dict[str, Any]) -> None:
    if typed["until"] is None:
        raise Invalid({"until": "Nhập ngày cho việc hiện lại, ví dụ 25/11."})
    work.hide(actor=request.actor, at=request.at, task=task, until=typed["until"])


DOERS: dict[str, Doer] = {
    "nhan": _simple(work.accept),
    "nhan-ve-minh": _simple(give.claim),
    "phan": _hand,
    "rut-phan": _simple(give.unhand),
    "chuyen": _transfer,
    "tien-do": _report,
    "nop": _simple(work.submit),
    "xac-nhan": _simple(judge.confirm),
    "lam-lai": _simple(judge.send_back),
    "xong": _simple(work.finish),
    "tra-lai": _simple(work.give_back),
    "thu-hoi": _simple(give.recall),
    "gia-han": _ask_extension,
    "tra-loi-gia-han": _answer_extension,
    "doi-han": _simple(due.change_due),
    "an": _hide,
    "hien-lai": _simple(work.show),
    "ket-thuc": _simple(judge.close_unfinished),
}


def _order_places(request: Asked) -> list[dict[str, Any]]:
    """Where this person may send work: each unit with its people; refused to who may give none."""
    on, actor = request.at.date(), request.actor
    above = actor.leads(actor.agency, on) or actor.holds("office_chief", actor.agency, on)
    units = organisation.divisions(actor.agency, on)
    mine = [unit for unit in units if above or actor.holds("unit_head", unit.id, on)]
    if above and (agency := organisation.unit_row(actor.agency)):
        mine.append(agency)
    allow_if(mine, NOT_A_GIVER).or_refuse()
    seats = [seat for seat in organisation.seats_of_agency(actor.agency, on) if seat.name]
    return [
        {
            "id": unit.id,
            "name": unit.name,
            "to": f"u{unit.id}",
            "people": [{"to": f"p{seat.post}", "label": seat.label} for seat in seats if seat.unit == unit.id],
        }
        for unit in mine
    ]


@require_http_methods(["GET", "POST"])
def order(request: Asked) -> HttpResponse:
    """Giao việc: work that no paper asks for."""
    places = _order_places(request)
    form = forms.Order(*([request.POST] if request.method == "POST" else []), units=[place["id"] for place in places])
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = {name: str(words[0]) for name, words in form.errors.items()}
        try:
            if not errors:
                return _ordered(request, form.cleaned_data)
        except Invalid as wrong:
            errors = wrong.errors
    context = {
        "draft_at": drafts.kept_at(request.actor.account, ORDER_DRAFT) if request.method == "GET" else None,
        "places": places, "errors": errors, "typed": request.POST, "back_url": "/",
        "helpers": set(map(key_in, request.POST.getlist("coordinating"))),
    }  # fmt: skip
    return render(request, "tasks/order.html", context, status=422 if errors else 200)


def _ordered(request: Asked, typed: dict[str, Any]) -> HttpResponse:
    to, helpers = typed.pop("to"), typed.pop("coordinating")
    kind, pk = to[0], int(to[1:])
    post = Post.objects.select_related("unit").filter(pk=pk).first() if kind == "p" else None
    unit = post.unit if post else Unit.objects.filter(pk=pk).first() if kind == "u" else None
    if unit is None:
        raise Invalid({"to": "Rõ người: chọn đơn vị hoặc người chủ trì."})
    task = give.order(
        actor=request.actor, at=request.at, unit=unit, post=post,
        coordinating=list(Unit.objects.filter(pk__in=helpers)), **typed,
    )  # fmt: skip
    drafts.forget(request.actor.account, ORDER_DRAFT)
    say_next(request, f"Đã giao: {task.title}"[:200], "" if helpers else f"/viec/{task.pk}/thu-hoi?next=/")
    return go(request, next_path(request, task.url))
