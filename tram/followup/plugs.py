"""What following up plugs into lower rooms: words of notices, lines of the menu."""

from django.http import HttpRequest
from django.urls import reverse

from tram.followup.policy import may_count_books, may_follow, may_measure
from tram.kernel import clock
from tram.notifications.sockets import Phrase, Push
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem

NOTICES = {
    "followup.reminded": Phrase(
        "Được nhắc việc", "{actor} nhắc bạn: {title}, hạn {due_on}", "Bạn được nhắc về một việc hạn chế.", Push.WAITS
    ),
    "followup.urged": Phrase(
        "Dự thảo đôn đốc",
        "Dự thảo công văn đôn đốc tuần này ở mục văn bản đi: {late} việc quá hạn, {soon} việc sắp đến hạn",
        "Bạn có một dự thảo mới.",
        Push.WAITS,
    ),
}


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for who follows work, one for who sees figures."""
    actor, on = request_actor(request), clock.local_day(request.at)  # type: ignore[attr-defined]
    items = [NavItem(reverse("followup:late"), "Đôn đốc", "clock", 42)] if may_follow(actor, on) else []
    counts = may_count_books(actor, actor.agency, on)
    page = "followup:work" if may_measure(actor, on) else "followup:books" if counts else ""
    return items + ([NavItem(reverse(page), "Thống kê", "chart", 43)] if page else [])
