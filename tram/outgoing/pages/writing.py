"""Writing (S7): a draft begun from a kind's template or a letter that it answers, saved version by version, Word and annexes."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.documents.models import Incoming
from tram.documents.queries import one as incoming_seen_by
from tram.formats.queries import Finding, as_pictures, check
from tram.kernel.actors import entitled
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.outgoing import forms
from tram.outgoing.commands import draft
from tram.outgoing.models import Outgoing
from tram.outgoing.pages.steps import sent, stored, take
from tram.outgoing.pages.ways import Act
from tram.outgoing.policy import PERMITS, may_draft, steps
from tram.outgoing.queries.copies import beginning_of_copy, original_of
from tram.outgoing.queries.documents import one, returned
from tram.outgoing.queries.documents import version as version_of
from tram.outgoing.queries.places import parts_like, places_like, places_named
from tram.outgoing.queries.sheets import Mending, beginning, mendings, sheet_with
from tram.outgoing.rules import DocumentKind, is_copy, kinds
from tram.outgoing.states import Relation
from tram.web import drafts
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_of, tell
from tram.web.middleware import repeatable

RELATIONS = {"thay-the": Relation.REPLACES, "dinh-chinh": Relation.CORRECTS, "thu-hoi": Relation.RECALLS}
COPIED = {"sao-den", "sao"}
LINKS = ("tra-loi", *RELATIONS, *sorted(COPIED))
FILES = {
    "tep-word": Act("tep-word", "Tải tệp Word lên", "Đã lưu bản mới từ tệp Word.",
                    hint="Trích yếu, căn cứ và nội dung của tệp thành bản mới, kể cả số thứ tự và bảng; tệp được giữ kèm."),
    "tep-kem": Act("tep-kem", "Kèm phụ lục", "Đã kèm tệp.", hint="Phụ lục đi theo văn bản đến mọi nơi nhận."),
}  # fmt: skip


def _links(request: Asked) -> dict[str, Any]:
    """What the new draft hangs on, by the address: a letter that it answers, or one of ours and what it does to it."""
    today, links = request.at.date(), dict[str, Any]()
    if "tra-loi" in request.GET:
        links["answers"] = incoming_seen_by(request.actor, key_of(request.GET, "tra-loi"), today)
    relation = next((name for name in RELATIONS if name in request.GET), "")
    if relation:
        links["before"] = one(request.actor, key_of(request.GET, relation), today)
        links["relation"] = RELATIONS[relation]
    if "sao-den" in request.GET:
        links["copied"] = incoming_seen_by(request.actor, key_of(request.GET, "sao-den"), today)
    if "sao" in request.GET:
        links["copied"] = one(request.actor, key_of(request.GET, "sao"), today)
    return links


def _words(links: dict[str, Any]) -> str:
    """What stands over the form."""
    answers: Incoming | None = links.get("answers")
    before: Outgoing | None = links.get("before")
    if copied := links.get("copied"):
        return f"Bản sao của {copied.code or 'văn bản'}: {copied.subject}"
    if answers is not None:
        return f"Trả lời {answers.code or 'văn bản'} của {answers.organ_name}: {answers.subject}"
    verbs = {Relation.REPLACES: "Thay thế", Relation.CORRECTS: "Đính chính", Relation.RECALLS: "Thu hồi"}
    return f"{verbs[links['relation']]} {before.code}: {before.subject}" if before is not None else ""


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Asked) -> HttpResponse:
    """A new draft."""
    may_draft(request.actor, request.at.date()).or_refuse()
    links, asked = _links(request), request.GET.get("loai", "")
    kind = asked if asked in kinds() and not is_copy(asked) else "official_letter"
    copied = links.get("copied")
    if request.method != "POST":
        if copied is not None:
            original_of(copied)
        first = beginning_of_copy("true_copy", copied) if copied else beginning(kind, links.get("answers"))
        form = forms.Draft(initial=forms.typed(first, 0), copies=copied is not None)
        return _page(request, form, _words(links), "Lưu dự thảo")
    form = forms.Draft(request.POST, copies=copied is not None)
    if form.is_valid():
        try:
            content = places_named(form.content(), request.actor.agency, request.at.date())
            made = draft.draft(actor=request.actor, at=request.at, content=content, **links)
        except Invalid as wrong:
            tell(form, wrong, places="others")
        else:
            drafts.forget(request.actor.account, _name(request))
            say_next(request, "Đã lưu dự thảo.")
            return go(request, made.url)
    return _page(request, form, _words(links), "Lưu dự thảo")


def _kinds() -> list[DocumentKind]:
    return [one for one in kinds().values() if not is_copy(one.code)]


def _name(request: HttpRequest) -> str:
    """Under which what is being typed is kept: one for each letter that is answered or changed."""
    links = [f"{name}={key_of(request.GET, name)}" for name in LINKS if name in request.GET]
    return "?".join([request.path, *links])


def _page(request: Asked, form: forms.Draft, words: str, button: str, document: Outgoing | None = None) -> HttpResponse:
    back = returned(document) if document else None
    context = {
        "form": form,
        "returned": back,
        "lines": back.lines(version_of(document, back.version)) if document and back else [],
        "words": words,
        "button": button,
        "document": document,
        "kinds": [] if document or form.is_bound or COPIED & set(request.GET) else _kinds(),
        "kept": [(name, value) for name, value in request.GET.items() if name != "loai"],
        "back_url": document.url if document else reverse("outgoing:list"),
        "draft": _name(request),
        "draft_at": None if form.is_bound else drafts.kept_at(request.actor.account, _name(request)),
        "adding": {
            "addressed": reverse("outgoing:directory"),
            "handling": reverse("outgoing:parts"),
            "others": reverse("outgoing:directory"),
        },
    }
    return render(request, "outgoing/write.html", context, status=422 if form.is_bound else 200)


MOST_SHOWN, MOST_DRAWN = 6, 20_000
"""Pages that are shown while somebody writes, and letters of the body that are drawn: they fill nine, in 0.15 s."""


@repeatable
@require_POST
def look(request: Asked) -> HttpResponse:
    """The official page of what stands in the form, and what the checker says of it. Nothing is kept."""
    may_draft(request.actor, request.at.date()).or_refuse()
    form, today, pk = forms.Draft(request.POST), request.at.date(), key_of(request.GET, "van-ban")
    document = _writable(request, pk) if pk else _begun(request)
    wrong = {str(form.fields[name].label): told[0] for name, told in form.errors.items()}
    pages, found = list[bytes](), list[tuple[Finding, Mending | None]]()
    if form.is_valid():
        content = form.content().tidy()
        document.kind, document.field = content.kind, content.field
        sheet = sheet_with(document, content, today)
        found = mendings(sheet, content, sorted(check(sheet), key=lambda finding: not finding.is_wrong))
        if len(content.body) > MOST_DRAWN:
            sheet = sheet_with(document, replace(content, body=content.body[:MOST_DRAWN]), today)
        pages = as_pictures(sheet)
    shown = [quote(page, safe=" =:;,/().-") for page in pages[:MOST_SHOWN]]
    context = {"pages": shown, "more": len(pages) > len(shown), "findings": found, "wrong": wrong}
    context["is_copy"] = is_copy(request.POST.get("kind", ""))
    amiss = sum(one.is_wrong for one, _ in found)
    context |= {"amiss": amiss, "minor": len(found) - amiss}
    return render(request, "outgoing/_look.html", context)


def _begun(request: Asked) -> Outgoing:
    """The document that would be begun, for its page alone."""
    hat = request.actor.acting
    assert hat is not None
    return Outgoing(agency_id=hat.agency, unit_id=hat.unit, drafter_id=hat.post)


@require_GET
def directory(request: Asked) -> HttpResponse:
    """Type-ahead of places: groups of agencies, then agencies."""
    may_draft(request.actor, request.at.date()).or_refuse()
    assert request.actor.agency is not None
    found = places_like(request.GET.get("q", "")[:200], request.actor.agency, request.at.date())
    return render(request, "web/_options.html", {"options": found[:8]})


@require_GET
def parts(request: Asked) -> HttpResponse:
    """Type-ahead of units of one's own agency."""
    may_draft(request.actor, request.at.date()).or_refuse()
    found = parts_like(request.GET.get("q", "")[:200], request.actor, request.at.date())
    return render(request, "web/_options.html", {"options": found})


def _writable(request: Asked, pk: int) -> Outgoing:
    document = one(request.actor, pk, request.at.date())
    entitled(request.actor, document, PERMITS["save"], request.at.date())
    if "save" not in steps(request.actor, document, request.at.date()):
        raise WrongState("Dự thảo đang được kiểm tra hoặc đã duyệt. Rút về hoặc chờ trả lại rồi sửa.")
    return document


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Asked, pk: int) -> HttpResponse:
    """Another version; somebody's newer one is told and what was typed stays."""
    document = _writable(request, pk)
    copies = document.original_id is not None
    if request.method != "POST":
        now = version_of(document, document.version)
        form = forms.Draft(initial=forms.typed(now, document.version), copies=copies)
        return _page(request, form, "", "Lưu bản mới", document)
    form = forms.Draft(request.POST, copies=copies)
    if form.is_valid():
        content = places_named(form.content(), document.agency_id, request.at.date())
        seen = form.cleaned_data["seen"] or 0
        try:
            draft.save_version(actor=request.actor, at=request.at, document=document, content=content, seen=seen)
        except Invalid as wrong:
            tell(form, wrong, places="others")
        except WrongState as moved:
            form.add_error(None, str(moved))
        else:
            drafts.forget(request.actor.account, _name(request))
            say_next(request, "Đã lưu bản mới.")
            return go(request, document.url)
    return _page(request, form, "", "Lưu bản mới", document)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: Asked, pk: int, slug: str) -> HttpResponse:
    """A Word file that becomes the next version, or an annex."""
    document = _writable(request, pk)
    form = forms.Brought(**sent(request), initial={"seen": document.version})

    def run(told: dict[str, Any]) -> None:
        upload = told["file"]
        by: dict[str, Any] = {"actor": request.actor, "at": request.at, "document": document}
        if slug == "tep-word":
            draft.bring(stream=upload, name=upload.name or "", seen=told["seen"] or document.version, **by)
        else:
            file = stored(request, document, upload)
            assert file is not None
            draft.attach(file=file, **by)

    return take(request, document, FILES[slug], form, run)


@require_http_methods(["GET", "HEAD", "POST"])
def detach(request: Asked, pk: int, attachment: int) -> HttpResponse:
    """Take an annex off."""
    document = _writable(request, pk)
    if not document.attachments.filter(pk=attachment, version=0).exists():
        raise Hidden
    form = forms.Reasoned(**sent(request))
    way = Act("bo", "Bỏ tệp kèm", "Đã bỏ tệp kèm.")
    by: dict[str, Any] = {"actor": request.actor, "at": request.at, "document": document, "attachment": attachment}
    return take(request, document, way, form, lambda told: draft.detach(reason=told["reason"], **by))
