"""What the desk plugs into the skin: "Việc của tôi", and for heads their boards."""

from django.http import HttpRequest

from tram.desk.policy import may_follow, may_share_out
from tram.kernel import clock
from tram.tasks.queries import waiting
from tram.web.addresses import address
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for everybody, two more for heads and leaders."""
    actor, on = request_actor(request), clock.local_day(request.at)  # type: ignore[attr-defined]
    items = [NavItem(address("desk:home"), "Việc của tôi", "inbox", 10, waiting(actor, on))]
    if may_follow(actor, on):
        items.append(NavItem(address("desk:board"), "Nhiệm vụ", "chart", 40))
    if may_share_out(actor, on):
        items.append(NavItem(address("desk:share"), "Phân việc", "people", 41))
    return items
