"""What the shell of every page shows: the person, their hats, the menu."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tram.kernel import clock
from tram.kernel.space import FILLING, READ_ONLY
from tram.web import views
from tram.web.after import heard
from tram.web.sockets import menus

MENDER = "admin_province"


def shell(request: HttpRequest) -> dict[str, object]:
    """Context for web/base.html; pages for nobody get an empty shell.

    What was left for the next page is heard only where a page shows it: browsers ask for the worker's script and for
    fragments at moments of their own, and those tell nobody anything.
    """
    actor = getattr(request, "actor", None)
    if actor is None or actor.account is None:
        return {"actor": None, "nav": [], "hats": [], "filling": _filling(request)}
    today = clock.local_day(request.at)  # type: ignore[attr-defined]
    items = sorted((item for _, menu in menus.items() for item in menu(request)), key=lambda item: item.order)
    current = max((i.url for i in items if _is_under(request.path, i.url)), key=len, default="")
    nav = [
        {"url": i.url, "label": i.label, "icon": i.icon, "count": i.count, "current": i.url == current} for i in items
    ]
    hats = [
        {
            "post": hat.post,
            "title": hat.title,
            "agency": hat.agency_name,
            "unit": hat.unit_name,
            "principal": hat.principal_name,
            "acting": hat is actor.acting,
        }
        for hat in actor.worn(today)
    ]
    said = SimpleLazyObject(lambda: {} if request.headers.get("HX-Request") else heard(request))
    filling = _filling(request, may_mend=any(grant.role == MENDER for hat in actor.hats for grant in hat.grants))
    return {"actor": actor, "nav": nav, "hats": hats, "today": today, "filling": filling, "said": said}


def _filling(request: HttpRequest, *, may_mend: bool = False) -> str:
    """What is said about the disk: to everybody while nothing can be written, before that to who can mend it."""
    full = getattr(request, "full", 0)
    if full >= READ_ONLY:
        return views.READ_ONLY
    return (
        f"Đĩa của máy chủ đã dùng {full} %. Từ {READ_ONLY} % Trạm chỉ cho đọc: dọn hoặc nới đĩa."
        if may_mend and full >= FILLING
        else ""
    )


def _is_under(path: str, url: str) -> bool:
    """Whether a page belongs to a menu item; every address begins with "/", so that one holds for itself alone."""
    return path == url or (url != "/" and path.startswith(url))
