"""What official documents on the portal plug into lower rooms: steps on letters' pages, what becomes of letters and files, the menu."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest

from tram.documents.models import Incoming
from tram.documents.sockets import Offer
from tram.gazette.commands.letters import close
from tram.gazette.commands.papers import lose
from tram.gazette.commands.standing import tell
from tram.gazette.models import PaperFile
from tram.gazette.policy import may_be_public, may_be_taken, may_bring, may_list, may_publish, may_withdraw
from tram.gazette.queries.log import open_row, visible_to
from tram.kernel import clock
from tram.kernel.actors import Actor, wear
from tram.kernel.verdicts import Verdict, allow_if
from tram.outgoing.models import Outgoing
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem


class PublicFiles:
    """Files that the public may take (files.holders): of a letter its own room says who else opens them."""

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        """Files of a paper open to whoever may see it; None for all others."""
        held = PaperFile.objects.filter(file=file_id).values("paper")
        if not held.exists():
            return None
        seen = visible_to(actor, at.date()).filter(pk__in=held).exists()
        return allow_if(seen, "Bạn không thấy được mục này.")

    def locked(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """What shows it leaves the portal at once."""
        close(actor=actor, at=at, file=file)

    def released(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """A person publishes it again, or does not."""

    def lost(self, *, actor: Actor, at: datetime, file: UUID, level: str) -> None:
        """What showed it has left the portal when it was locked; where it never was locked, it leaves now."""
        close(actor=actor, at=at, file=file)
        lose(actor=actor, at=at, file=file)


class PublicLetters:
    """A public letter was recalled, replaced or corrected: its page says so at once (outgoing.standings)."""

    def changed(self, *, actor: Actor, at: datetime, document: Outgoing) -> None:
        """In the transaction that does it."""
        if out := open_row(document):
            tell(actor, at, out, is_less=False)


def publishing(*, actor: Actor, document: Outgoing, on: date) -> Offer | None:
    """Make a letter public, see how it stands there, take it back (outgoing.offerings)."""
    if document.agency_id != actor.agency or document.issued_at is None:
        return None
    if open_row(document) and may_withdraw(wear(actor, document, may_withdraw, on), document, on):
        return Offer(f"/cong-khai/{document.pk}", "Đang công khai", "k", "globe")
    if may_publish(wear(actor, document, may_publish, on), document, on) and may_be_public(document):
        return Offer(f"/cong-khai/{document.pk}", "Công khai trên cổng", "k", "globe")
    return None


def taking(*, actor: Actor, document: Incoming, on: date) -> Offer | None:
    """Bring a document that came to the public (documents.offerings)."""
    if document.agency_id == actor.agency and may_bring(actor, document.agency_id, on) and may_be_taken(document):
        return Offer(f"/cong-khai/ngoai?den={document.pk}", "Đưa lên cổng", "k", "globe")
    return None


def menu(request: HttpRequest) -> list[NavItem]:
    """What stands in the side menu of whoever makes documents public."""
    is_theirs = may_list(request_actor(request), clock.local_day(clock.now()))
    return [NavItem("/cong-khai/ngoai", "Đưa văn bản lên cổng", "globe", 30)] if is_theirs else []
