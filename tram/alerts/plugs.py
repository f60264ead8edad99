"""What mail to readers plugs into the skin: a line of the menu."""

from django.http import HttpRequest

from tram.alerts.policy import may_tend
from tram.kernel import clock
from tram.web.addresses import address
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for the province's administrator."""
    may = may_tend(request_actor(request), clock.local_day(clock.now()))
    return [NavItem(address("alerts:overview"), "Nhận tin qua thư", "bell", 47)] if may else []
