"""What contacts plug into lower rooms: whoever leaves a post is public no more at once; a line of the menu."""

from datetime import datetime

from django.http import HttpRequest

from tram.contacts.commands import tell
from tram.contacts.policy import may_publish
from tram.contacts.queries import open_rows
from tram.kernel import clock
from tram.kernel.actors import Actor, wear
from tram.organisation.models import Unit
from tram.web.addresses import address
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


class Leaving:
    """Who sits where has changed: pages that show people of the agency are made anew (organisation.seatings)."""

    def changed(self, *, actor: Actor, at: datetime, agency: int) -> None:
        """In the transaction that seats somebody, or lets them leave."""
        if open_rows(agency).exists():
            tell(actor, at, agency)


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for who says what the public may know of the agency."""
    actor, on = request_actor(request), clock.local_day(clock.now())
    agency = Unit(pk=actor.agency)
    shown = actor.agency and may_publish(wear(actor, agency, may_publish, on), agency, on)
    return [NavItem(address("contacts:overview"), "Danh bạ trên cổng", "people", 45)] if shown else []
