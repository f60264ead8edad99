"""Arrival: a paper is received, read by the machine, checked, sent back or found to be here already (Điều 21)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from tram.audit.commands import atomic, record
from tram.documents.commands.cards import lock, must_own, next_place, tell_sender
from tram.documents.models import Incoming, IncomingFile, Proposal
from tram.documents.policy import may_register
from tram.documents.rules import proposed, secret_sentence
from tram.documents.states import BEFORE_THE_BOOK, CHANNEL_NAMES, MOVES, Channel, Secrecy
from tram.files.commands import store
from tram.files.models import File
from tram.files.queries import refuse_marked_secret
from tram.jobs.sockets import later
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Unit
from tram.reading.queries import Reading, printed_text, read_printed


class Stream(Protocol):
    """An upload: anything that is read in steps."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


@atomic
def bring(*, actor: Actor, at: datetime, agency: Unit, stream: Stream, name: str) -> Incoming:
    """A file is dropped on the clerk's desk: judged, kept, put into the lane, read at once when it bears text.

    A scan is read by a job. Raises FileRefused or DiskFull with their own sentences; a paper marked as a state secret
    is refused by its name or its text before anything of it is kept.
    """
    may_register(actor, agency.pk, at.date()).or_refuse()
    found: list[Reading] = []

    def look(content: Path) -> None:
        found.extend(no_secret(content, name))

    file = store(actor=actor, at=at, stream=stream, name=name, agency=agency.pk, look=look)
    document = receive(actor=actor, at=at, agency=agency, files=[file])
    read(at=at, document=document, found=found)
    if file.blob.kind == "pdf" and (file.blob.pages or 0) > 1:
        later("tram.documents.jobs.find_starts", document=document.pk)
    return document


def read(*, at: datetime, document: Incoming, found: Sequence[Reading]) -> None:
    """Propose what the paper says by itself; a scan is left to the machine reader."""
    if found:
        fields, text = proposed(found[0].fields), found[0].text
        propose(actor=Actor.system(), at=at, document=document, fields=fields, text=text.plain, engine=text.source)
    else:
        later("tram.documents.jobs.read_scan", document=document.pk)


def no_secret(content: Path, name: str) -> list[Reading]:
    """Refuse a file that its name or its printed text marks as a state secret (FileRefused); else what was read of it."""
    try:
        reading = read_printed(content, name)
        text = reading.text.paged if reading else printed_text(content, name)
    except Invalid:  # a good file of a kind that is not read (a spreadsheet) says nothing
        reading, text = None, ""
    refuse_marked_secret(text, name)
    return [reading] if reading else []


@atomic
def receive(
    *, actor: Actor, at: datetime, agency: Unit, files: list[File], channel: Channel = Channel.SCAN
) -> Incoming:
    """A paper came: its files wait in the clerk's lane until it is in the book."""
    may_register(actor, agency.pk, at.date()).or_refuse()
    must_own(actor, files)
    document = Incoming.objects.create(agency=agency, channel=channel, arrived_at=at)
    for place, file in enumerate(files):
        IncomingFile.objects.create(document=document, file=file, place=place)
    record(
        actor=actor,
        at=at,
        what="documents.received",
        about=document.ref,
        agency=agency.pk,
        name=CHANNEL_NAMES[channel].lower() if files else "bản giấy",
        channel=channel,
    )
    return document


@atomic
def add_file(*, actor: Actor, at: datetime, document: Incoming, file: File) -> IncomingFile:
    """Add a file to a document: an annex that came later. A secret paper never gets one."""
    document = lock(document)
    may_register(actor, document.agency_id, at.date()).or_refuse()
    if document.secrecy != Secrecy.NONE:
        raise Invalid({"files": secret_sentence(document.secrecy)})
    must_own(actor, [file])
    added = IncomingFile.objects.create(document=document, file=file, place=next_place(document))
    record(
        actor=actor, at=at, what="documents.file_added", about=document.ref, agency=document.agency_id, file=file.ref
    )
    return added


@atomic
def propose(
    *, actor: Actor, at: datetime, document: Incoming, fields: dict[str, Any], text: str, engine: str
) -> Proposal:
    """Keep what the machine read. It fills the slip for the clerk's eye; only a stamp of urgency moves the paper forward."""
    document = lock(document)
    if not actor.is_system:
        may_register(actor, document.agency_id, at.date()).or_refuse()
    if document.veiled or not document.files.exists():
        raise WrongState("Văn bản này đang chờ trả lời về dấu mật, hoặc không còn tệp để đọc.")
    proposal, _ = Proposal.objects.update_or_create(
        document=document, defaults={"fields": fields, "text": text, "engine": engine, "read_at": at}
    )
    if document.state in BEFORE_THE_BOOK:
        document.urgency = fields.get("urgency", {}).get("value") or document.urgency
        document.save(update_fields=["urgency"])
    found = sum(1 for value in fields.values() if value.get("value"))
    record(
        actor=actor,
        at=at,
        what="documents.read",
        about=document.ref,
        agency=document.agency_id,
        fields=found,
        engine=engine,
    )
    return proposal


@atomic
def verify(*, actor: Actor, at: datetime, document: Incoming) -> Incoming:
    """An electronic document is authentic and whole (Điều 21.2)."""
    document = lock(document)
    may_register(actor, document.agency_id, at.date()).or_refuse()
    document.state = MOVES.after(document.state, "verify")
    document.save(update_fields=["state"])
    record(actor=actor, at=at, what="documents.verified", about=document.ref, agency=document.agency_id)
    return document


@atomic
def return_to_sender(*, actor: Actor, at: datetime, document: Incoming, reason: str) -> Incoming:
    """Refuse a paper that is not for us or not whole, before it is in the book, with the reason."""
    document = lock(document)
    may_register(actor, document.agency_id, at.date()).or_refuse()
    if not reason:
        raise Invalid({"reason": "Nhập lý do trả lại nơi gửi, ví dụ “Gửi nhầm cơ quan”."})
    document.state = MOVES.after(document.state, "return_to_sender")
    document.ended_at, document.outcome = at, reason
    document.save(update_fields=["state", "ended_at", "outcome"])
    record(
        actor=actor,
        at=at,
        what="documents.returned_to_sender",
        about=document.ref,
        agency=document.agency_id,
        reason=reason,
    )
    tell_sender(document, actor=actor, at=at)
    return document


@atomic
def mark_duplicate(*, actor: Actor, at: datetime, document: Incoming, of: Incoming) -> Incoming:
    """The paper is in the book already: link it there and take it out of the lane."""
    document = lock(document)
    may_register(actor, document.agency_id, at.date()).or_refuse()
    if of.agency_id != document.agency_id or of.arrival_number is None:
        raise WrongState("Văn bản được chọn chưa có trong sổ của cơ quan này.")
    document.state = MOVES.after(document.state, "mark_duplicate")
    document.duplicate_of, document.ended_at = of, at
    document.save(update_fields=["state", "duplicate_of", "ended_at"])
    record(
        actor=actor,
        at=at,
        what="documents.marked_duplicate",
        about=document.ref,
        agency=document.agency_id,
        of=of.arrival_number,
    )
    return document
