"""What the visits plug into lower rooms: a line of the menu."""

from django.http import HttpRequest

from tram.kernel import clock
from tram.visits.policy import may_open
from tram.web.addresses import address
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for who answers for figures or for the portal."""
    shown = may_open(request_actor(request), clock.local_day(clock.now()))
    return [NavItem(address("visits:month"), "Lượt truy cập", "chart", 44)] if shown else []
