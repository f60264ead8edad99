"""What notices plug into the skin: their line in the menu, with the number of unread ones."""

from django.http import HttpRequest

from tram.kernel import clock
from tram.notifications import queries
from tram.web.addresses import address
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for everybody who signed in."""
    actor, day = request_actor(request), clock.local_day(clock.now())
    return [NavItem(address("notifications:list"), "Thông báo", "bell", 15, queries.unread(actor, day))]
