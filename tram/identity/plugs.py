"""What identity plugs into the skin: its line in the menu."""

from django.http import HttpRequest

from tram.identity.policy import may_list
from tram.identity.queries import at_of
from tram.kernel import clock
from tram.web.addresses import address
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


def menu(request: HttpRequest) -> list[NavItem]:
    """ "Tài khoản", for whoever administers some."""
    on = clock.local_day(at_of(request))
    if not may_list(request_actor(request), on):
        return []
    return [NavItem(address("identity:accounts"), "Tài khoản", "people", 910)]
