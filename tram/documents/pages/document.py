"""The list of incoming documents, and the page of one (S6): who has it, until when, what is asked of me."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tram.audit.queries import history
from tram.documents import queries
from tram.documents.commands.direct import PARTS
from tram.documents.models import Direction, Incoming
from tram.documents.pages.direction import direction_context
from tram.documents.policy import may_list, may_recall_direction, steps
from tram.documents.screens import cards
from tram.documents.screens import papers as screens
from tram.documents.sockets import offerings, offers_for_many
from tram.files.queries import Card
from tram.kernel.actors import Actor
from tram.organisation.queries import calendar_of
from tram.tasks import queries as tasks
from tram.tasks.events import KIND_NAMES, Kind
from tram.tasks.queries import HoldingRow, TaskRow
from tram.vietnamese.calendar import WorkingCalendar
from tram.web.asked import Asked
from tram.web.fields import key_of
from tram.web.offline import keep

Told = list[dict[str, Any]]
TABS = {"chi-dao": "Chỉ đạo", "ai-giu": "Ai đang giữ", "nhat-ky": "Nhật ký", "thong-tin": "Thông tin"}
PART_NAMES = {part: KIND_NAMES[kind] for part, kind in PARTS.items()}
BESIDE_DIRECTING = ("tra-lai", "an", "hien-lai")
EMPTY = {
    "tat-ca": "Chưa có văn bản đến nào mà bạn được xem.",
    "chua-giai-quyet": "Không còn văn bản nào chưa giải quyết.",
    "qua-han": "Không có văn bản nào quá hạn.",
    "da-xong": "Chưa có văn bản nào giải quyết xong.",
}


def chip(calendar: WorkingCalendar, due_on: date | None, done_on: date | None, today: date) -> dict[str, Any]:
    """A deadline as the chip wants it, in working days."""
    days = calendar.between(done_on or today, due_on) if due_on else 0
    return {"due_on": due_on, "today": today, "days_left": days, "done_on": done_on}


@require_GET
def listing(request: Asked) -> HttpResponse:
    """Documents in the book that this person may read, a page at a time."""
    may_list(request.actor).or_refuse()
    asked, after = request.GET.get("muc", ""), key_of(request.GET, "sau")
    folder = asked if asked in queries.FOLDERS else "tat-ca"
    today = request.at.date()
    rows, following = queries.documents(request.actor, today, folder=folder, after=after)
    here, calendar = reverse("documents:list"), calendar_of(request.actor.agency)
    context = {
        "folders": [
            {"name": name, "url": f"{here}?muc={code}", "current": code == folder}
            for code, name in queries.FOLDERS.items()
        ],
        "offers": offers_for_many(request.actor, today),
        "rows": [(row, chip(calendar, row.due_date, row.ended_at and row.ended_at.date(), today)) for row in rows],
        "pager": {
            "previous_url": f"{here}?muc={folder}" if after else "",
            "next_url": f"{here}?muc={folder}&sau={following}" if following else "",
            "words": f"{len(rows)} văn bản trên trang này",
        },
        "empty_words": EMPTY[folder],
    }
    return render(request, "documents/list.html", context)


@require_GET
def document(request: Asked, pk: int) -> HttpResponse:
    """The document's page, the open tab alone in full."""
    today, actor = request.at.date(), request.actor
    paper = queries.one(actor, pk, today)
    given = tasks.tasks_about(paper.ref, today)
    mine, calendar = _mine(actor, given, today), calendar_of(paper.agency_id)
    card = cards.card(paper)
    available = _available(actor, paper, given, mine, today)
    actions = _actions(actor, paper, available, today)
    asked = request.GET.get("the", "")
    tab = asked if asked in TABS else "chi-dao"
    context = {
        "card": card,
        "row": card["row"],
        "document": paper,
        "tabs": [{"name": name, "url": f"?the={code}", "current": code == tab} for code, name in TABS.items()],
        "tab": tab,
        "chip": chip(calendar, paper.due_date, card["row"].ended_at and card["row"].ended_at.date(), today),
        "holders": list(dict.fromkeys(row.holder for row in given if row.is_open and row.kind != Kind.INFORM)),
        "duties": _duties(mine, actions),
        "steps": available,
        "actions": actions,
        "offers": [offer for _room, one in offerings.items() if (offer := one(actor=actor, document=paper, on=today))],
        "back_url": reverse("documents:list"),
        **_pages(card["files"]),
        **_tab(request, paper, card["directions"], tab, given, calendar),
        **(direction_context(request, paper) if "direct" in available else {}),
    }
    response = render(request, "documents/document.html", context)
    return response if paper.secrecy else keep(request, response)


def _mine(actor: Actor, given: Sequence[TaskRow], today: date) -> list[TaskRow]:
    """Open tasks whose move it is mine, in any of my hats or in my units' inboxes."""
    posts, units = set(actor.posts(today)), {hat.unit for hat in actor.worn(today)}
    return [row for row in given if row.is_open and (row.turn_post in posts if row.turn_post else row.unit in units)]


def _available(
    actor: Actor, paper: Incoming, given: Sequence[TaskRow], mine: Sequence[TaskRow], today: date
) -> set[str]:
    """Steps on offer; a substitute directs in the hat before which the document was put."""
    hat = next((row.turn_post for row in mine if row.kind == Kind.DIRECT), None)
    running = any(row.is_open and row.kind == Kind.HANDLE for row in given)
    return steps(actor.wearing(hat), paper, today) - ({"close"} if running else set())


def _actions(actor: Actor, paper: Incoming, available: set[str], today: date) -> list[dict[str, Any]]:
    """Steps of the work about the document; where a direction is asked for, it is given here and not ticked off."""
    offered: list[dict[str, Any]] = tasks.actions(actor, paper.ref, today)
    if "direct" not in available:
        return offered
    asked = KIND_NAMES[Kind.DIRECT]
    return [
        one | {"verbs": [verb for verb in one["verbs"] if verb["slug"] in BESIDE_DIRECTING], "is_mine": False}
        if one["kind_name"] == asked
        else one
        for one in offered
    ]


def _duties(mine: Sequence[TaskRow], actions: Sequence[dict[str, Any]]) -> list[str]:
    """What I must do, in words; a wish for more time hangs on the work, not on the paper."""
    done = [f"{row.kind_name}: xác nhận kết quả" if row.state == "submitted" else row.kind_name for row in mine]
    return done + ["Trả lời xin gia hạn" for one in actions if one["is_mine"] and one["wish"]]


def _pages(found: list[Card]) -> dict[str, Any]:
    """The files; and the page images of the paper itself, which is the first that can be drawn."""
    pages = [
        {"number": number, "url": f"{card.image.rpartition('/')[0]}/{number}.jpg", "name": card.name}
        for card in [card for card in found if card.image][:1]
        for number in range(1, (card.pages or 1) + 1)
    ]
    return {"files": found, "pages": pages[:60]}


def _tab(
    request: Asked, paper: Incoming, directions: Told, tab: str, given: list[TaskRow], calendar: WorkingCalendar
) -> dict[str, Any]:
    if tab == "nhat-ky":
        return {"lines": history(paper.ref, *(row.ref for row in given))}
    if tab == "ai-giu":
        return {"timeline": [_held(row) for row in tasks.holdings(paper.ref)]}
    if tab == "thong-tin":
        return {"origin": screens.origin(paper.pk)}
    thread = _thread(request, paper, directions, given, calendar)
    reports = tasks.reports(request.actor, (row.id for row in given), request.at.date())
    return {"thread": thread, "reports": reports}


def _thread(
    request: Asked, paper: Incoming, directions: Told, given: list[TaskRow], calendar: WorkingCalendar
) -> list[dict[str, Any]]:
    """Directions with who got which part; one's own can be taken back while work on it runs."""
    today = request.at.date()
    parts: dict[int, list[dict[str, Any]]] = {}
    by_task = {row.id: row for row in given}
    for direction, task, part in cards.shares(paper.pk):
        row = by_task[task]
        done_on = row.ended_at and row.ended_at.date()
        told = {
            "part": PART_NAMES[part],
            "task": row,
            "chip": row.due_on and chip(calendar, row.due_on, done_on, today),
        }
        parts.setdefault(direction, []).append(told)
    thread = []
    for one in directions:
        given_by = Direction(pk=one["id"], document=paper, by_post_id=one["by_post"])
        runs = any(part["task"].is_open for part in parts.get(one["id"], []))
        may_recall = runs and not one["recalled_at"] and may_recall_direction(request.actor, given_by, today)
        thread.append({**one, "parts": parts.get(one["id"], []), "may_recall": may_recall})
    return thread


def _held(row: HoldingRow) -> dict[str, Any]:
    return {
        "who": row.holder,
        "unit": row.kind_name,
        "what": f"{row.how.capitalize()}, đến {row.until_at:%H:%M ngày %d/%m/%Y}" if row.until_at else "Đang giữ",
        "words": row.word,
        "at": row.since_at,
        "read_at": row.read_at,
        "state": "done" if row.until_at else "now",
    }
