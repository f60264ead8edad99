"""Where anybody rates a page: a plain form, no script, no cookie, no session."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tram.identity.queries import address_of
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.visits import queries
from tram.visits.commands.rating import rate as give
from tram.visits.rules import settled
from tram.web.asked import Asked, is_of_this_site
from tram.web.middleware import repeatable

LONGEST_AGENT = 500
FOREIGN = "Đánh giá chỉ gửi được từ chính trang của cổng. Mở lại trang rồi chọn điểm."


@csrf_exempt
@repeatable
@require_POST
def rate(request: Asked) -> HttpResponse:
    """Take one tap. The same again changes nothing; another score replaces the former."""
    page, text = request.POST.get("trang", "")[:120].replace("\x00", ""), request.POST.get("diem", "")
    score = int(text) if text in ("1", "2", "3", "4", "5") else 0
    if not is_of_this_site(request):
        return _answer(request, 403, error=FOREIGN)
    agent = request.headers.get("User-Agent", "")[:LONGEST_AGENT]
    try:
        before = give(
            actor=request.actor, at=request.at, page=page, score=score, address=address_of(request), agent=agent
        )
    except Invalid as wrong:
        return _answer(request, 422, page, error=str(wrong))
    except Refused as refusal:
        return _answer(request, 404, error=refusal.reason)
    except WrongState as full:
        return _answer(request, 429, page, error=str(full))
    return _answer(request, 200, page, score=score, before=before)


def _answer(request: HttpRequest, status: int, page: str = "", **words: Any) -> HttpResponse:
    shown = queries.named([page]).get(page) if page else None
    score = words.get("score", 0)
    context = {
        **words, "page": page if shown else "", "shown": shown, "scores": queries.scores(), "needed": queries.votes_needed(),
        "word": dict(queries.scores()).get(score, ""), "stars": queries.ratings_of([page]).get(page) if shown else None,
    }  # fmt: skip
    response = render(request, "visits/rated.html", context, status=status)
    response["Cache-Control"] = "no-store"
    if status == 429:
        response["Retry-After"] = str(settled()["rating"]["hurry"]["seconds"])
    return response
