"""What signing plugs into the skin: the line in the menu."""

from django.http import HttpRequest
from django.urls import reverse

from tram.web.sockets import NavItem


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for everybody who signed in."""
    return [NavItem(reverse("signing:verify"), "Xác minh chữ ký", "lock", 60)]
