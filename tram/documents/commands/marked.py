"""A stamp of secrecy that only a machine's eye saw: veil the paper, lift the veil, or purge it.

Source of law: Luật Bảo vệ bí mật nhà nước 117/2025/QH15: content of state secrets is not kept on a networked system.
"""

from datetime import datetime
from uuid import UUID

from tram.audit.commands import atomic, record
from tram.documents.commands.cards import lock, show
from tram.documents.models import Correction, Incoming, IncomingFile, Part, Proposal, SplitProposal
from tram.documents.policy import may_register
from tram.documents.rules import LEVELS_SEEN, bare_title
from tram.documents.states import BEFORE_THE_BOOK, MOVES, NO_LETTER, Channel
from tram.files.commands import destroy, look
from tram.jobs.sockets import later
from tram.kernel.actors import Actor
from tram.outputs.commands import withdraw
from tram.tasks.commands.work import blank
from tram.web.drafts import forget_all

TYPED = ("organ_name", "code_number", "code_notation", "number_key", "type_name", "subject", "description",
         "signer_position", "signer_full_name", "to_places", "file_code", "outcome", "answer_code", "duplicate_reason",
         "keeping_place")  # fmt: skip
"""What a clerk typed, or a machine read, of a paper; number and day of arrival stay, for the book has no gap."""


def _own(actor: Actor, at: datetime, document: Incoming) -> Incoming:
    """Told by the files, or acting for the clerk whose answer the files have judged already."""
    document = lock(document)
    if not actor.is_system:
        may_register(actor, document.agency_id, at.date()).or_refuse()
    return document


@atomic
def veil(*, actor: Actor, at: datetime, document: Incoming) -> None:
    """A stamp was seen on the paper itself: nobody but the clerk and the head of the agency knows of it now."""
    document = _own(actor, at, document)
    document.veiled = True
    document.save(update_fields=["veiled"])
    record(actor=actor, at=at, what="documents.veiled", about=document.ref, agency=document.agency_id)
    show(document, actor=actor, at=at)


@atomic
def unveil(*, actor: Actor, at: datetime, document: Incoming) -> None:
    """It was no stamp: everything is as before, and a paper that was not read yet is read now."""
    document = _own(actor, at, document)
    document.veiled = False
    document.save(update_fields=["veiled"])
    record(actor=actor, at=at, what="documents.unveiled", about=document.ref, agency=document.agency_id)
    show(document, actor=actor, at=at)
    if document.state in BEFORE_THE_BOOK and not Proposal.objects.filter(document=document).exists():
        later("tram.documents.jobs.read_scan", document=document.pk)
    if document.state in BEFORE_THE_BOOK and not SplitProposal.objects.filter(document=document).exists():
        later("tram.documents.jobs.find_starts", document=document.pk)


@atomic
def purge(*, actor: Actor, at: datetime, document: Incoming, file: UUID, level: str) -> None:
    """Let a file go that is destroyed as a state secret, and, where it is the paper itself, all that tells of it.

    A paper in the lane becomes an empty row of its level, which waits to be entered in the secret book. One in the
    ordinary book keeps its number and day alone; work about it ends, its words go, and such a row waits in the lane.
    """
    document = _own(actor, at, document)
    carried = IncomingFile.objects.filter(document=document, file=file)
    is_paper = carried.filter(place=0).exists()
    carried.delete()
    record(actor=actor, at=at, what="documents.purged", about=document.ref, agency=document.agency_id)
    if not is_paper:
        return
    others = list(IncomingFile.objects.filter(document=document).values_list("file", flat=True))
    IncomingFile.objects.filter(document=document).delete()
    # a letter that was cut from a scan stands in the scan too
    scans = IncomingFile.objects.filter(document__in=Part.objects.filter(document=document).values("original"))
    others += scans.exclude(file__marked__answered_at__isnull=False).values_list("file", flat=True)
    for other in others:
        look(actor=Actor.system(), at=at, file=other, level=level, again=True)
        destroy(actor=actor, at=at, file=other, level=level)
    _forget(actor, at, document, level)


def _forget(actor: Actor, at: datetime, document: Incoming, level: str) -> None:
    secrecy = int(LEVELS_SEEN[level])
    Proposal.objects.filter(document=document).delete()
    SplitProposal.objects.filter(document=document).delete()
    forget_all(f"phieu-{document.pk}")
    for name in TYPED:
        setattr(document, name, "")
    document.urgency, document.veiled = 0, False
    document.organ_unit, document.issued_date, document.due_date = None, None, None
    if document.state in BEFORE_THE_BOOK:
        document.secrecy, document.channel = secrecy, Channel.PAPER
        document.save()
        return
    withdraw(actor=actor, at=at, agency=document.agency_id)
    was_letter = document.state not in NO_LETTER
    document.state, document.ended_at = MOVES.after(document.state, "purge"), at
    document.save()
    document.access.all().delete()
    document.directions.update(note="", recall_reason="")
    Correction.objects.filter(document=document).update(before="", after="", reason="")
    blank(actor=Actor.system(), at=at, about=document.ref, title=bare_title(secrecy))
    show(document, actor=actor, at=at)
    if was_letter:
        _stub(actor, at, document, secrecy)


def _stub(actor: Actor, at: datetime, document: Incoming, secrecy: int) -> None:
    """The row that waits to be entered in the secret book."""
    stub = Incoming.objects.create(
        agency_id=document.agency_id, channel=Channel.PAPER, arrived_at=document.arrived_at, secrecy=secrecy
    )
    record(actor=actor, at=at, what="documents.received", about=stub.ref, agency=stub.agency_id, name="bản giấy")
