"""Letters from other agencies of this installation: they lie in the clerk's lane at once, and may be recalled there."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tram.audit.commands import atomic, record
from tram.documents.commands.cards import lock, show
from tram.documents.commands.direct import Target, give
from tram.documents.models import Incoming, IncomingFile, Proposal
from tram.documents.policy import may_take_in
from tram.documents.rules import Slip
from tram.documents.states import BEFORE_THE_BOOK, MOVES, Channel
from tram.files.commands import pass_on
from tram.files.models import File
from tram.kernel.actors import Actor
from tram.kernel.crashpoints import crashpoint
from tram.organisation.models import Post, Unit
from tram.organisation.queries import seats_with_role
from tram.tasks.events import Kind

ENGINE = "exchange"


@atomic
def take_in(
    *, actor: Actor, at: datetime, agency: Unit, origin: str, slip: Slip, files: Sequence[File]
) -> Incoming:  # fmt: skip
    """A letter that another agency issued comes into this agency's lane with its files, its slip filled and sure.

    `origin`: ref of what sent it, which is told each status. The sending room has asked the sender's rights.
    """
    may_take_in(actor).or_refuse()
    document = Incoming.objects.create(
        agency=agency, channel=Channel.EXCHANGE, arrived_at=at, origin=origin, urgency=slip.urgency,
        organ_unit_id=slip.organ_unit,
    )  # fmt: skip
    for place, file in enumerate(files):
        copy = pass_on(actor=actor, at=at, file=file, agency=agency.pk)
        IncomingFile.objects.create(document=document, file=copy, place=place)
    Proposal.objects.create(document=document, fields=_sure(slip), engine=ENGINE, read_at=at)
    crashpoint("documents.exchange.taken_in")
    record(
        actor=actor, at=at, what="documents.received", about=document.ref, agency=agency.pk,
        name=f"liên thông từ {slip.organ_name}", channel=Channel.EXCHANGE, origin=origin,
    )  # fmt: skip
    return document


def _sure(slip: Slip) -> dict[str, dict[str, Any]]:
    """The metadata of the sender as the slip's proposal: nothing in it is doubtful."""
    found = {
        name: value for name, value in slip.values().items() if value not in (None, "", 0) and name != "organ_unit"
    }
    return {
        name: {"value": plain, "confidence": 1.0, "place": "", "raw": str(plain), "doubtful": False}
        for name, value in found.items()
        for plain in [value.isoformat() if isinstance(value, date) else value]
    }


@atomic
def ask_recall(*, actor: Actor, at: datetime, document: Incoming, reason: str) -> Incoming:
    """The sender recalls the letter: out of the lane it goes at once; once in the book, the clerk is asked.

    The clerk answers by cancelling it, or by finishing the task with the reason why work done cannot be undone (16).
    """
    may_take_in(actor).or_refuse()
    document = lock(document)
    if not MOVES.can(document.state, "cancel"):
        return document
    document.recall_reason = reason[:500]
    if document.state in BEFORE_THE_BOOK:
        document.state = MOVES.after(document.state, "cancel")
        document.ended_at, document.outcome = at, reason
    document.save(update_fields=["recall_reason", "state", "ended_at", "outcome"])
    record(
        actor=actor, at=at, what="documents.recall_asked", about=document.ref, agency=document.agency_id, reason=reason
    )
    if document.state not in BEFORE_THE_BOOK and document.ended_at != at:
        note = f"Nơi gửi thu hồi văn bản: {reason}. Hủy văn bản, hoặc xong việc này kèm lý do không hủy được."
        give(document, _clerk(document, at), Kind.REVIEW, actor=Actor.system(), at=at, note=note[:500])
    show(document, actor=actor, at=at)
    return document


def _clerk(document: Incoming, at: datetime) -> Target:
    seats = sorted(seats_with_role("clerk", document.agency_id, at.date()), key=lambda seat: seat.account is None)
    post = Post.objects.select_related("unit").filter(pk__in=[seat.post for seat in seats[:1]]).first()
    return Target(post.unit, post) if post else Target(document.agency)
