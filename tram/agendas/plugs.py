"""What the weekly schedule plugs into lower rooms: a line of the menu."""

from django.http import HttpRequest

from tram.agendas.policy import may_see
from tram.web.addresses import address
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for everybody of an agency."""
    return [NavItem(address("agendas:week"), "Lịch tuần", "calendar", 39)] if may_see(request_actor(request)) else []
