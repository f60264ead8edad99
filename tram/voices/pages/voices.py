"""Pages of questions for officials: the list, one question with all that is known of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from tram.audit.queries import history
from tram.organisation.queries import calendar_of
from tram.tasks import queries as tasks
from tram.voices import queries
from tram.voices.pages.ways import offers
from tram.voices.policy import may_list
from tram.voices.rules import personal_in
from tram.voices.states import NAMES, OPEN, State
from tram.web.asked import Asked
from tram.web.fields import key_of


@require_GET
def listing(request: Asked) -> HttpResponse:
    """Questions that this person may see, a page at a time: those that wait, or those that are settled."""
    may_list(request.actor).or_refuse()
    waiting, after, here = request.GET.get("muc") != "xong", key_of(request.GET, "sau"), reverse("voices:list")
    rows, following = queries.voices(request.actor, request.at.date(), waiting=waiting, after=after)
    here = here if waiting else f"{here}?muc=xong"
    join = "&" if "?" in here else "?"
    pager = {
        "previous_url": here if after else "",
        "next_url": f"{here}{join}sau={following}" if following else "",
        "words": f"{len(rows)} câu hỏi trên trang này",
    }
    context = {"rows": rows, "waiting": waiting, "today": request.at.date(), "pager": pager}
    return render(request, "voices/list.html", context)


@require_GET
def voice(request: Asked, pk: int) -> HttpResponse:
    """One question: what was typed beside what would be published, the steps that are open, what happened."""
    on = request.at.date()
    found = queries.one(request.actor, pk, on)
    contact, actions = queries.contact_of(found), tasks.actions(request.actor, found.ref, on)
    context = {
        "voice": found,
        "state_name": NAMES[State(found.state)],
        "is_waiting": found.state in OPEN,
        "contact": contact,
        "personal": personal_in(f"{found.title}\n{found.text}\n{found.answer}"),
        "offers": offers(request.actor, found, contact, on, holds=pk in queries.held_by(request.actor, on)),
        "actions": [one for one in actions if one["is_mine"]],
        "out": queries.open_row(found),
        "log": queries.log_of(found),
        "lines": history(found.ref),
        "days_left": calendar_of(found.agency_id).between(on, found.due_on) if found.due_on >= on else -1,
        "waits_for": next((held for held in tasks.holdings(found.ref) if held.until_at is None), None),
        "back_url": reverse("voices:list"),
    }
    return render(request, "voices/voice.html", context)
