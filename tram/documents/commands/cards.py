"""Parts that the commands of documents share: the lock, the card in the index, who may read."""

from collections.abc import Sequence
from datetime import datetime

from tram.documents.models import Access, Incoming
from tram.documents.policy import SEES_ALL, SEES_SECRET
from tram.documents.rules import bare_title
from tram.documents.sockets import senders
from tram.documents.states import RUNNING, State
from tram.files.models import File
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden
from tram.search.commands import put
from tram.search.sockets import CardInput
from tram.tasks.models import Task
from tram.web.rows import one_of, read

LOCK = "SELECT * FROM documents_incoming WHERE id = %s FOR NO KEY UPDATE"


def lock(document: Incoming) -> Incoming:
    """The document as it is now, locked until the command commits."""
    return one_of(Incoming, LOCK, document.pk)


def open_to(document: Incoming, key: str, *, at: datetime, cause: str) -> None:
    """Let a post or unit read the document, with the cause; a key already there keeps its first cause."""
    row = Access(document=document, key=key, cause=cause, since_at=at)
    Access.objects.bulk_create([row], ignore_conflicts=True)


def close_to(document: Incoming, causes: Sequence[str], *, only: str = "") -> list[str]:
    """Take back the reading that these tasks opened (to one key `only`, where it is named), except from whoever holds
    other work about the document.

    Returns the keys taken back, for the record.
    """
    held = Task.objects.filter(about=document.ref, ended_at=None).values_list("unit", "post")
    kept = {key for unit, post in held for key in (f"unit.{unit}", f"unit_head.{unit}", f"post.{post}")}
    taken = document.access.filter(cause__in=causes).exclude(key__in=kept)
    if only:
        taken = taken.filter(key=only)
    keys = list(taken.values_list("key", flat=True))
    taken.delete()
    return keys


def next_place(document: Incoming) -> int:
    """Where the next file of a document stands: behind the last, also where one between was destroyed."""
    last = document.files.order_by("-place").values_list("place", flat=True).first()
    return 0 if last is None else last + 1


def must_own(actor: Actor, files: Sequence[File]) -> None:
    """Raise Hidden unless this very person brought the files: a paper opens its files to all its readers."""
    if any(file.uploaded_by_id != actor.account for file in files):
        raise Hidden


def readers(document: Incoming) -> list[str]:
    """Every key that opens the document: the same set that `queries.visible_to` asks for."""
    agency = document.agency_id
    roles = SEES_SECRET if document.secrecy else SEES_ALL
    opened = read("SELECT key FROM documents_access WHERE document_id = %s ORDER BY id", document.pk)
    return [f"{role}.{agency}" for role in sorted(roles)] + [key for (key,) in opened]


def card_of(document: Incoming, opened: Sequence[str] | None = None) -> CardInput:
    """The document's card as it is now; what is not in the book, or veiled, is found by nobody.

    `opened`: its `readers`, where they were asked for already.
    """
    secret = bare_title(document.secrecy)
    number = f"Số đến {document.arrival_number}"
    parts = (number, document.code, "" if secret else document.organ_name)
    words = (document.signer_full_name, document.description, document.answer_code)
    return CardInput(
        kind="documents.incoming",
        key=document.pk,
        at=document.arrived_at,
        title=secret or document.subject or document.code or "(không ghi trích yếu)",
        url=document.url,
        readers=tuple(readers(document) if opened is None else opened) if is_findable(document) else (),
        agency=document.agency_id,
        line=" · ".join(part for part in parts if part),
        body="" if secret else " ".join(words).strip(),
        number=document.code,
        other_numbers=tuple(str(n) for n in (document.arrival_number, document.answer_code) if n),
        sender="" if secret else document.organ_name,
        due_on=document.due_date if is_running(document) else None,
    )


def show(document: Incoming, *, actor: Actor, at: datetime, opened: Sequence[str] | None = None) -> None:
    """Put the document's card into the one index, and tell where it came from how far it is."""
    put(actor=actor, at=at, card=card_of(document, opened))
    tell_sender(document, actor=actor, at=at)


STATUS = {
    State.REGISTERED: "03", State.PRESENTED: "03", State.DIRECTED: "04", State.ASSIGNED: "04", State.IN_PROGRESS: "05",
    State.ANSWERED: "06", State.CLOSED: "06", State.FOR_INFORMATION: "06", State.RETURNED_TO_SENDER: "02",
    State.CANCELLED_BY_RECALL: "15",
}  # fmt: skip
"""What a sender is told of each state (QĐ 28/2018/QĐ-TTg)."""


def tell_sender(document: Incoming, *, actor: Actor, at: datetime) -> None:
    """Part: tell the room whose letter this is, when it came from another agency of this installation."""
    code = STATUS.get(State(document.state))
    if document.origin and code:
        note = f"Số đến {document.arrival_number}" if code == "03" else document.outcome
        report(document, code, note, actor=actor, at=at)


def report(document: Incoming, code: str, note: str, *, actor: Actor, at: datetime) -> None:
    """Part: one status for the sender."""
    sender = senders.find(document.origin.partition("/")[0])
    if sender is not None:
        sender.told(actor=actor, at=at, origin=document.origin, code=code, note=note[:1000])


def is_findable(document: Incoming) -> bool:
    """Whether the document is in the book, bears no unanswered stamp of secrecy and was not purged for one."""
    return document.arrival_number is not None and not document.veiled and document.state != State.PURGED


def is_running(document: Incoming) -> bool:
    """Whether the document is in the book and not settled."""
    return State(document.state) in RUNNING
