"""Pages of drafts for officials: the list, a new one, one draft with all that was said of it, its steps, its opinions as a sheet."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.audit.queries import history
from tram.files.queries import card
from tram.kernel.actors import wear
from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation.models import Unit
from tram.outputs.commands import have
from tram.tasks import queries as tasks
from tram.voices import forms, screens
from tram.voices.commands import drafts
from tram.voices.models import Draft
from tram.voices.pages.draft_ways import BY_SLUG, consequence, offers, way_of
from tram.voices.policy import DRAFT_RULES, may_handle, may_list, may_propose
from tram.voices.queries import open_draft, settled
from tram.voices.states import DRAFT_MOVES, DRAFT_NAMES, DraftState
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_of, tell
from tram.web.sending import handed

DOERS: dict[str, Callable[..., object]] = {
    "publish": drafts.publish,
    "revise": drafts.revise,
    "send_back": drafts.send_back,
    "summarise": drafts.summarise,
    "withdraw": drafts.withdraw,
}
WORDS = ("kind", "title", "purpose", "text", "days", "short_reason")


@require_GET
def listing(request: Asked) -> HttpResponse:
    """Drafts that this person may see, a page at a time."""
    may_list(request.actor).or_refuse()
    on, after, here = request.at.date(), key_of(request.GET, "sau"), reverse("voices:drafts")
    rows, following = screens.drafts(request.actor, on, after=after)
    pager = {
        "previous_url": here if after else "",
        "next_url": f"{here}?sau={following}" if following else "",
        "words": f"{len(rows)} dự thảo trên trang này",
    }
    may_begin = bool(may_propose(request.actor, request.actor.agency, on))
    return render(request, "voices/drafts.html", {"rows": rows, "pager": pager, "today": on, "may_begin": may_begin})


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Asked) -> HttpResponse:
    """Word a draft."""
    on = request.at.date()
    may_propose(request.actor, request.actor.agency, on).or_refuse()
    form = _worded(request, None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            made = drafts.propose(
                actor=request.actor, at=request.at, agency=Unit.objects.get(pk=request.actor.agency),
                told={name: told[name] for name in WORDS}, file=_file(form),
            )  # fmt: skip
        except Invalid as wrong:
            tell(form, wrong)
        else:
            say_next(request, "Đã lưu và chuyển người duyệt.")
            return go(request, reverse("voices:draft", args=[made.pk]))
    context = {
        "form": form, "label": "Soạn dự thảo lấy ý kiến", "press": "Lưu, chuyển duyệt", "back_url": reverse("voices:drafts"),
        "consequence": "Lưu xong thì chờ người khác duyệt đăng. Công chúng chưa đọc được gì.", "is_lost": bool(request.FILES),
    }  # fmt: skip
    return render(request, "voices/draft_step.html", context, status=422 if form.is_bound else 200)


@require_GET
def draft(request: Asked, pk: int) -> HttpResponse:
    """One draft: as it would be published, the steps that are open, what readers say of it, what happened."""
    on, after = request.at.date(), key_of(request.GET, "sau")
    found = screens.draft(request.actor, pk, on)
    out, here = open_draft(found), reverse("voices:draft", args=[pk])
    rows, following = screens.opinions(found, after=after)
    context = {
        "draft": found, "state_name": DRAFT_NAMES[DraftState(found.state)], "out": out,
        "kind_name": settled()["drafts"]["kinds"].get(found.kind, "Dự thảo"),
        "file": card(found.file.pk) if found.file else None, "least": settled()["drafts"]["least_days"],
        "days_left": (out.last_on - on).days if out else 0,
        "offers": offers(request.actor, found, out, on),
        "actions": [one for one in tasks.actions(request.actor, found.ref, on) if one["is_mine"]],
        "waits_for": next((held for held in tasks.holdings(found.ref) if held.until_at is None), None),
        "log": screens.log_of(found), "lines": history(found.ref), "opinions": rows,
        "may_take": bool(may_handle(wear(request.actor, found, may_handle, on), found, on)),
        "pager": {
            "previous_url": here if after else "", "next_url": f"{here}?sau={following}" if following else "",
            "words": f"{len(rows)} ý kiến trên trang này",
        },
        "back_url": reverse("voices:drafts"),
    }  # fmt: skip
    return render(request, "voices/draft.html", context)


@require_POST
def sheet(request: Asked, pk: int) -> HttpResponse:
    """All that was said of a draft as Excel for the desk that sums it up: at once or, where it is much, by the worker."""
    on = request.at.date()
    found = screens.draft(request.actor, pk, on)
    may_handle(wear(request.actor, found, may_handle, on), found, on).or_refuse()
    rows = screens.wanted(found, url=reverse("voices:draft", args=[pk]))
    made = have(actor=request.actor, at=request.at, wanted=rows)
    return handed(request, made, name=rows.name, media_type=rows.media_type)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Asked, pk: int, slug: str) -> HttpResponse:
    """Ask for a step or take it."""
    on = request.at.date()
    found, name = screens.draft(request.actor, pk, on), BY_SLUG.get(slug, "")
    if not name:
        raise Hidden
    DRAFT_RULES[name](wear(request.actor, found, may_handle, on), found, on).or_refuse()
    DRAFT_MOVES.after(found.state, name)
    way, form = way_of(found, name), _form(request, found, name)
    if form.is_bound and form.is_valid():
        try:
            DOERS[name](actor=request.actor, at=request.at, draft=found, **_told(form))
        except Invalid as wrong:
            tell(form, wrong)
        else:
            say_next(request, way.done)
            return go(request, reverse("voices:draft", args=[pk]))
    context = {
        "form": form, "label": way.label, "press": way.label, "is_grave": way.is_grave, "draft": found,
        "consequence": consequence(found, name, on), "back_url": reverse("voices:draft", args=[pk]),
        "is_lost": bool(request.FILES),
    }  # fmt: skip
    return render(request, "voices/draft_step.html", context, status=422 if form.is_bound else 200)


def _form(request: Asked, found: Draft, name: str) -> django_forms.Form:
    data = request.POST if request.method == "POST" else None
    match name:
        case "publish":
            return forms.Seen(data, initial={"seen": found.version})
        case "revise":
            return _worded(request, found)
        case "summarise":
            return forms.Summary(data, initial={"seen": found.version, "summary": found.summary})
        case _:
            return forms.Reason(data)


def _worded(request: Asked, found: Draft | None) -> forms.Draft:
    rules, posted = settled()["drafts"], request.method == "POST"
    initial: dict[str, Any] = {"days": rules["least_days"]}
    if found:
        initial = {name: getattr(found, name) for name in WORDS} | {"seen": found.version}
    return forms.Draft(
        request.POST if posted else None, request.FILES if posted else None, initial=initial,
        kinds=rules["kinds"].items(), least=rules["least_days"],
        file_name=card(found.file.pk).name if found and found.file else "",
    )  # fmt: skip


def _file(form: django_forms.Form) -> drafts.Brought | None:
    brought = form.cleaned_data.get("file")
    return (brought.name or "", brought) if brought else None


def _told(form: django_forms.Form) -> dict[str, Any]:
    """What the command of a step is told."""
    told = dict(form.cleaned_data)
    if "seen" in told:
        told["seen"] = told["seen"] or 0
    if isinstance(form, forms.Draft):
        words = {name: told[name] for name in WORDS}
        return {"told": words, "seen": told["seen"], "file": _file(form), "drops_file": told.get("drops_file", False)}
    return told
