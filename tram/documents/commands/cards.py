"""Parts that the commands of documents share: the lock, the card in the index, who may read."""

from datetime import datetime

from tram.documents.models import Access, Incoming
from tram.documents.states import RUNNING, Secrecy, State
from tram.kernel.actors import Actor
from tram.search.commands import put
from tram.search.sockets import CardInput


def lock(document: Incoming) -> Incoming:
    """The document as it is now, locked until the command commits."""
    return Incoming.objects.select_for_update().get(pk=document.pk)


def open_to(document: Incoming, key: str, *, at: datetime, cause: str) -> None:
    """Let a post or unit read the document, with the cause; a key already there keeps its first cause."""
    Access.objects.get_or_create(document=document, key=key, defaults={"cause": cause, "since_at": at})


def readers(document: Incoming) -> list[str]:
    """Every key that opens the document: the same set that `queries.visible_to` asks for."""
    agency = document.agency_id
    own = [f"clerk.{agency}", f"leader.{agency}"]
    if document.secrecy == Secrecy.NONE:
        own.append(f"office_chief.{agency}")
    return own + list(document.access.values_list("key", flat=True))


def show(document: Incoming, *, actor: Actor, at: datetime) -> None:
    """Put the document's card into the one index, as it is now."""
    number = f"Số đến {document.arrival_number}" if document.arrival_number else "Chưa vào sổ"
    parts = (number, document.code, document.organ_name)
    put(
        actor=actor,
        at=at,
        card=CardInput(
            kind="documents.incoming",
            key=document.pk,
            at=document.arrived_at,
            title=document.subject or document.code or "(không ghi trích yếu)",
            url=document.url,
            readers=tuple(readers(document)),
            agency=document.agency_id,
            line=" · ".join(part for part in parts if part),
            body=" ".join((document.signer_full_name, document.description, document.answer_code)).strip(),
            number=document.code,
            other_numbers=tuple(str(n) for n in (document.arrival_number, document.answer_code) if n),
            sender=document.organ_name,
            due_on=document.due_date if is_running(document) else None,
        ),
    )


def is_running(document: Incoming) -> bool:
    """Whether the document is in the book and not settled."""
    return State(document.state) in RUNNING
