"""Small acts on a registered document, each on a page of its own: present, correct, add a file, close, cancel."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tram.documents import queries
from tram.documents.commands import arrive, direct, register, settle
from tram.documents.forms import CODE, Annex, CorrectionForm, Outcome, Presented, Recalled, shown
from tram.documents.models import Incoming
from tram.documents.pages.slip import leaders_of
from tram.documents.policy import may_step, steps
from tram.files.commands import store
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Post
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import tell

DONE = {
    "present": "Đã trình.",
    "correct": "Đã chữa sổ. Chữ cũ còn nguyên, gạch ngang.",
    "add_file": "Đã thêm tệp.",
    "close": "Đã kết thúc văn bản.",
    "cancel": "Đã ghi việc nơi gửi thu hồi.",
}
Run = Callable[[Incoming, Any], object]


def _act(
    request: Asked, document: Incoming, step: str, form: forms.Form, run: Run, words: Mapping[str, object]
) -> HttpResponse:
    """Show the form of a step, or take it; what is wrong comes back beside its field with everything typed."""
    may_step(step, request.actor, document, request.at.date()).or_refuse()
    if step not in steps(request.actor, document, request.at.date()):
        raise WrongState("Bước này không còn hợp với văn bản. Mở lại văn bản để xem bước tiếp theo.")
    if form.is_valid():
        try:
            run(document, form)
            say_next(request, DONE[step])
            return go(request, document.url)
        except Invalid as error:
            tell(form, error, **CODE)
    context = {"form": form, "document": document, "back_url": document.url, **words}
    return render(request, "documents/act.html", context, status=422 if form.is_bound else 200)


def _document(request: Asked, pk: int) -> Incoming:
    return queries.one(request.actor, pk, request.at.date())


@require_http_methods(["GET", "HEAD", "POST"])
def present(request: Asked, pk: int) -> HttpResponse:
    """Put the document before a leader."""
    document = _document(request, pk)
    leaders = [(seat.post, seat.label) for seat in leaders_of(document.agency_id, request.at.date())]
    form = Presented(request.POST or None, leaders=leaders)

    def run(document: Incoming, form: Presented) -> None:
        to = Post.objects.select_related("unit").get(pk=form.cleaned_data["to"])
        direct.present(actor=request.actor, at=request.at, document=document, to=to)

    return _act(request, document, "present", form, run, {"title": "Trình lãnh đạo", "button": "Trình"})


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Asked, pk: int) -> HttpResponse:
    """Correct the row of the book; the old words stay, struck through."""
    document = _document(request, pk)
    initial = shown({name: getattr(document, name) for name in CorrectionForm.base_fields if name != "reason"})
    form = CorrectionForm(request.POST or None, initial=initial)

    def run(document: Incoming, form: CorrectionForm) -> None:
        reason = form.cleaned_data["reason"]
        register.correct(actor=request.actor, at=request.at, document=document, changes=form.changes(), reason=reason)

    words = {"title": f"Chữa sổ: số đến {document.arrival_number}", "button": "Chữa sổ"}
    return _act(request, document, "correct", form, run, words)


@require_http_methods(["GET", "HEAD", "POST"])
def add_file(request: Asked, pk: int) -> HttpResponse:
    """Add an annex that came later."""
    document = _document(request, pk)
    form = Annex(request.POST, request.FILES) if request.method == "POST" else Annex()

    def run(document: Incoming, form: Annex) -> None:
        upload = form.cleaned_data["file"]
        file = store(
            actor=request.actor,
            at=request.at,
            stream=upload,
            name=upload.name,
            agency=document.agency_id,
            look=lambda content: arrive.no_secret(content, upload.name),
        )
        arrive.add_file(actor=request.actor, at=request.at, document=document, file=file)

    words = {"title": "Thêm tệp", "button": "Thêm tệp", "multipart": True}
    return _act(request, document, "add_file", form, run, words)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: Asked, pk: int) -> HttpResponse:
    """Close a document that no running work is about."""
    document, form = _document(request, pk), Outcome(request.POST or None)

    def run(document: Incoming, form: Outcome) -> None:
        settle.close(actor=request.actor, at=request.at, document=document, **form.cleaned_data)

    return _act(request, document, "close", form, run, {"title": "Kết thúc văn bản", "button": "Kết thúc"})


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Asked, pk: int) -> HttpResponse:
    """The sender recalled the paper."""
    document, form = _document(request, pk), Recalled(request.POST or None)

    def run(document: Incoming, form: Recalled) -> None:
        register.cancel(actor=request.actor, at=request.at, document=document, **form.cleaned_data)

    words = {"title": "Nơi gửi thu hồi văn bản", "button": "Ghi thu hồi", "danger": True}
    return _act(request, document, "cancel", form, run, words)
