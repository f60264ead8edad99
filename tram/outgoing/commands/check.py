"""The two checks that the decree names: content by the head of the drafting unit, form by whom the agency charged."""

from collections.abc import Sequence
from datetime import datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled, wear
from tram.kernel.verdicts import Invalid, need_reason
from tram.organisation.models import Post
from tram.outgoing.commands.cards import (
    content_of,
    end_work,
    give,
    give_to_role,
    lock,
    must_be_seen,
    show,
    tell_drafter,
)
from tram.outgoing.models import Initial, Outgoing
from tram.outgoing.policy import may_check_content, may_check_form, may_send_back, may_told, may_write
from tram.outgoing.queries.pace import CONTENT, FORM
from tram.outgoing.queries.sheets import findings
from tram.outgoing.rules import missing
from tram.outgoing.states import MOVES, Outcome, Part
from tram.tasks.events import Kind


@atomic
def submit(*, actor: Actor, at: datetime, document: Outgoing, seen: int) -> Outgoing:
    """Put the draft before the head of the unit for the check of content; a head's own draft is checked by that.

    Raises Invalid with what is still missing, WrongState when another version came since.
    """
    document = lock(document)
    actor = entitled(actor, document, may_write, at.date())
    must_be_seen(document, seen)
    lacks = missing(content_of(document))
    if lacks:
        raise Invalid(lacks)
    document.state = MOVES.after(document.state, "submit")
    document.changed_at = at
    document.save(update_fields=["state", "changed_at"])
    end_work(document, Kind.REVIEW, actor=actor, at=at, result=f"Đã trình bản {document.version}")
    record(
        actor=actor, at=at, what="outgoing.submitted", about=document.ref, agency=document.agency_id,
        number=document.version,
    )  # fmt: skip
    head = wear(actor, document, may_check_content, at.date())
    if may_check_content(head, document, at.date()):
        _content(head, at, document, "người trình là lãnh đạo đơn vị")
    else:
        note = f"Kiểm tra nội dung bản {document.version}"
        give_to_role(document, Kind.REVIEW, CONTENT, actor=actor, at=at, note=note, over=document.unit_id)
    show(document, actor=actor, at=at)
    return document


@atomic
def check_content(*, actor: Actor, at: datetime, document: Outgoing, seen: int, note: str = "") -> Outgoing:
    """The head of the drafting unit answers for the content of this version (Điều 12.1); the form is checked next."""
    document = lock(document)
    actor = entitled(actor, document, may_check_content, at.date())
    must_be_seen(document, seen)
    _content(actor, at, document, note)
    show(document, actor=actor, at=at)
    return document


def _content(actor: Actor, at: datetime, document: Outgoing, note: str) -> None:
    document.state = MOVES.after(document.state, "check_content")
    _initial(actor, at, document, Part.CONTENT, note)
    ask = f"Kiểm tra thể thức bản {document.version}"
    give_to_role(document, Kind.REVIEW, FORM, actor=actor, at=at, note=ask)
    record(
        actor=actor, at=at, what="outgoing.content_checked", about=document.ref, agency=document.agency_id,
        number=document.version, note=note or "không có ý kiến thêm",
    )  # fmt: skip


def _initial(actor: Actor, at: datetime, document: Outgoing, part: Part, note: str) -> None:
    hat = actor.acting
    assert hat is not None
    document.changed_at = at
    document.save(update_fields=["state", "changed_at"])
    Initial.objects.update_or_create(
        document=document, version=document.version, part=part,
        defaults={"by_post_id": hat.post, "by_name": f"{actor.name}, {hat.title}", "note": note[:500], "at": at},
    )  # fmt: skip
    done = "Đã kiểm tra nội dung" if part == Part.CONTENT else "Đã kiểm tra thể thức"
    end_work(document, Kind.REVIEW, actor=actor, at=at, result=f"{done} bản {document.version}")


@atomic
def check_form(*, actor: Actor, at: datetime, document: Outgoing, seen: int, note: str = "") -> Outgoing:
    """Whom the agency charged with it answers for the form of this version (Điều 12.2); the drafter presents it next."""
    document = lock(document)
    actor = entitled(actor, document, may_check_form, at.date())
    must_be_seen(document, seen)
    document.state = MOVES.after(document.state, "check_form")
    broken = [one.rule for one in findings(document, at.date()) if one.is_wrong]
    _initial(actor, at, document, Part.FORM, note)
    drafter = Post.objects.select_related("unit").get(pk=document.drafter_id)
    give(
        document, Kind.REVIEW, drafter.unit, drafter, actor=actor, at=at,
        note=f"Bản {document.version} đã đủ hai ký tắt: trình người ký",
    )  # fmt: skip
    record(
        actor=actor, at=at, what="outgoing.form_checked", about=document.ref, agency=document.agency_id,
        number=document.version, note=note or "đúng thể thức", broken=broken,
    )  # fmt: skip
    show(document, actor=actor, at=at)
    return document


@atomic
def send_back(
    *, actor: Actor, at: datetime, document: Outgoing, reason: str, marks: Sequence[tuple[int, str]] = ()
) -> Outgoing:
    """Return the draft to its drafter with the reason and marks (line of the body from 1, what to change there).

    Whose turn it is may: head, form checker, signer; after approval the signer and the clerk, until it has a number.
    """
    document = lock(document)
    actor = entitled(actor, document, may_send_back, at.date())
    need_reason(reason, "Bổ sung số liệu của 12 xã vào đoạn 3")
    lines = len(content_of(document).body.splitlines())
    if any(not 1 <= line <= lines or not word.strip() for line, word in marks):
        raise Invalid({"marks": f"Mỗi chỗ đánh dấu ghi dòng từ 1 đến {lines} và điều cần sửa."})
    document.state = MOVES.after(document.state, "send_back")
    told = [{"line": line, "text": word.strip()} for line, word in marks]
    _unpresent(actor, at, document, reason, told)
    end_work(document, Kind.REVIEW, Kind.APPROVE, actor=actor, at=at, result=f"Trả lại: {reason}")
    drafter = Post.objects.select_related("unit").get(pk=document.drafter_id)
    give(document, Kind.REVIEW, drafter.unit, drafter, actor=actor, at=at, note=f"Sửa dự thảo: {reason}"[:500])
    record(
        actor=actor, at=at, what="outgoing.returned", about=document.ref, agency=document.agency_id, reason=reason,
        number=document.version, marks=told,
    )  # fmt: skip
    tell_drafter(document, "outgoing.returned", actor=actor, at=at, reason=reason)
    show(document, actor=actor, at=at)
    return document


def _unpresent(actor: Actor, at: datetime, document: Outgoing, reason: str, marks: list[dict[str, object]]) -> None:
    """The last presentation keeps what was said; the approval, the page made from it and the signature fall away."""
    waiting = document.presentations.filter(outcome=Outcome.WAITING)
    last = waiting.first() or document.presentations.filter(outcome=Outcome.APPROVED).order_by("-pk").first()
    if last is not None:
        last.outcome, last.note, last.marks = Outcome.RETURNED, reason, marks
        last.decided_by, last.decided_at = actor.name, at
        last.save()
    document.approved_at = document.signed_at = document.paper = document.signer = None
    document.is_on_paper, document.places, document.changed_at = False, {}, at
    document.save()


@atomic
def take_back(*, actor: Actor, at: datetime, document: Outgoing, reason: str) -> Outgoing:
    """The drafter, or the head of the unit, takes the draft back from whoever checks or approves it, to change it."""
    document = lock(document)
    actor = entitled(actor, document, may_write, at.date())
    need_reason(reason, "Có số liệu mới của Sở Tài chính")
    return _back(actor, at, document, reason)


@atomic
def fall_back(*, actor: Actor, at: datetime, document: Outgoing, reason: str) -> Outgoing:
    """The work of checking or approving was recalled in the inbox: the draft is with its drafter again."""
    may_told(actor).or_refuse()
    document = lock(document)
    return _back(actor, at, document, reason or "chưa ai xem") if MOVES.can(document.state, "take_back") else document


def _back(actor: Actor, at: datetime, document: Outgoing, reason: str) -> Outgoing:
    document.state = MOVES.after(document.state, "take_back")
    document.signer, document.changed_at = None, at
    document.save(update_fields=["state", "signer", "changed_at"])
    waiting = document.presentations.filter(outcome=Outcome.WAITING)
    waiting.update(outcome=Outcome.TAKEN_BACK, note=reason, decided_by=actor.name, decided_at=at)
    end_work(document, Kind.REVIEW, Kind.APPROVE, actor=actor, at=at, result=f"Đã rút về: {reason}")
    record(actor=actor, at=at, what="outgoing.taken_back", about=document.ref, agency=document.agency_id, reason=reason)
    tell_drafter(document, "outgoing.taken_back", actor=actor, at=at, reason=reason)
    show(document, actor=actor, at=at)
    return document
