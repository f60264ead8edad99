"""A file of a letter that bears a stamp of secrecy is destroyed: the letter lets go of it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.outgoing.commands.cards import lock
from tram.outgoing.models import Attachment, Opinion, Outgoing
from tram.outgoing.policy import may_told


@atomic
def lose(*, actor: Actor, at: datetime, file: UUID) -> None:
    """Let go of the file wherever a letter holds it: as annex, as a marked copy, as the page itself, as what a copy copies."""
    may_told(actor).or_refuse()
    holding = Outgoing.objects.filter(attachments__file=file).union(
        Outgoing.objects.filter(opinions__marked=file), Outgoing.objects.filter(Q(paper=file) | Q(original=file))
    )
    for found in list(holding):
        document = lock(found)
        Attachment.objects.filter(document=document, file=file).delete()
        Opinion.objects.filter(document=document, marked=file).update(marked=None)
        Outgoing.objects.filter(pk=document.pk, paper=file).update(paper=None)
        Outgoing.objects.filter(pk=document.pk, original=file).update(original=None)
        record(
            actor=actor, at=at, what="outgoing.secret_removed", about=document.ref, agency=document.agency_id,
            file=f"files.file/{file}",
        )  # fmt: skip
