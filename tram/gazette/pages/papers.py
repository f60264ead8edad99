"""Documents that were not drafted here: the clerk's list, the slip beside the page, taking one back."""

from dataclasses import fields
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.documents.queries import one as one_incoming
from tram.gazette import forms
from tram.gazette.commands import papers as commands
from tram.gazette.commands.letters import withdraw_paper
from tram.gazette.models import Paper
from tram.gazette.policy import agencies_of, may_be_taken, may_list, may_publish, may_withdraw
from tram.gazette.queries.log import files_of, log_of, one_paper, papers
from tram.gazette.rules import Slip, personal_numbers
from tram.kernel.actors import entitled, wear
from tram.kernel.verdicts import Invalid
from tram.organisation.models import Unit
from tram.vietnamese.dates import short
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_of, tell

MOST_PAGES = 20


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: Asked) -> HttpResponse:
    """What was brought; POST brings files, or takes a document that came."""
    on = request.at.date()
    may_list(request.actor, on).or_refuse()
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = _brought(request)
        except Invalid as wrong:
            errors = {"files": str(wrong)}
        else:
            say_next(request, "Đã đọc văn bản. Đối chiếu từng ô với trang bên phải rồi công khai.")
            return go(request, reverse("gazette:paper", args=[made.pk]))
    after, here, came = key_of(request.GET, "sau"), reverse("gazette:papers"), key_of(request.GET, "den")
    rows, following = papers(request.actor, on, after=after)
    incoming = one_incoming(request.actor, came, on) if came else None
    context = {
        "rows": rows, "errors": errors, "incoming": incoming if incoming and may_be_taken(incoming) else None,
        "pager": {
            "previous_url": here if after else "", "next_url": f"{here}?sau={following}" if following else "",
            "words": f"{len(rows)} văn bản trên trang này",
        },
    }  # fmt: skip
    return render(request, "gazette/papers.html", context, status=422 if errors else 200)


def _brought(request: Asked) -> Paper:
    by: dict[str, Any] = {"actor": request.actor, "at": request.at}
    if came := key_of(request.POST, "den"):
        document = one_incoming(request.actor, came, request.at.date())
        return commands.take(document=document, **by)
    agency = Unit.objects.get(pk=agencies_of(request.actor, request.at.date())[0])
    return commands.bring(
        agency=agency, files=[(one.name or "", one) for one in request.FILES.getlist("files")],
        **by | {"actor": _hatted(request, agency)},
    )  # fmt: skip


def _hatted(request: Asked, agency: Unit) -> Any:
    """In the hat that brings for the agency: the first of those a person wears may be another's."""
    return wear(request.actor, Paper(agency=agency), may_publish, request.at.date())


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Asked, pk: int) -> HttpResponse:
    """The slip beside the page; POST keeps it, or makes the document public."""
    on = request.at.date()
    found = one_paper(request.actor, pk, on)
    log = log_of(found)
    out = log[0] if log and log[0].until_at is None else None
    writes = bool(may_publish(wear(request.actor, found, may_publish, on), found, on))
    if request.method == "POST":
        entitled(request.actor, found, may_publish, on)
    cards = files_of(found)
    picked = [one["id"] for one in out.files] if out else [str(card.id) for card in cards[1:]]
    form = forms.Written(
        request.POST if request.method == "POST" else None, files=request.FILES if request.method == "POST" else None,
        annexes=cards[1:], initial=_initial(found) | {"annexes": picked},
    ) if writes else None  # fmt: skip
    if form is not None and form.is_bound and form.is_valid():
        try:
            return _done(request, found, form)
        except Invalid as wrong:
            tell(form, wrong, file="more")
    doubts: dict[str, Any] = {} if form is not None and form.is_bound else {name: {} for name in found.unsure}
    context = {
        "paper": found, "form": form, "out": out, "log": log, "cards": cards, "back_url": reverse("gazette:papers"),
        "lines": [(field, doubts.get(field.name)) for field in form] if form else [], "images": _images(cards),
        "numbers": personal_numbers("\n".join([found.subject, *found.files.values_list("words", flat=True)])),
        "silent": list(found.files.filter(words="").values_list("file__name", flat=True)),
    }  # fmt: skip
    return render(request, "gazette/paper.html", context, status=422 if form is not None and form.is_bound else 200)


def _initial(found: Paper) -> dict[str, Any]:
    told = {one.name: getattr(found, one.name) for one in fields(Slip)}
    days = ("issued_date", "effective_on", "effective_until")
    return told | {name: short(told[name]) if told[name] else "" for name in days}


def _images(cards: list[Any]) -> list[str]:
    """Addresses of the pictures of the first file's pages."""
    if not cards or not cards[0].image:
        return []
    return [
        f"{reverse('files:page_image', args=[cards[0].id, number])}?rong=900"
        for number in range(1, min(cards[0].pages or 1, MOST_PAGES) + 1)
    ]


def _done(request: Asked, found: Paper, form: forms.Written) -> HttpResponse:
    by: dict[str, Any] = {"actor": request.actor, "at": request.at, "paper": found}
    told, here = form.told(), reverse("gazette:paper", args=[found.pk])
    if more := told["more"]:
        commands.add_file(name=more.name or "", stream=more, **by)
    if request.POST.get("viec") == "cong-khai" and not more:
        out = commands.publish_paper(slip=form.slip, reviewed=told["reviewed"], left_out=told["left_out"], **by)
        say_next(request, f"{out.code} đã ở trên cổng.")
        return go(request, here)
    commands.write(slip=form.slip, **by)
    say_next(request, "Đã thêm tệp và lưu phiếu. Xem lại rồi công khai." if more else "Đã lưu phiếu, chưa công khai.")
    return go(request, here)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Asked, pk: int) -> HttpResponse:
    """Why it is taken back; POST takes it."""
    found = one_paper(request.actor, pk, request.at.date())
    entitled(request.actor, found, may_withdraw, request.at.date())
    form, here = forms.Withdraw(request.POST if request.method == "POST" else None), reverse("gazette:paper", args=[pk])
    if form.is_bound and form.is_valid():
        try:
            withdraw_paper(actor=request.actor, at=request.at, paper=found, **form.cleaned_data)
        except Invalid as wrong:
            tell(form, wrong)
        else:
            say_next(request, f"{found.code} đã rời cổng.")
            return go(request, here)
    context = {"letter": found, "form": form, "back_url": here, "here_url": here}
    return render(request, "gazette/withdraw.html", context, status=422 if form.is_bound else 200)
