"""What signing plugs into the skin: the line in the menu."""

from django.http import HttpRequest

from tram.kernel import clock
from tram.kernel.clock import local_day
from tram.signing.policy import may_administer
from tram.web.addresses import address
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for everybody who signed in, another for who cares for the agency's certificates."""
    actor = request_actor(request)
    items = [NavItem(address("signing:verify"), "Xác minh chữ ký", "lock", 60)]
    if may_administer(actor, actor.agency, local_day(clock.now())):
        items.append(NavItem(address("signing:certificates"), "Chứng thư số", "lock", 920))
    return items
