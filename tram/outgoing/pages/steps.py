"""One step with one letter: GET asks for what it needs, POST takes it; what is wrong comes back beside its field."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tram.files.commands import store
from tram.files.models import File
from tram.kernel.actors import entitled
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.organisation.models import Post, Unit
from tram.organisation.queries import divisions
from tram.outgoing import forms
from tram.outgoing.commands import after, check, draft, issue, number, opinions, present, sign
from tram.outgoing.models import Opinion, Outgoing, Recipient
from tram.outgoing.pages.ways import BY_SLUG, STEPS, Act, consequence
from tram.outgoing.policy import PERMITS, answering, steps
from tram.outgoing.queries.documents import one, version
from tram.outgoing.queries.pace import Pace, paces
from tram.outgoing.queries.signers import Signer, signers
from tram.outgoing.states import Stance, Way
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import tell

Doer = Callable[[Asked, Outgoing, dict[str, Any]], object]


def _seen(command: Callable[..., object]) -> Doer:
    """A step on the version that was seen; without one on the page, on the present one."""

    def run(request: Asked, document: Outgoing, told: dict[str, Any]) -> None:
        seen = told.pop("seen", None) or document.version
        command(actor=request.actor, at=request.at, document=document, seen=seen, **told)

    return run


def _plain(command: Callable[..., object]) -> Doer:
    def run(request: Asked, document: Outgoing, told: dict[str, Any]) -> None:
        told.pop("seen", None)
        command(actor=request.actor, at=request.at, document=document, **told)

    return run


def _ask(request: Asked, document: Outgoing, told: dict[str, Any]) -> None:
    told["units"] = list(Unit.objects.filter(pk__in=told["units"]).order_by("order", "pk"))
    opinions.ask_opinions(actor=request.actor, at=request.at, document=document, **told)


def _present(request: Asked, document: Outgoing, told: dict[str, Any]) -> None:
    told["to"] = Post.objects.get(pk=told["to"])
    _seen(present.present)(request, document, told)


def stored(request: Asked, document: Outgoing, upload: Any) -> File | None:
    """An upload kept for the letter's agency; None when nothing came."""
    if not upload:
        return None
    return store(actor=request.actor, at=request.at, stream=upload, name=upload.name or "", agency=document.agency_id)


def _sign_on_paper(request: Asked, document: Outgoing, told: dict[str, Any]) -> None:
    scan = stored(request, document, told["scan"])
    sign.sign_on_paper(actor=request.actor, at=request.at, document=document, scan=scan)


DOERS: dict[str, Doer] = {
    "ask": _ask,
    "submit": _seen(check.submit),
    "check_content": _seen(check.check_content),
    "check_form": _seen(check.check_form),
    "present": _present,
    "approve": _seen(present.approve),
    "make_paper": _plain(sign.make_paper),
    "sign_on_paper": _sign_on_paper,
    "number": _plain(number.number),
    "issue": _plain(issue.issue),
    "send_back": _plain(check.send_back),
    "take_back": _plain(check.take_back),
    "withdraw": _plain(draft.withdraw),
    "void": _plain(number.void),
    "recall": _plain(after.recall),
}


def sent(request: Asked) -> dict[str, Any]:
    """What a form is bound to: what was sent, nothing while it is only shown."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def _form(request: Asked, document: Outgoing, step: str) -> django_forms.Form:
    """The form of a step with what was typed, and the choices that it has for this letter today."""
    today, ask = request.at.date(), STEPS[step].form or forms.Step
    more: dict[str, Any] = {"initial": {"seen": document.version}}
    if step == "present":
        found = signers(document, today)
        known = paces(document, found, request.at)
        more["signers"] = [(row.post, _offered(row, known.get(row.post))) for row in found]
        more["initial"]["to"] = next((row.post for row in found if row.account), None)
    if step == "ask":
        own = divisions(document.agency_id, today)
        more["units"] = [(unit.id, unit.name) for unit in own if unit.id != document.unit_id]
    return ask(**sent(request), **more)


def _offered(signer: Signer, pace: Pace | None) -> str:
    """Who would sign, in which words, and by when."""
    return " · ".join([signer.label, *signer.lines, *([pace.words] if pace else [])])


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Asked, pk: int, slug: str) -> HttpResponse:
    """Ask for a step or take it."""
    document, name = one(request.actor, pk, request.at.date()), BY_SLUG.get(slug, "")
    if name not in DOERS:
        raise Hidden
    entitled(request.actor, document, PERMITS[name], request.at.date())
    if name not in steps(request.actor, document, request.at.date()):
        raise WrongState("Bước này không còn hợp với văn bản. Mở lại văn bản để xem bước tiếp theo.")
    asked = consequence(document, name, request.at.date())
    way, form = replace(STEPS[name], hint=asked or STEPS[name].hint), _form(request, document, name)
    lines = version(document, document.version).body.splitlines() if name == "send_back" else []
    return take(request, document, way, form, lambda told: DOERS[name](request, document, told), lines)


def take(
    request: Asked, document: Outgoing, way: Act, form: django_forms.Form, run: Callable[[dict[str, Any]], object],
    lines: Sequence[str] = (),
) -> HttpResponse:  # fmt: skip
    """Show a form, or do what it asks for and lead back to the letter. `lines`: those of the body that may be marked."""
    if form.is_bound and form.is_valid():
        try:
            run(dict(form.cleaned_data))
        except Invalid as wrong:
            tell(form, wrong)
        else:
            say_next(request, way.done)
            return go(request, document.url)
    context = {"form": form, "document": document, "way": way, "back_url": document.url, "lines": lines}
    return render(request, "outgoing/step.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: Asked, pk: int, opinion: int, slug: str) -> HttpResponse:
    """Answer what one's unit was asked ("tra-loi"), or need it no more ("thoi")."""
    document = one(request.actor, pk, request.at.date())
    asked = Opinion.objects.select_related("task", "unit").filter(pk=opinion, document=document).first()
    if asked is None or slug not in ("tra-loi", "thoi"):
        raise Hidden
    by: dict[str, Any] = {"actor": request.actor, "at": request.at, "document": document, "opinion": asked}

    def answer(told: dict[str, Any]) -> None:
        marked = stored(request, document, told["marked"])
        opinions.give_opinion(stance=Stance(told["stance"]), text=told["text"], marked=marked, **by)

    if slug == "tra-loi":
        answering(request.actor, asked, request.at.date())
        way = Act(slug, f"Góp ý bản {asked.version}", "Đã gửi ý kiến.")
        return take(request, document, way, forms.Answered(**sent(request)), answer)
    entitled(request.actor, document, PERMITS["ask"], request.at.date())
    way = Act(slug, f"Thôi xin ý kiến {asked.unit.name}", "Đã thôi xin ý kiến.")
    return take(
        request, document, way, forms.Reasoned(**sent(request)), lambda told: opinions.recall_opinion(**told, **by)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: Asked, pk: int, recipient: int, slug: str) -> HttpResponse:
    """The outbox: a paper went out ("chuyen"), was received ("da-nhan")."""
    document = one(request.actor, pk, request.at.date())
    entitled(request.actor, document, PERMITS["issue"], request.at.date())
    row = Recipient.objects.filter(pk=recipient, document=document).first()
    if row is None or slug not in ("chuyen", "da-nhan"):
        raise Hidden
    by: dict[str, Any] = {"actor": request.actor, "at": request.at, "document": document, "recipient": row}
    if slug == "chuyen":
        form: django_forms.Form = forms.Dispatched(**sent(request), initial={"way": row.way})
        way = Act(slug, f"Chuyển đi: {row.name}", "Đã ghi chuyển đi.")
        return take(
            request, document, way, form, lambda told: issue.dispatch(way=Way(told["way"]), note=told["note"], **by)
        )
    way = Act(slug, f"{row.name} đã nhận", "Đã ghi nơi nhận.")
    return take(
        request, document, way, forms.Received(**sent(request)), lambda told: issue.confirm_delivery(**told, **by)
    )
