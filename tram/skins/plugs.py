"""What skins plug into lower rooms: who opens a picture inside the house; a line of the menu."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from tram.kernel import clock
from tram.kernel.actors import Actor, wear
from tram.kernel.verdicts import Verdict, allow_if
from tram.organisation.models import Unit
from tram.skins.commands import close
from tram.skins.models import Skin
from tram.skins.policy import may_dress
from tram.web.addresses import address
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


class Pictures:
    """Pictures of sites: who says what a site looks like opens them; the public takes them from the portal (files.holders)."""

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        """As a part of a skin, worn or tried; None when none has it."""
        agencies = {row.agency_id for row in Skin.objects.filter(logo=file_id)}
        if not agencies:
            return None
        mine = any(may_dress(wear(actor, unit, may_dress, at.date()), unit, at.date()) for unit in map(_unit, agencies))
        return allow_if(mine, "Bạn không thấy được mục này.")

    def locked(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """What shows it leaves the portal at once."""
        close(actor=actor, at=at, file=file)

    def released(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """A person puts it back, or does not."""

    def lost(self, *, actor: Actor, at: datetime, file: UUID, level: str) -> None:
        """What is tried lets it go."""
        close(actor=actor, at=at, file=file, is_lost=True)


def _unit(pk: int) -> Unit:
    return Unit(pk=pk)


def menu(request: HttpRequest) -> list[NavItem]:
    """One line for who says what the site looks like."""
    actor, on = request_actor(request), clock.local_day(clock.now())
    agency = Unit(pk=actor.agency)
    shown = actor.agency and may_dress(wear(actor, agency, may_dress, on), agency, on)
    return [NavItem(address("skins:look"), "Diện mạo trang", "globe", 46)] if shown else []
