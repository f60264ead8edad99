"""What official documents on the portal plug into lower rooms: the button on a letter's page, what becomes of letters and files."""

from datetime import date, datetime
from uuid import UUID

from tram.documents.sockets import Offer
from tram.gazette.commands import close, tell
from tram.gazette.policy import may_be_public, may_publish, may_withdraw
from tram.gazette.queries import open_row
from tram.kernel.actors import Actor, wear
from tram.kernel.verdicts import Verdict
from tram.outgoing.models import Outgoing


class PublicFiles:
    """Files that the public may take (files.holders): the letter says who else opens them."""

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        """The public takes them from the portal; inside the house their letter answers for them."""
        return None

    def locked(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """What shows it leaves the portal at once."""
        close(actor=actor, at=at, file=file)

    def released(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """A person publishes it again, or does not."""

    def lost(self, *, actor: Actor, at: datetime, file: UUID, level: str) -> None:
        """What showed it has left the portal when it was locked; where it never was locked, it leaves now."""
        close(actor=actor, at=at, file=file)


class PublicLetters:
    """A public letter was recalled, replaced or corrected: its page says so at once (outgoing.standings)."""

    def changed(self, *, actor: Actor, at: datetime, document: Outgoing) -> None:
        """In the transaction that does it."""
        if open_row(document):
            tell(actor, at, document, is_less=False)


def publishing(*, actor: Actor, document: Outgoing, on: date) -> Offer | None:
    """Make a letter public, see how it stands there, take it back (outgoing.offerings)."""
    if document.agency_id != actor.agency or document.issued_at is None:
        return None
    if open_row(document) and may_withdraw(wear(actor, document, may_withdraw, on), document, on):
        return Offer(f"/cong-khai/{document.pk}", "Đang công khai", "k", "globe")
    if may_publish(wear(actor, document, may_publish, on), document, on) and may_be_public(document):
        return Offer(f"/cong-khai/{document.pk}", "Công khai trên cổng", "k", "globe")
    return None
