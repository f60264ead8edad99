"""Drafts: begun from nothing, a template or a letter; saved version by version; brought as Word; given up (Điều 10)."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from tram.audit.commands import atomic, record
from tram.documents.models import Incoming
from tram.documents.queries import one as incoming_seen_by
from tram.files.commands import store
from tram.files.models import File
from tram.files.queries import refuse_marked_secret
from tram.files.sockets import FileRefused
from tram.formats.queries import Written, written_in_word
from tram.kernel.actors import Actor, entitled
from tram.kernel.crashpoints import crashpoint
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.organisation.models import Post, Unit
from tram.outgoing.commands.cards import (
    close_questions,
    content_of,
    end_work,
    lock,
    must_be_seen,
    must_own,
    open_to,
    show,
)
from tram.outgoing.models import Attachment, Outgoing, Version
from tram.outgoing.policy import may_draft, may_save, may_write
from tram.outgoing.queries.copies import Copied, original_of
from tram.outgoing.queries.documents import one
from tram.outgoing.rules import Content, body_of, changes, is_copy, kinds, mistakes
from tram.outgoing.states import MOVES, OUT, WRITABLE, Relation
from tram.reading.queries import printed_text
from tram.tasks.events import Kind

TEXT = "ban-du-thao.txt"


class Stream(Protocol):
    """An upload: anything that is read in steps."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


@atomic
def draft(
    *, actor: Actor, at: datetime, content: Content, answers: Incoming | None = None, before: Outgoing | None = None,
    relation: Relation = Relation.NONE, copied: Copied | None = None,
) -> Outgoing:  # fmt: skip
    """Begin a draft in the unit of the acting post; it may answer a letter that this person reads, or replace, correct
    or recall (`relation`) a letter of the agency that left (`before`). A copy says what it copies (`copied`).

    Raises Hidden for a letter they do not read, Invalid with a sentence for each wrong field.
    """
    may_draft(actor, at.date()).or_refuse()
    hat = actor.acting
    assert hat is not None
    _must_fit(actor, at, answers, before, relation)
    content = _sound(content, at)
    original = _original(actor, at, copied)
    _must_stay_copy(content, original)
    document = Outgoing.objects.create(
        agency=Unit.objects.get(pk=hat.agency), unit=Unit.objects.get(pk=hat.unit),
        drafter=Post.objects.get(pk=hat.post), drafter_name=f"{actor.name}, {hat.title}", kind=content.kind,
        answers=answers, before=before, relation=relation, original_id=original, began_at=at, changed_at=at,
    )  # fmt: skip
    open_to(document, [f"post.{hat.post}", f"unit_head.{hat.unit}"], at=at, cause=document.ref)
    record(
        actor=actor, at=at, what="outgoing.drafted", about=document.ref, agency=document.agency_id,
        kind_name=kinds()[content.kind].name, subject=content.subject or "chưa có trích yếu",
        answers=answers and answers.ref, before=before and before.ref, relation=relation,
        copied=copied and copied.ref,
    )  # fmt: skip
    _keep(actor, at, document, content)
    return document


def _must_fit(actor: Actor, at: datetime, answers: Incoming | None, before: Outgoing | None, relation: str) -> None:
    if answers is not None and incoming_seen_by(actor, answers.pk, at.date()).agency_id != actor.agency:
        raise Invalid({"answers": "Chỉ trả lời được văn bản gửi đến cơ quan mình."})
    if (before is None) != (relation == Relation.NONE):
        raise Invalid({"before": "Chọn văn bản trước và quan hệ với nó: thay thế, đính chính hoặc thu hồi."})
    if before is not None:
        old = one(actor, before.pk, at.date())
        if old.agency_id != actor.agency or old.state not in OUT:
            raise Invalid({"before": "Chỉ thay thế, đính chính, thu hồi văn bản mà cơ quan mình đã phát hành."})


def _original(actor: Actor, at: datetime, copied: Copied | None) -> UUID | None:
    if copied is None:
        return None
    seen_by = incoming_seen_by if isinstance(copied, Incoming) else one
    letter = seen_by(actor, copied.pk, at.date())
    if letter.agency_id != actor.agency:
        raise Invalid({"kind": "Chỉ lập bản sao từ văn bản của cơ quan mình."})
    return original_of(letter)


def _must_stay_copy(content: Content, original: UUID | None) -> None:
    if is_copy(content.kind) == (original is None):
        raise Invalid(
            {
                "kind": "Bản sao lập từ trang của văn bản được sao: mở văn bản ấy, chọn Lập bản sao."
                if original is None
                else "Chọn hình thức sao: sao y, trích sao hoặc sao lục."
            }
        )


def _sound(content: Content, at: datetime) -> Content:
    """The content tidied; raises Invalid where it breaks a rule, or is marked as a state secret."""
    content = content.tidy()
    wrong = mistakes(content, at.date())
    if wrong:
        raise Invalid(wrong)
    units = [place.unit for place in content.places if place.unit]
    if Unit.objects.filter(pk__in=units).count() != len(units):
        raise Invalid({"places": "Có nơi nhận không còn trong danh sách đơn vị. Chọn lại nơi nhận ấy."})
    try:
        refuse_marked_secret(content.words, TEXT)
    except FileRefused as refused:
        raise Invalid(
            {"body": "Văn bản mật không được soạn trên hệ thống này. Soạn trên máy riêng theo quy định."}
        ) from refused
    return content


def _keep(actor: Actor, at: datetime, document: Outgoing, content: Content, source: str = "") -> Version:
    """The next version; what lists show of it stands in the document's own row."""
    last = content_of(document) if document.version else None
    hat = actor.acting
    assert hat is not None
    document.version += 1
    for name in ("kind", "field", "subject", "urgency", "due_date"):
        setattr(document, name, getattr(content, name))
    document.changed_at = at
    document.save()
    made = Version.objects.create(
        document=document, number=document.version, content=content.plain(), changed=changes(last, content),
        source=source, by_post_id=hat.post, by_name=f"{actor.name}, {hat.title}", at=at,
    )  # fmt: skip
    crashpoint("outgoing.draft.kept")
    record(
        actor=actor, at=at, what="outgoing.version_saved", about=document.ref, agency=document.agency_id,
        number=made.number, changed=made.changed, source=source,
    )  # fmt: skip
    show(document, actor=actor, at=at)
    return made


def _writing(actor: Actor, at: datetime, document: Outgoing) -> tuple[Actor, Outgoing]:
    """The document locked, and the writer in the right hat; raises Refused, or WrongState when nobody writes it now."""
    document = lock(document)
    actor = entitled(actor, document, may_save, at.date())
    if document.state not in WRITABLE:
        raise WrongState(
            f"Dự thảo đang ở bước “{MOVES.name(document.state)}” nên không sửa được. Rút về hoặc trả lại trước."
        )
    return actor, document


@atomic
def save_version(*, actor: Actor, at: datetime, document: Outgoing, content: Content, seen: int) -> Version:
    """Save a draft as its next version; the same content again makes none. `seen`: the version the writer began from.

    While the head of the unit checks it, only they change it. Raises WrongState when somebody saved since, or in a state
    in which nobody writes.
    """
    actor, document = _writing(actor, at, document)
    must_be_seen(document, seen)
    content = _sound(content, at)
    _must_stay_copy(content, document.original_id)
    if content == content_of(document):
        return document.versions.get(number=document.version)
    return _keep(actor, at, document, content)


@atomic
def bring(*, actor: Actor, at: datetime, document: Outgoing, stream: Stream, name: str, seen: int) -> Version:
    """A draft written in Word: the file is kept beside the version, what it says becomes the body, with the numbers
    that Word counts by itself and a line for each row of a table; of a whole page, as the one that is offered to be
    edited, subject and grounds come with it and the rest of the page stays what it is.

    Raises FileRefused or DiskFull with their own sentences, Invalid when it is no .docx or says nothing.
    """
    actor, document = _writing(actor, at, document)
    must_be_seen(document, seen)
    told: list[Written] = []

    def look(path: Path) -> None:
        refuse_marked_secret(printed_text(path, name), name)
        told.append(written_in_word(path.read_bytes(), name))

    if not name.lower().endswith(".docx"):
        raise Invalid({"file": "Tệp phải là Word .docx. Tệp PDF thì kèm như phụ lục."})
    file = store(actor=actor, at=at, stream=stream, name=name, agency=document.agency_id, look=look)
    [written] = told
    body = written.body if written.is_whole else body_of(written.body)
    if not body:
        raise Invalid({"file": "Tệp không có chữ nào giữa “Kính gửi” và “Nơi nhận”. Mở tệp kiểm tra rồi tải lại."})
    old = content_of(document)
    bases = written.grounds if written.is_whole else old.bases
    content = _sound(replace(old, body=body, bases=bases, subject=written.subject or old.subject), at)
    made = _keep(actor, at, document, content, source=file.name)
    Attachment.objects.create(document=document, file=file, version=made.number, place=_next_place(document))
    return made


def _next_place(document: Outgoing) -> int:
    last = document.attachments.order_by("-place").values_list("place", flat=True).first()
    return 1 if last is None else last + 1


@atomic
def attach(*, actor: Actor, at: datetime, document: Outgoing, file: File) -> Attachment:
    """Add an annex while the draft is being written; it goes wherever the letter goes."""
    actor, document = _writing(actor, at, document)
    must_own(actor, [file])
    added = Attachment.objects.create(document=document, file=file, place=_next_place(document))
    record(
        actor=actor, at=at, what="outgoing.file_attached", about=document.ref, agency=document.agency_id, file=file.ref
    )
    return added


@atomic
def detach(*, actor: Actor, at: datetime, document: Outgoing, attachment: int, reason: str) -> None:
    """Take an annex off the draft; a Word file that a version was brought in stays."""
    actor, document = _writing(actor, at, document)
    need_reason(reason, "Gửi nhầm phụ lục")
    found = document.attachments.filter(pk=attachment, version=0).select_related("file").first()
    if found is None:
        raise WrongState("Tệp này không còn kèm dự thảo. Tải lại trang để xem.")
    found.delete()
    record(
        actor=actor, at=at, what="outgoing.file_detached", about=document.ref, agency=document.agency_id, reason=reason,
        file=found.file.ref,
    )  # fmt: skip


@atomic
def withdraw(*, actor: Actor, at: datetime, document: Outgoing, reason: str) -> Outgoing:
    """Give a draft up before it has a number: versions, opinions and initials stay, work about it ends."""
    document = lock(document)
    actor = entitled(actor, document, may_write, at.date())
    need_reason(reason, "Đã có chỉ đạo khác, không ban hành nữa")
    document.state = MOVES.after(document.state, "withdraw")
    document.ended_at, document.outcome, document.changed_at = at, reason[:500], at
    document.save()
    close_questions(document, at=at, by=actor.name)
    end_work(document, *Kind, actor=actor, at=at, result=f"Thôi không ban hành: {reason}")
    record(actor=actor, at=at, what="outgoing.withdrawn", about=document.ref, agency=document.agency_id, reason=reason)
    show(document, actor=actor, at=at)
    return document
