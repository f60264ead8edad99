"""Settling: the work begins, goes to other hands, comes back, is answered, and the document is closed (Điều 24)."""

import re
from datetime import datetime

from tram.audit.commands import atomic, record
from tram.documents.commands.cards import is_running, lock, open_to, show
from tram.documents.commands.direct import Target, give
from tram.documents.models import Incoming
from tram.documents.policy import may_close
from tram.documents.queries import visible_to
from tram.documents.states import MOVES, State
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.organisation.models import Post
from tram.tasks.commands.give import recall
from tram.tasks.events import Kind
from tram.tasks.models import Task

ANSWER = re.compile(r"\b(\d{1,6}[a-z]?/[A-ZĐ][\w.&Đđ-]*)")


def _must_see(actor: Actor, document: Incoming, at: datetime) -> None:
    """Whoever moves the work about a document reads the document; nobody else moves it."""
    if not actor.is_system and not visible_to(actor, at.date()).filter(pk=document.pk).exists():
        raise Hidden


@atomic
def begin(*, actor: Actor, at: datetime, document: Incoming, task: Task) -> Incoming:
    """The lead took the work up."""
    document = lock(document)
    _must_see(actor, document, at)
    if task.kind == Kind.HANDLE and document.state in (State.DIRECTED, State.ASSIGNED):
        document.state = MOVES.after(document.state, "begin")
        document.save(update_fields=["state"])
        record(actor=actor, at=at, what="documents.begun", about=document.ref, agency=document.agency_id)
    return document


@atomic
def pass_on(*, actor: Actor, at: datetime, document: Incoming, task: Task) -> Incoming:
    """The work went to another holder: the document opens to them too."""
    document = lock(document)
    _must_see(actor, document, at)
    target = Target(task.unit, task.post)
    open_to(document, target.key, at=at, cause=task.ref)
    if task.kind == Kind.HANDLE and MOVES.can(document.state, "assign"):
        document.state = MOVES.after(document.state, "assign")
        document.save(update_fields=["state"])
    record(
        actor=actor, at=at, what="documents.assigned", about=document.ref, agency=document.agency_id, holder=target.name
    )
    show(document, actor=actor, at=at)
    return document


@atomic
def settle(*, actor: Actor, at: datetime, document: Incoming, task: Task) -> Incoming:
    """The lead's work is confirmed: the document is settled, answered when the result names an answering paper."""
    document = lock(document)
    _must_see(actor, document, at)
    if task.kind != Kind.HANDLE or not is_running(document):
        return document
    answer = ANSWER.search(task.result)
    if answer:
        document.state = MOVES.after(document.state, "answer")
        document.answer_code = answer.group(1)[:60]
        record(
            actor=actor,
            at=at,
            what="documents.answered",
            about=document.ref,
            agency=document.agency_id,
            answer=document.answer_code,
        )
    return _end(actor, at, document, task.result)


@atomic
def close(*, actor: Actor, at: datetime, document: Incoming, outcome: str) -> Incoming:
    """Close a document that no running work is about, with a word on what became of it."""
    document = lock(document)
    may_close(actor, document, at.date()).or_refuse()
    if not outcome:
        raise Invalid({"outcome": "Ghi kết quả, ví dụ “Lưu hồ sơ, không phải trả lời”."})
    if Task.objects.filter(about=document.ref, kind=Kind.HANDLE, ended_at=None).exists():
        raise WrongState("Văn bản còn đơn vị đang chủ trì. Chờ xác nhận hoàn thành hoặc thu hồi ý kiến chỉ đạo trước.")
    return _end(actor, at, document, outcome)


def _end(actor: Actor, at: datetime, document: Incoming, outcome: str) -> Incoming:
    document.state = MOVES.after(document.state, "close")
    document.ended_at, document.outcome = at, outcome
    document.save(update_fields=["state", "ended_at", "outcome", "answer_code"])
    for task in Task.objects.filter(about=document.ref, ended_at=None).exclude(kind=Kind.INFORM):
        recall(actor=Actor.system(), at=at, task=task, reason="Văn bản đã giải quyết xong")
    record(actor=actor, at=at, what="documents.closed", about=document.ref, agency=document.agency_id, outcome=outcome)
    show(document, actor=actor, at=at)
    return document


@atomic
def take_back(*, actor: Actor, at: datetime, document: Incoming, task: Task, reason: str) -> Incoming:
    """A holder gave the work back: to the leader when the lead did, to the clerk when the leader did."""
    document = lock(document)
    _must_see(actor, document, at)
    giver = Post.objects.select_related("unit").filter(pk=task.giver_post_id or 0).first()
    if task.kind not in (Kind.HANDLE, Kind.DIRECT) or giver is None or not is_running(document):
        return document
    leader = task.kind == Kind.DIRECT
    document.state = MOVES.after(document.state, "give_back" if leader else "undirect")
    document.save(update_fields=["state"])
    give(
        document,
        Target(giver.unit, giver),
        Kind.REVIEW if leader else Kind.DIRECT,
        actor=Actor.system(),
        at=at,
        note=f"{actor.name} trả lại: {reason}",
        due_date=document.due_date,
    )
    record(
        actor=actor, at=at, what="documents.given_back", about=document.ref, agency=document.agency_id, reason=reason
    )
    return document
