"""What following up plugs into lower rooms: words of notices, lines of the menu."""

from datetime import date, datetime
from typing import IO

from django.http import HttpRequest

from tram.followup.policy import may_count_books, may_follow, may_measure
from tram.followup.screens import lists
from tram.followup.screens.work import units_measured
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if
from tram.notifications.sockets import Phrase, Push
from tram.outputs.sockets import Keys, Tell
from tram.web.addresses import address
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


class WorkLists:
    """Rows behind a number of work as files (outputs.makers)."""

    def may_take(self, actor: Actor, keys: Keys, on: date) -> Verdict:
        """Whoever still sees the figures of every unit that was counted."""
        return may_measure(actor, on) & allow_if(
            set(keys["units"]) <= units_measured(actor, on), "Bạn không còn xem được số liệu của đơn vị này."
        )

    def make(self, keys: Keys, *, actor: Actor, at: datetime, out: IO[bytes], tell: Tell) -> None:
        """As a sheet."""
        lists.make(keys, by=actor.name, at=at, out=out, tell=tell)

    def made(self, *, actor: Actor, at: datetime, keys: Keys) -> None:
        """The law wants no record of it."""


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for who follows work, one for who sees figures."""
    actor, on = request_actor(request), clock.local_day(request.at)  # type: ignore[attr-defined]
    items = [NavItem(address("followup:late"), "Đôn đốc", "clock", 42)] if may_follow(actor, on) else []
    counts = may_count_books(actor, actor.agency, on)
    page = "followup:work" if may_measure(actor, on) else "followup:books" if counts else ""
    return items + ([NavItem(address(page), "Thống kê", "chart", 43)] if page else [])
