"""Parts that the commands of outgoing documents share: the lock, the card, who may read, work given and ended."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tram.files.models import File
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, WrongState
from tram.notifications.commands import notify
from tram.organisation.models import Post, Unit
from tram.organisation.queries import seat_asked
from tram.outgoing.models import Access, Outgoing, Version
from tram.outgoing.rules import Content, kinds
from tram.outgoing.states import NAMES, Asked, Outcome, State
from tram.search.commands import put
from tram.search.sockets import CardInput
from tram.tasks.commands.give import Subject, assign
from tram.tasks.commands.work import fulfil
from tram.tasks.events import Kind
from tram.tasks.models import Task
from tram.web.rows import one_of

LOCK = "SELECT * FROM outgoing_outgoing WHERE id = %s FOR NO KEY UPDATE"


def lock(document: Outgoing) -> Outgoing:
    """The document as it is now, locked until the command commits."""
    return one_of(Outgoing, LOCK, document.pk)


def must_be_seen(document: Outgoing, seen: int) -> None:
    """Raise WrongState when somebody saved another version since; who acts on a draft acts on what they read."""
    if document.version != seen:
        last = document.versions.get(number=document.version)
        raise WrongState(
            f"{last.by_name} vừa lưu bản {last.number} ({last.changed}). Tải lại để xem bản mới rồi làm lại."
        )


def content_of(document: Outgoing) -> Content:
    """The content as last saved."""
    return Content.of(document.versions.get(number=document.version).content)


def version_of(document: Outgoing) -> Version:
    """The version that counts now."""
    return document.versions.get(number=document.version)


def open_to(document: Outgoing, keys: Sequence[str], *, at: datetime, cause: str) -> None:
    """Let posts, units and roles read the document, with the cause; a key already there keeps its first cause."""
    rows = [Access(document=document, key=key, cause=cause, since_at=at) for key in keys]
    Access.objects.bulk_create(rows, ignore_conflicts=True)


def must_own(actor: Actor, files: Sequence[File]) -> None:
    """Raise Hidden unless this very person brought the files: a letter opens its files to all its readers."""
    if any(file.uploaded_by_id != actor.account for file in files):
        raise Hidden


def title_of(document: Outgoing) -> str:
    """What lists say of it before it has a subject, too."""
    return document.subject or f"{kinds()[document.kind].name} chưa có trích yếu"


def give(
    document: Outgoing, kind: Kind, unit: Unit, post: Post | None = None, *, actor: Actor, at: datetime,
    note: str = "", due_on: date | None = None, on_behalf: Post | None = None,
) -> Task:  # fmt: skip
    """Part: work about a document as a task, and the document open to whoever gets it."""
    line = " · ".join(part for part in (kinds()[document.kind].name, document.code, document.drafter_name) if part)
    about = Subject(document.ref, document.url, title_of(document), line[:300], document.urgency)
    task = assign(
        actor=actor, at=at, kind=kind, unit=unit, post=post, about=about, due_on=due_on, note=note, on_behalf=on_behalf
    )
    keys = [f"post.{post.pk}"] if post else [f"unit.{unit.pk}"]
    open_to(document, keys, at=at, cause=task.ref)
    return task


def give_to_role(
    document: Outgoing, kind: Kind, roles: Sequence[Sequence[str]], *, actor: Actor, at: datetime, note: str = "",
    over: int | None = None,
) -> Task:  # fmt: skip
    """Part: work for the first seat that is taken among these roles over the unit `over` (else the agency).

    Without any such seat it lies with the agency's own inbox. `roles`: groups, the more fitting first.
    """
    seat = seat_asked(roles, over or document.agency_id, at.date())
    if seat is None:
        return give(document, kind, document.agency, actor=actor, at=at, note=note)
    post = Post.objects.select_related("unit").get(pk=seat.post)
    return give(document, kind, post.unit, post, actor=actor, at=at, note=note)


def end_work(document: Outgoing, *kinds_of_work: Kind, actor: Actor, at: datetime, result: str) -> None:
    """Part: end open work of these kinds about the document: what it asked for has happened."""
    for task in Task.objects.filter(about=document.ref, ended_at=None, kind__in=kinds_of_work).order_by("pk"):
        fulfil(actor=actor, at=at, task=task, result=result)


def close_questions(document: Outgoing, *, at: datetime, by: str) -> None:
    """Part: nobody is asked any more: opinions that wait, and the presentation that waits."""
    document.opinions.filter(state=Asked.WAITING).update(state=Asked.RECALLED)
    document.presentations.filter(outcome=Outcome.WAITING).update(
        outcome=Outcome.TAKEN_BACK, decided_by=by, decided_at=at
    )


def tell_drafter(document: Outgoing, kind: str, *, actor: Actor, at: datetime, **words: Any) -> None:
    """Part: a notice to the post that drafted it."""
    notify(
        actor=actor, at=at, kind=kind, about=document.ref, url=document.url, to_posts=[document.drafter_id],
        title=title_of(document), **words,
    )  # fmt: skip


def readers(document: Outgoing) -> list[str]:
    """Every key that opens the document: the same set that `queries.visible_to` asks for."""
    return list(document.access.order_by("pk").values_list("key", flat=True))


def card_of(document: Outgoing) -> CardInput:
    """The document's card as it is now."""
    parts = (kinds()[document.kind].name, document.code if document.number else "", NAMES[State(document.state)])
    return CardInput(
        kind="outgoing.document",
        key=document.pk,
        at=document.changed_at,
        title=title_of(document),
        url=document.url,
        readers=tuple(readers(document)),
        agency=document.agency_id,
        line=" · ".join(part for part in parts if part),
        body=content_of(document).words,
        number=document.code if document.number else "",
        sender=document.drafter_name,
        due_on=document.due_date if document.ended_at is None and document.issued_at is None else None,
    )


def show(document: Outgoing, *, actor: Actor, at: datetime) -> None:
    """Put the document's card into the one index."""
    put(actor=actor, at=at, card=card_of(document))
