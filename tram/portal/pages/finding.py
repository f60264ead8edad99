"""Finding among what is public, with and without marks. By the house's own search, asked as somebody without any right."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tram.identity.queries import address_of
from tram.kernel import clock
from tram.portal.pages.keeping import answered
from tram.portal.queries import ALL_KINDS, ARTICLES, DOCUMENTS, DRAFTS, FIGURES, VOICES, found, province
from tram.portal.screens import articles as screens
from tram.portal.screens import maps, people, procedures
from tram.web.asked import Asked
from tram.web.throttle import Throttle, neighbourhood

ASKED = Throttle(120, timedelta(minutes=1))
"""A whole office may stand behind one address."""
WORDS = re.compile(r'[\w\s/.,"-]*\w[\w\s/.,"-]*')
"""A question of words: what else may stand in one is not looked for, so finding something says nothing of it."""
TOO_OFTEN = "Máy ở địa chỉ này tìm quá nhiều lần. Chờ một phút rồi tìm lại."


@require_safe
def search(request: Asked) -> HttpResponse:
    """The empty field, or what was found; never kept. Robots may list the field alone: words that find nothing are whatever
    a stranger wrote into a link, so a page of those says `noindex`, and a page that found something names the field as its own.
    """
    text, home = request.GET.get("q", "").replace("\x00", "").strip()[:300], province()
    what, place = request.GET.get("muc", "")[:20], request.GET.get("tiep", "")[:60]
    context = {"text": text, "parts": _parts(text, what), **screens.shell(home, home, reverse("portal:search"))}
    who, now = neighbourhood(address_of(request)), clock.now()
    if text and ASKED.is_full(who, now):
        response = answered("search", context | {"trouble": TOO_OFTEN}, 429)
        response.headers["Retry-After"] = "60"
        return response
    if text:
        ASKED.note(who, now)
        hits = found(text, place, request.at, what)
        following = f"?{urlencode({'q': text, 'muc': what, 'tiep': hits.next_place})}" if hits.next_place else ""
        first = what == ALL_KINDS and not place
        context |= {"found": hits, "older": following, "named": _named(text, request.at) if first else []}
        context["is_listed"] = bool(hits.hits and WORDS.fullmatch(text)) and not place
    return answered("search", context, 200)


def _named(text: str, at: datetime) -> list[tuple[str, str, list[dict[str, str]]]]:
    """What is found by its name: who is asked, what is to be done, a page; each under a heading with a key, where there is any."""
    groups = (
        ("co-quan", "Cơ quan, người", people.named(text, at)),
        ("thu-tuc", "Thủ tục", procedures.named(text)),
        ("trang", "Trang trên cổng", maps.named(text)),
    )
    return [(key, name, rows) for key, name, rows in groups if rows]


def _parts(text: str, what: str) -> list[dict[str, object]]:
    """The same words in one kind alone: articles, documents, questions, drafts, figures; among procedures; among agencies and people."""
    names = {
        ALL_KINDS: "Tất cả",
        DOCUMENTS: "Văn bản",
        ARTICLES: "Tin bài",
        VOICES: "Hỏi đáp",
        DRAFTS: "Dự thảo",
        FIGURES: "Số liệu",
    }
    current = what if what in names else ALL_KINDS
    typed = urlencode({"ten": text})
    others = [("Thủ tục", "portal:procedures_found"), ("Cơ quan, người", "portal:people_found")]
    return [
        *_kinds(names, text, current),
        *({"name": name, "url": f"{reverse(where)}?{typed}", "current": False} for name, where in others),
    ]


def _kinds(names: dict[str, str], text: str, current: str) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "url": f"?{urlencode({'q': text, 'muc': part} if part else {'q': text})}",
            "current": part == current,
        }
        for part, name in names.items()
    ]
