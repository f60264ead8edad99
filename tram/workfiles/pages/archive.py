"""Into the agency's archive and out of it: files to hand over, lists offered and received; files out of term, disposals."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tram.kernel.actors import entitled
from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation.models import Unit
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_of
from tram.workfiles import forms
from tram.workfiles.commands import dispose, transfer
from tram.workfiles.models import WorkFile
from tram.workfiles.pages.filing import sent, taken
from tram.workfiles.policy import (
    fits,
    may_decide_disposal,
    may_hand_back,
    may_list,
    may_propose,
    may_receive,
    may_see_archive,
)
from tram.workfiles.queries import archive, files
from tram.workfiles.rules import MOST_AT_ONCE
from tram.workfiles.states import DISPOSAL_NAMES, HAND_OVER_NAMES, Decision


def _picked(request: Asked) -> list[WorkFile]:
    """The files that were picked in a list; Hidden when one of them is not there or not this person's to see."""
    keys = forms.keys_of(request.POST.getlist("file"), MOST_AT_ONCE)
    found = list(files.visible_to(request.actor, request.at.date()).filter(pk__in=keys).order_by("pk"))
    if len(found) != len(keys):
        raise Hidden
    return found


def _pager(request: Asked, here: str, following: int) -> dict[str, str]:
    return {
        "previous_url": here if key_of(request.GET, "sau") else "",
        "next_url": f"{here}?sau={following}" if following else "",
        "words": "",
    }


def _made(request: Asked, make: Callable[[], Any], done: str) -> tuple[HttpResponse | None, dict[str, str]]:
    """Do what a list was asked for and lead to what was made; or what is wrong."""
    try:
        made = make()
    except Invalid as wrong:
        return None, wrong.errors
    say_next(request, done)
    return go(request, made.url), {}


@require_http_methods(["GET", "HEAD", "POST"])
def due(request: Asked) -> HttpResponse:
    """Closed files of this person's to be handed over, and every hand-over they may see; POST offers those picked."""
    may_list(request.actor).or_refuse()
    today, here, wrong = request.at.date(), reverse("workfiles:due"), dict[str, str]()
    note = request.POST.get("note", "")
    if request.method == "POST":
        chosen = _picked(request)
        answer, wrong = _made(
            request,
            lambda: transfer.hand_over(actor=request.actor, at=request.at, files=chosen, note=note),
            "Đã giao nộp.",
        )
        if answer:
            return answer
    rows, following = archive.to_hand_over(request.actor, today, after=key_of(request.GET, "sau"))
    bundles, older = archive.hand_overs(request.actor, today, after=key_of(request.GET, "truoc"))
    context = {
        "rows": rows,
        "pager": _pager(request, here, following),
        "bundles": bundles,
        "older_url": f"{here}?truoc={older}" if older else "",
        "today": today,
        "errors": wrong,
        "note": note,
        "sees_archive": bool(may_see_archive(request.actor, request.actor.agency, today)),
        "back_url": reverse("workfiles:list"),
    }
    return render(request, "workfiles/due.html", context, status=422 if wrong else 200)


@require_GET
def hand_over(request: Asked, pk: int) -> HttpResponse:
    """One hand-over with its list."""
    today, found = request.at.date(), archive.hand_over(request.actor, pk, request.at.date())
    waits = found.state == Decision.WAITING
    context = {
        "bundle": found,
        "title": f"Giao nộp hồ sơ của {found.unit.name}",
        "by_name": found.by_name,
        "at": found.at,
        "state_name": HAND_OVER_NAMES[Decision(found.state)],
        "rows": archive.handed(found),
        "may_agree": waits and fits(request.actor, found, may_receive, today),
        "may_refuse": waits and fits(request.actor, found, may_hand_back, today),
        "agree": ("nhan", "Nhận vào lưu trữ"),
        "refuse": ("tra-lai", "Trả lại"),
        "pdf": "bien-ban.pdf",
        "back_url": reverse("workfiles:due"),
    }
    return render(request, "workfiles/bundle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_step(request: Asked, pk: int, slug: str) -> HttpResponse:
    """Receive a list (nhan) or return it (tra-lai)."""
    found = archive.hand_over(request.actor, pk, request.at.date())
    agrees = slug == "nhan"
    entitled(request.actor, found, may_receive if agrees else may_hand_back, request.at.date())
    form: Form = (forms.Step if agrees else forms.Reasoned)(**sent(request))

    def run(told: dict[str, Any]) -> str:
        command = transfer.receive if agrees else transfer.hand_back
        command(actor=request.actor, at=request.at, hand_over=found, **told)
        say_next(request, "Đã nhận vào lưu trữ cơ quan." if agrees else "Đã trả lại.")
        return found.url

    act = {"label": "Nhận vào lưu trữ" if agrees else "Trả lại hồ sơ", "hint": SEALS if agrees else ""}
    context = {"act": act, "left": [], "back_url": found.url, "title": f"Hồ sơ của {found.unit.name}"}
    return taken(request, form, run, "workfiles/step.html", context)


SEALS = "Từ đây hồ sơ và mục lục không ai sửa được nữa, kể cả quản trị."


@require_http_methods(["GET", "HEAD", "POST"])
def disposals(request: Asked) -> HttpResponse:
    """Files whose term has run out and every proposal; POST proposes those picked."""
    agency, today, here, wrong = (
        request.actor.agency,
        request.at.date(),
        reverse("workfiles:disposals"),
        dict[str, str](),
    )
    chosen = _picked(request)
    may_see_archive(request.actor, agency, today).or_refuse()
    note = request.POST.get("note", "")
    if request.method == "POST":
        unit = Unit.objects.get(pk=agency)
        by: dict[str, Any] = {"actor": request.actor, "at": request.at, "agency": unit}
        answer, wrong = _made(request, lambda: dispose.propose(files=chosen, note=note, **by), "Đã đề nghị hủy.")
        if answer:
            return answer
    rows, following = archive.out_of_term(agency, today, after=key_of(request.GET, "sau"))
    bundles, older = archive.disposals(request.actor, today, after=key_of(request.GET, "truoc"))
    context = {
        "rows": rows,
        "pager": _pager(request, here, following),
        "bundles": bundles,
        "older_url": f"{here}?truoc={older}" if older else "",
        "may_propose": bool(may_propose(request.actor, agency, today)),
        "errors": wrong,
        "note": note,
        "back_url": reverse("workfiles:list"),
    }
    return render(request, "workfiles/disposals.html", context, status=422 if wrong else 200)


@require_GET
def disposal(request: Asked, pk: int) -> HttpResponse:
    """One proposal with its list."""
    found = archive.disposal(request.actor, pk, request.at.date())
    may = found.state == Decision.WAITING and fits(request.actor, found, may_decide_disposal, request.at.date())
    context = {
        "bundle": found,
        "title": "Đề nghị hủy hồ sơ hết thời hạn bảo quản",
        "by_name": found.proposed_by,
        "at": found.proposed_at,
        "state_name": DISPOSAL_NAMES[Decision(found.state)],
        "rows": archive.proposed(found),
        "may_agree": may,
        "may_refuse": may,
        "agree": ("dong-y", "Đồng ý hủy"),
        "refuse": ("khong", "Không đồng ý"),
        "is_grave": True,
        "pdf": "danh-muc.pdf",
        "back_url": reverse("workfiles:disposals"),
    }
    return render(request, "workfiles/bundle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def disposal_step(request: Asked, pk: int, slug: str) -> HttpResponse:
    """Agree to a disposal by a written decision (dong-y), or keep the files (khong)."""
    found = archive.disposal(request.actor, pk, request.at.date())
    entitled(request.actor, found, may_decide_disposal, request.at.date())
    agrees = slug == "dong-y"
    form: Form = (forms.Grounded if agrees else forms.Reasoned)(**sent(request))

    def run(told: dict[str, Any]) -> str:
        command = dispose.confirm if agrees else dispose.refuse
        command(actor=request.actor, at=request.at, disposal=found, **told)
        say_next(request, "Đã hủy hồ sơ; mục lục vẫn giữ." if agrees else "Đã ghi không đồng ý hủy.")
        return found.url

    act = {
        "label": "Đồng ý hủy" if agrees else "Không đồng ý hủy",
        "is_grave": agrees,
        "hint": FOR_GOOD if agrees else "",
    }
    context = {"act": act, "left": [], "back_url": found.url, "title": "Hồ sơ hết thời hạn bảo quản"}
    return taken(request, form, run, "workfiles/step.html", context)


FOR_GOOD = "Không hoàn tác được. Bản giấy hủy theo biên bản; mục lục hồ sơ và văn bản trong sổ vẫn giữ."
