"""The list of outgoing documents, the page of one (S7), its versions, its page as PDF and as Word."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tram.audit.queries import history
from tram.documents.models import Incoming
from tram.documents.queries import visible_to as incoming_visible_to
from tram.documents.sockets import offers_for_many
from tram.files.queries import cards
from tram.formats.queries import as_docx
from tram.kernel.actors import wear
from tram.kernel.clock import local_day
from tram.organisation.queries import calendar_of
from tram.outgoing.models import Outgoing
from tram.outgoing.pages.ways import Act, offered
from tram.outgoing.policy import may_draft, may_keep, may_list
from tram.outgoing.queries import documents as queries
from tram.outgoing.queries.copies import page_of
from tram.outgoing.queries.pace import road
from tram.outgoing.queries.sheets import findings, sheet_of
from tram.outgoing.rules import spoken_code
from tram.outgoing.sockets import offerings
from tram.outgoing.states import OUT, Way
from tram.tasks import queries as tasks
from tram.tasks.events import KIND_NAMES, Kind
from tram.web.asked import Asked
from tram.web.fields import key_of

TABS = {
    "noi-dung": "Nội dung",
    "y-kien": "Ý kiến",
    "the-thuc": "Thể thức",
    "ky": "Ký tắt, ký",
    "noi-nhan": "Nơi nhận",
    "nhat-ky": "Nhật ký",
}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EMPTY = {
    "tat-ca": "Chưa có văn bản đi nào mà bạn được xem.",
    "dang-soan": "Không có dự thảo nào đang soạn.",
    "van-thu": "Không có văn bản nào chờ ký, cấp số hoặc phát hành.",
    "da-phat-hanh": "Chưa có văn bản nào phát hành.",
}


@require_GET
def listing(request: Asked) -> HttpResponse:
    """What this person may read, a page at a time."""
    may_list(request.actor).or_refuse()
    asked, after = request.GET.get("muc", ""), key_of(request.GET, "sau")
    folder = asked if asked in queries.FOLDERS else "tat-ca"
    rows, following = queries.documents(request.actor, request.at.date(), folder=folder, after=after)
    here = reverse("outgoing:list")
    context = {
        "folders": [
            {"name": name, "url": f"{here}?muc={code}", "current": code == folder}
            for code, name in queries.FOLDERS.items()
        ],
        "rows": rows,
        "may_draft": bool(may_draft(request.actor, request.at.date())),
        "offers": offers_for_many(request.actor, request.at.date()),
        "today": request.at.date(),
        "pager": {
            "previous_url": f"{here}?muc={folder}" if after else "",
            "next_url": f"{here}?muc={folder}&sau={following}" if following else "",
            "words": f"{len(rows)} văn bản trên trang này",
        },
        "empty_words": EMPTY[folder],
    }  # fmt: skip
    return render(request, "outgoing/list.html", context)


@require_GET
def letter(request: Asked, pk: int) -> HttpResponse:
    """One document: where it is, what is asked of me, the open tab alone in full."""
    found = queries.one(request.actor, pk, request.at.date())
    card = queries.card(found)
    asked = request.GET.get("the", "")
    tab = asked if asked in TABS else "noi-dung"
    main, more = offered(request.actor, found, request.at.date())
    context = {
        "document": found,
        "card": card,
        "row": card["row"],
        "tabs": [{"name": name, "url": f"?the={code}", "current": code == tab} for code, name in TABS.items()],
        "tab": tab,
        "findings": findings(found, request.at.date()) if tab == "the-thuc" else [],
        "lines": history(found.ref) if tab == "nhat-ky" else [],
        "files": cards(_file_ids(found, card)),
        "actions": _actions(request, found),
        "road": _road(found, main, request),
        "mine": queries.opinion_asked_of(request.actor, found, request.at.date()),
        "main": main,
        "more": more,
        **_answers(request, found, main),
        **_returned(found, card),
        "is_asking": any(way.slug == "xin-y-kien" for way in more),
        "is_writer": any(way.slug == "sua" for way in more),
        "is_clerk": bool(may_keep(wear(request.actor, found, may_keep, request.at.date()), found, request.at.date())),
        "later": _later(request, found),
        "offers": [
            offer
            for _room, one in offerings.items()
            if (offer := one(actor=request.actor, document=found, on=request.at.date()))
        ],
        "answered": _answered(request, found),
        "is_carried": any(one["way"] in (Way.POST, Way.HAND) for one in card["recipients"]),
        "reached": dict(Counter(one["state_name"] for one in card["recipients"])),
        "proof_code": spoken_code(found.proof_code) if found.proof_code else "",
        "back_url": reverse("outgoing:list"),
        **_letters_beside(request, found),
    }
    return render(request, "outgoing/letter.html", context)


def _answers(request: Asked, document: Outgoing, main: Sequence[Act]) -> dict[str, Any]:
    """What the head of the page answers at once (S6): who has it, until when, what this person has to do."""
    actor, today = request.actor, request.at.date()
    posts, units = actor.posts(today), {hat.unit for hat in actor.worn(today)}
    given = [row for row in tasks.tasks_about(document.ref, today) if row.is_open and row.kind in HELD]
    is_mine = any(row.turn_post in posts if row.turn_post else row.unit in units for row in given)
    is_under_way = document.issued_at is None and document.ended_at is None
    if is_under_way and not given:
        is_mine = document.drafter_id in posts
    done_on = local_day(document.issued_at) if document.issued_at else None
    left = calendar_of(document.agency_id).between(done_on or today, document.due_date) if document.due_date else 0
    return {
        "holders": [*dict.fromkeys(row.holder for row in given)] or ([document.drafter_name] if is_under_way else []),
        "duties": [way.label for way in main] if is_mine else [],
        "due": {"due_on": document.due_date, "today": today, "days_left": left, "done_on": done_on},
    }


def _returned(document: Outgoing, card: dict[str, Any]) -> dict[str, Any]:
    """Why it came back, and the marks beside the lines that they are about."""
    back = queries.returned(document)
    is_same = back is not None and back.version == document.version
    return {"returned": back, "marked": back.lines(card["content"]) if back and is_same else []}


def _road(document: Outgoing, main: Sequence[Act], request: Asked) -> list[str]:
    """For who is about to put it before somebody: who comes next, and by when the signer will have decided."""
    step = main[0].slug if main else ""
    return road(document, request.at, is_checked=step == "trinh-ky") if step in BEFORE_SOMEBODY else []


BEFORE_SOMEBODY = ("trinh-kiem-tra", "trinh-ky")
HELD = (Kind.REVIEW, Kind.APPROVE)
ON_THE_PAGE = {KIND_NAMES[kind] for kind in HELD}
HERE = {"nhan", "tra-lai", "chuyen"}
"""Of a check or an approval the letter's own page offers the main step, and these in other ways."""


def _actions(request: Asked, document: Outgoing) -> list[dict[str, Any]]:
    """Steps of the work about the letter: all of what it gave to do; of checks and opinions, whom they go to."""
    found: list[dict[str, Any]] = tasks.actions(request.actor, document.ref, request.at.date())
    kept = [
        one | {"verbs": [verb for verb in one["verbs"] if verb["slug"] not in HERE], "is_mine": False}
        if one["kind_name"] in ON_THE_PAGE
        else one
        for one in found
    ]
    return [one for one in kept if one["verbs"]]


def _file_ids(document: Outgoing, card: dict[str, Any]) -> list[UUID]:
    """The page as signed, what a copy copies, annexes, Word files of versions, marked copies."""
    held = [row["id"] for row in card["files"]] + [one["marked"] for one in card["opinions"] if one["marked"]]
    return [key for key in (document.paper_id, document.original_id) if key] + held


def _later(request: Asked, document: Outgoing) -> list[tuple[str, str]]:
    """What a new draft may do to a letter in force, for who drafts in its agency."""
    may = document.state in OUT and document.agency_id == request.actor.agency
    if not (may and may_draft(request.actor, request.at.date())):
        return []
    copied = [("sao", "Lập bản sao")] if document.paper_id and document.original_id is None else []
    return [
        *copied,
        ("thay-the", "Soạn văn bản thay thế"),
        ("dinh-chinh", "Soạn đính chính"),
        ("thu-hoi", "Soạn thông báo thu hồi"),
    ]


def _answered(request: Asked, document: Outgoing) -> Incoming | None:
    """The letter that it answers, for who reads that one."""
    return incoming_visible_to(request.actor, request.at.date()).filter(pk=document.answers_id or 0).first()


def _letters_beside(request: Asked, document: Outgoing) -> dict[str, Any]:
    """The letters before and after it which this person may read."""
    around = [document.before_id, *document.later.values_list("pk", flat=True)]
    seen = queries.visible_to(request.actor, request.at.date()).filter(pk__in=[pk for pk in around if pk])
    return {"beside": [(one.url, one.code or one.subject) for one in seen.order_by("pk")]}


@require_GET
def version(request: Asked, pk: int, number: int) -> HttpResponse:
    """One version, and what it changed against the one before."""
    found = queries.one(request.actor, pk, request.at.date())
    content = queries.version(found, number)
    context = {
        "document": found,
        "number": number,
        "content": content,
        "lines": queries.comparison(found, number - 1, number) if number > 1 else [],
        "back_url": found.url,
    }
    return render(request, "outgoing/version.html", context)


@require_GET
def page_pdf(request: Asked, pk: int) -> HttpResponse:
    """The official page as it stands now, with blanks for number and day."""
    found = queries.one(request.actor, pk, request.at.date())
    response = HttpResponse(page_of(found, request.at.date()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="du-thao-{found.pk}.pdf"'
    return response


@require_GET
def page_docx(request: Asked, pk: int) -> HttpResponse:
    """The same page to be edited in Word and brought back as the next version."""
    found = queries.one(request.actor, pk, request.at.date())
    response = HttpResponse(as_docx(sheet_of(found, request.at.date())), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="du-thao-{found.pk}.docx"'
    return response
